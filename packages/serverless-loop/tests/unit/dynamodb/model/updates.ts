import fc from 'fast-check';
import type { AttributeValue } from '../../../../src/services/dynamodb/engine/values/attribute-value.ts';
import { numberText, path, type RandomPath, value } from './arbitrary-values.ts';
import { at, exact, isEqual, typeName } from './naive-values.ts';
import { printPath, type Words } from './printed.ts';

/** The value that a SET assigns, in the model's own words. */
export type Source =
  | { readonly from: 'value'; readonly value: AttributeValue }
  | { readonly from: 'path'; readonly path: RandomPath }
  | { readonly from: '+' | '-'; readonly path: RandomPath; readonly value: AttributeValue }
  | {
      readonly from: 'list_append' | 'if_not_exists';
      readonly path: RandomPath;
      readonly value: AttributeValue;
    };

export type Action =
  | { readonly does: 'SET'; readonly path: RandomPath; readonly source: Source }
  | { readonly does: 'REMOVE'; readonly path: RandomPath }
  | { readonly does: 'ADD' | 'DELETE'; readonly path: RandomPath; readonly value: AttributeValue };

const number = numberText.map((N) => ({ N }));
const set = value.filter((of) => 'SS' in of || 'NS' in of || 'BS' in of);
const list = fc.array(value, { maxLength: 2 }).map((L) => ({ L }));

const source: fc.Arbitrary<Source> = fc.oneof(
  { arbitrary: fc.record({ from: fc.constant('value' as const), value }), weight: 3 },
  fc.record({ from: fc.constant('path' as const), path }),
  fc.record({ from: fc.constantFrom('+', '-'), path, value: number }),
  fc.record({ from: fc.constant('list_append' as const), path, value: list }),
  fc.record({ from: fc.constant('if_not_exists' as const), path, value }),
);

const action: fc.Arbitrary<Action> = fc.oneof(
  { arbitrary: fc.record({ does: fc.constant('SET' as const), path, source }), weight: 3 },
  { arbitrary: fc.record({ does: fc.constant('REMOVE' as const), path }), weight: 2 },
  fc.record({ does: fc.constant('ADD' as const), path, value: fc.oneof(number, set) }),
  fc.record({ does: fc.constant('DELETE' as const), path, value: set }),
);

/** Actions none of which is at, above or below another's place, nor takes for a list what another takes for a map. */
export const update = fc
  .array(action, { minLength: 1, maxLength: 4 })
  .filter((actions) =>
    actions.every((one, index) => actions.slice(index + 1).every((other) => areApart(one.path, other.path))),
  );

export function areApart(a: RandomPath, b: RandomPath): boolean {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1)
    if (a[index] !== b[index]) return typeof a[index] === typeof b[index];
  return false;
}

export function printUpdate(actions: readonly Action[], words: Words): string {
  const of = (does: Action['does'], print: (action: Action) => string) => {
    const own = actions.filter((one) => one.does === does);
    return own.length === 0 ? [] : [`${does} ${own.map(print).join(', ')}`];
  };
  const place = (one: Action) => printPath(one.path, words);
  return [
    ...of('SET', (one) => `${place(one)} = ${'source' in one ? printSource(one.source, words) : ''}`),
    ...of('REMOVE', place),
    ...of('ADD', (one) => `${place(one)} ${'value' in one ? words.value(one.value) : ''}`),
    ...of('DELETE', (one) => `${place(one)} ${'value' in one ? words.value(one.value) : ''}`),
  ].join(' ');
}

function printSource(source: Source, words: Words): string {
  if (source.from === 'value') return words.value(source.value);
  const operand = printPath(source.path, words);
  if (source.from === 'path') return operand;
  if (source.from === '+' || source.from === '-')
    return `${operand} ${source.from} ${words.value(source.value)}`;
  return `${source.from}(${operand}, ${words.value(source.value)})`;
}

type Item = Record<string, AttributeValue>;
/** A list or map that is being changed; what is removed from a list stays as a gap until the end. */
interface Node {
  value: AttributeValue | undefined;
  readonly members: Map<string | number, Node>;
}

