import { isObject } from '../../../aws/json-object.ts';
import { QUOTED, type TextCursor, unquoted } from './text-cursor.ts';

/** Judges one value of a list. */
export type Filter = (value: unknown) => boolean;

type Operand = (value: unknown) => { found: boolean; value: unknown };

const NUMBER = /\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*/y;
const WORD = /\s*(true|false|null)\s*/y;
const CURRENT = /\s*@/y;
const MEMBER = /\.(?<name>[\p{L}\p{N}_-]+)|\[(?<index>\d+)\]/uy;
const BRACKET = /\[/y;
const COMPARISON = /\s*(==|!=|<=|>=|=~|<|>)\s*/y;
const REGEX = /\s*\/((?:[^/\\]|\\.)+)\/(i?)\s*/y;
const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

/** Reads alternatives: `@.a == 1 && @.b || !(@.c)`. Throws TextError. */
export function parseFilter(cursor: TextCursor): Filter {
  const filters = [parseAll(cursor)];
  while (cursor.take(/\s*\|\|/y)) filters.push(parseAll(cursor));
  return (value) => filters.some((filter) => filter(value));
}

function parseAll(cursor: TextCursor): Filter {
  const filters = [parseOne(cursor)];
  while (cursor.take(/\s*&&/y)) filters.push(parseOne(cursor));
  return (value) => filters.every((filter) => filter(value));
}

function parseOne(cursor: TextCursor): Filter {
  if (cursor.take(/\s*!(?!=)/y)) {
    const filter = parseOne(cursor);
    return (value) => !filter(value);
  }
  if (cursor.take(/\s*\(/y)) {
    const filter = parseFilter(cursor);
    cursor.expect(/\s*\)/y, '")"');
    return filter;
  }
  const left = parseOperand(cursor);
  const operator = cursor.take(COMPARISON)?.[1];
  if (operator === undefined) return (value) => left(value).found;
  return operator === '=~' ? parseMatch(cursor, left) : comparing(left, operator, parseOperand(cursor));
}

function parseMatch(cursor: TextCursor, left: Operand): Filter {
  const [, source = '', flags] = cursor.expect(REGEX, 'a regular expression between slashes');
  const pattern = patternOf(source, flags) ?? cursor.fail('a regular expression');
  return (value) => {
    const operand = left(value).value;
    return typeof operand === 'string' && pattern.test(operand);
  };
}

function patternOf(source: string, flags: string | undefined): RegExp | undefined {
  try {
    return new RegExp(`^(?:${source})$`, flags);
  } catch {
    return undefined;
  }
}

function parseOperand(cursor: TextCursor): Operand {
  if (cursor.take(CURRENT)) return parseMembers(cursor);
  const quoted = cursor.take(QUOTED);
  if (quoted) return constant(unquoted(quoted));
  const number = cursor.take(NUMBER)?.[1];
  if (number !== undefined) return constant(Number(number));
  const word = cursor.expect(WORD, 'a value')[1] ?? '';
  return constant(WORDS[word]);
}

function constant(value: unknown): Operand {
  return () => ({ found: true, value });
}

function parseMembers(cursor: TextCursor): Operand {
  const keys: (string | number)[] = [];
  for (;;) {
    const member = cursor.take(MEMBER)?.groups;
    if (member?.name !== undefined) keys.push(member.name);
    else if (member) keys.push(Number(member.index));
    else if (cursor.take(BRACKET)) {
      keys.push(unquoted(cursor.expect(QUOTED, 'a name in quotes')));
      cursor.expect(/\]/y, '"]"');
    } else return (value) => memberOf(value, keys);
  }
}

function memberOf(value: unknown, keys: readonly (string | number)[]): { found: boolean; value: unknown } {
  let at = value;
  for (const key of keys) {
    if (typeof key === 'string' && isObject(at) && Object.hasOwn(at, key)) at = at[key];
    else if (typeof key === 'number' && Array.isArray(at) && key < at.length) at = at[key];
    else return { found: false, value: undefined };
  }
  return { found: true, value: at };
}

function comparing(left: Operand, operator: string, right: Operand): Filter {
  return (value) => {
    const one = left(value);
    const other = right(value);
    if (!one.found || !other.found) return operator === '!=' && one.found !== other.found;
    if (operator === '==') return one.value === other.value;
    if (operator === '!=') return one.value !== other.value;
    return isOrdered(one.value, operator, other.value);
  };
}

function isOrdered(one: unknown, operator: string, other: unknown): boolean {
  const areNumbers = typeof one === 'number' && typeof other === 'number';
  const areTexts = typeof one === 'string' && typeof other === 'string';
  if (!areNumbers && !areTexts) return false;
  if (operator === '<') return one < other;
  if (operator === '<=') return one <= other;
  return operator === '>' ? one > other : one >= other;
}
