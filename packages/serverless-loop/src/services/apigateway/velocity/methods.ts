import { isObject } from '../../../aws/json-object.ts';
import { asText } from './as-text.ts';
import { TemplateError } from './syntax.ts';

type Method<Value> = (value: Value, given: readonly unknown[]) => unknown;

/** A method that isn't here; the caller tells of it. */
export const NO_METHOD = Symbol('no method');

const text = (value: unknown) => asText(value);
const whole = (value: unknown) => Math.trunc(Number(value));

/** Java's strings, as templates use them. */
const OF_TEXT: Readonly<Record<string, Method<string>>> = {
  charAt: (value, [at]) => value.charAt(whole(at)),
  concat: (value, [other]) => value + text(other),
  contains: (value, [part]) => value.includes(text(part)),
  endsWith: (value, [end]) => value.endsWith(text(end)),
  equals: (value, [other]) => value === other,
  equalsIgnoreCase: (value, [other]) => value.toLowerCase() === text(other).toLowerCase(),
  indexOf: (value, [part, from]) => value.indexOf(text(part), from === undefined ? 0 : whole(from)),
  isEmpty: (value) => value === '',
  lastIndexOf: (value, [part]) => value.lastIndexOf(text(part)),
  length: (value) => value.length,
  matches: (value, [pattern]) => expression(`^(?:${text(pattern)})$`, '').test(value),
  replace: (value, [from, to]) => value.replaceAll(text(from), () => text(to)),
  replaceAll: (value, [pattern, to]) => value.replace(expression(text(pattern), 'g'), replacement(text(to))),
  replaceFirst: (value, [pattern, to]) => value.replace(expression(text(pattern), ''), replacement(text(to))),
  split: (value, [pattern]) => value.split(expression(text(pattern), '')),
  startsWith: (value, [start]) => value.startsWith(text(start)),
  substring: (value, [from, to]) => value.slice(whole(from), to === undefined ? undefined : whole(to)),
  toLowerCase: (value) => value.toLowerCase(),
  toString: (value: string) => value,
  toUpperCase: (value) => value.toUpperCase(),
  trim: (value) => value.trim(),
};

const OF_LIST: Readonly<Record<string, Method<unknown[]>>> = {
  add: (value, given) => {
    value.push(given.at(-1));
    return true;
  },
  addAll: (value, [others]) => {
    if (Array.isArray(others)) value.push(...others);
    return true;
  },
  contains: (value, [item]) => value.includes(item),
  get: (value, [at]) => value[whole(at)],
  indexOf: (value, [item]) => value.indexOf(item),
  isEmpty: (value) => value.length === 0,
  remove: (value, [at]) => value.splice(whole(at), 1)[0],
  set: (value, [at, item]) => {
    value[whole(at)] = item;
    return item;
  },
  size: (value) => value.length,
};

const OF_MAP: Readonly<Record<string, Method<Record<string, unknown>>>> = {
  containsKey: (value, [key]) => Object.hasOwn(value, text(key)),
  containsValue: (value, [item]) => Object.values(value).includes(item),
  entrySet: (value) => Object.entries(value).map(([key, item]) => ({ key, value: item })),
  get: (value, [key]) => (Object.hasOwn(value, text(key)) ? value[text(key)] : undefined),
  getKey: (value) => value.key,
  getValue: (value) => value.value,
  isEmpty: (value) => Object.keys(value).length === 0,
  keySet: (value) => Object.keys(value),
  put: (value, [key, item]) => {
    Object.defineProperty(value, text(key), {
      value: item,
      enumerable: true,
      writable: true,
      configurable: true,
    });
    return undefined;
  },
  putAll: (value, [others]) => {
    for (const [key, item] of Object.entries(isObject(others) ? others : {}))
      OF_MAP.put?.(value, [key, item]);
    return undefined;
  },
  remove: (value, [key]) => {
    const before = Object.hasOwn(value, text(key)) ? value[text(key)] : undefined;
    Reflect.deleteProperty(value, text(key));
    return before;
  },
  size: (value) => Object.keys(value).length,
  values: (value) => Object.values(value),
};

/** Calls a method of a value; NO_METHOD where it has none of that name. */
export function callMethod(value: unknown, name: string, given: readonly unknown[]): unknown {
  if (typeof value === 'string') return callIn(OF_TEXT, value, name, given);
  if (Array.isArray(value)) return callIn(OF_LIST, value, name, given);
  if (isObject(value)) return callIn(OF_MAP, value, name, given);
  if (name === 'equals') return value === given[0];
  if (name === 'toString' && value !== undefined) return text(value);
  return NO_METHOD;
}

function callIn<Value>(
  methods: Readonly<Record<string, Method<Value>>>,
  value: Value,
  name: string,
  given: readonly unknown[],
): unknown {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  return method ? method(value, given) : NO_METHOD;
}

/** Java's regular expressions are these, but for possessive quantifiers and their like. */
function expression(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    throw new TemplateError(`${pattern} is no regular expression`);
  }
}

/** In Java `$1` is a group and `\` makes the next sign plain. */
function replacement(to: string): (whole: string, ...groups: unknown[]) => string {
  return (_whole, ...groups) =>
    to.replaceAll(/\\(.)|\$(\d)/gs, (_sign, plain?: string, group?: string) =>
      plain === undefined ? text(group === '0' ? _whole : groups[Number(group) - 1]) : plain,
    );
}