/** The item after the update, or undefined when DynamoDB refuses it ("Update expressions", developer guide). */
export function updated(actions: readonly Action[], item: Item): Item | undefined {
  const root = grow({ M: item });
  for (const one of actions) {
    const result = outcome(one, item);
    const parent = one.path
      .slice(0, -1)
      .reduce<Node | undefined>((node, step) => node?.members.get(step), root);
    const last = one.path.at(-1);
    if (result === 'refused' || last === undefined || !parent?.value) return undefined;
    if (!((typeof last === 'string' ? 'M' : 'L') in parent.value)) return undefined;
    parent.members.set(last, grow(result));
  }
  const cut = harvest(root);
  return cut && 'M' in cut ? cut.M : undefined;
}

function grow(value: AttributeValue | undefined): Node {
  const members = new Map<string | number, Node>();
  if (value && 'M' in value) for (const [name, of] of Object.entries(value.M)) members.set(name, grow(of));
  if (value && 'L' in value) for (const [index, of] of value.L.entries()) members.set(index, grow(of));
  return { value, members };
}

function harvest({ value, members }: Node): AttributeValue | undefined {
  if (!value || !('M' in value || 'L' in value)) return value;
  if ('L' in value) {
    const inOrder = [...members].sort(([a], [b]) => Number(a) - Number(b));
    return { L: inOrder.map(([, node]) => harvest(node)).filter((of) => of !== undefined) };
  }
  const map: Item = Object.create(null);
  for (const [name, node] of members) {
    const of = harvest(node);
    if (of) map[name] = of;
  }
  return { M: map };
}

function outcome(one: Action, item: Item): AttributeValue | undefined | 'refused' {
  const old = at(item, one.path);
  switch (one.does) {
    case 'REMOVE':
      return undefined;
    case 'ADD':
      return old === undefined ? one.value : added(old, one.value);
    case 'DELETE':
      return old === undefined ? undefined : taken(old, one.value);
    case 'SET':
      return assigned(one.source, item);
  }
}

function assigned(source: Source, item: Item): AttributeValue | 'refused' {
  if (source.from === 'value') return source.value;
  const of = at(item, source.path);
  if (source.from === 'if_not_exists') return of ?? source.value;
  if (!of) return 'refused';
  if (source.from === 'path') return of;
  if (source.from === '+') return sum(of, source.value, 1n);
  if (source.from === '-') return sum(of, source.value, -1n);
  return 'L' in of && 'L' in source.value ? { L: [...of.L, ...source.value.L] } : 'refused';
}

function sum(a: AttributeValue, b: AttributeValue, sign: bigint): AttributeValue | 'refused' {
  if (!('N' in a && 'N' in b)) return 'refused';
  const total = exact(a.N) + sign * exact(b.N);
  if (String(total).replace(/^-|0+$/g, '').length > 38) return 'refused';
  const digits = String(total < 0n ? -total : total).padStart(131, '0');
  const text = `${digits.slice(0, -130)}.${digits.slice(-130)}`.replace(/\.?0+$/, '');
  return { N: (total < 0n ? '-' : '') + (text === '' ? '0' : text) };
}

function membersOf(value: AttributeValue): readonly string[] | undefined {
  if ('SS' in value) return value.SS;
  if ('NS' in value) return value.NS;
  return 'BS' in value ? value.BS : undefined;
}

const setOf = (like: AttributeValue, members: readonly string[]): AttributeValue => {
  if ('SS' in like) return { SS: members };
  return 'NS' in like ? { NS: members } : { BS: members };
};

function added(old: AttributeValue, more: AttributeValue): AttributeValue | 'refused' {
  if ('N' in more) return sum(old, more, 1n);
  const [have, extra] = [membersOf(old), membersOf(more)];
  if (!have || !extra || typeName(old) !== typeName(more)) return 'refused';
  return setOf(old, [...new Set([...have, ...extra])]);
}

function taken(old: AttributeValue, less: AttributeValue): AttributeValue | undefined | 'refused' {
  const [have, gone] = [membersOf(old), membersOf(less)];
  if (!have || !gone || typeName(old) !== typeName(less)) return 'refused';
  const left = have.filter((member) => !gone.includes(member));
  return left.length === 0 ? undefined : setOf(old, left);
}

/** True when two items, or their absence, are the same. */
export function isSame(a: Item | undefined, b: Item | undefined): boolean {
  return a && b ? isEqual({ M: a }, { M: b }) : a === b;
}
