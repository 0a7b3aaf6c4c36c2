import fc from 'fast-check';
import { value } from '../model/arbitrary-values.ts';
import type { Shape } from './shapes.ts';
import { keyFor, textFor } from './texts.ts';

function nested(depth: number): unknown {
  let inner: unknown = { S: 'a' };
  for (let level = 0; level < depth; level += 1) inner = { L: [inner] };
  return inner;
}

/** Values of a type that no member has, or that are of the right one and too large, too deep or too odd. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'a\r\n\u0000\ud800',
  '('.repeat(3_000),
  '__proto__',
  [],
  [['a']],
  [null],
  {},
  { a: null },
  { S: null },
  { N: 'NaN' },
  { NULL: 'x', BOOL: 3 },
  { toString: 1, valueOf: 1 },
  nested(40),
  nested(500),
];
const hostile = fc.constantFrom(...HOSTILE);

/** Mostly as the shape wants it; one value in some dozens isn't. */
const mostly = (good: fc.Arbitrary<unknown>) =>
  fc.oneof({ arbitrary: good, weight: 40 }, { arbitrary: hostile, weight: 1 });

const keyAttribute: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  pk: fc.constantFrom({ S: 'p' }, { S: 'q' }),
  sk: fc.constantFrom({ N: '1' }, { N: '2' }),
  g: fc.constantFrom({ S: 'x' }, { S: 'xy' }),
};
/** A whole key, which lets a request pass to what comes after the key. */
const key = fc.record({ pk: keyAttribute.pk ?? value, sk: keyAttribute.sk ?? value });

const MAX_DEPTH = 9;

export function requestOf(shape: Shape, member = '', depth = 0): fc.Arbitrary<unknown> {
  if (depth > MAX_DEPTH) return fc.constant({});
  return mostly(wellTyped(shape, member, depth));
}

function wellTyped(shape: Shape, member: string, depth: number): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'text':
      return textFor(member);
    case 'number':
      return fc.constantFrom(1, 1, 2, 2, 5, 5, 100, 0, 1_001, -3, 1.5);
    case 'boolean':
      return fc.boolean();
    case 'blob':
      return fc.constantFrom('AQ==', '', '!');
    case 'value':
      return value;
    case 'list':
      return fc.array(requestOf(shape.of(), member, depth + 1), {
        minLength: depth < 2 ? 1 : 0,
        maxLength: 3,
      });
    case 'map': {
      if (member === 'Key' || member === 'ExclusiveStartKey')
        return fc.oneof(key, mapOf(shape.of(), member, depth));
      const entries = mapOf(shape.of(), member, depth);
      if (member !== 'Item') return entries;
      return fc.oneof(
        fc.tuple(entries, key).map(([more, of]) => ({ ...more, ...of })),
        entries,
      );
    }
    case 'structure':
      return fc
        .record(
          Object.fromEntries(
            shape.members.map(({ name, shape: of }) => [
              name,
              member === name ? value : requestOf(of(), name, depth + 1),
            ]),
          ),
        )
        .chain((all) => kept(all, shape.members));
  }
}

const mapOf = (of: Shape, member: string, depth: number): fc.Arbitrary<Record<string, unknown>> =>
  fc.dictionary(keyFor(member), requestOf(of, member === 'RequestItems' ? '' : member, depth + 1), {
    maxKeys: 3,
  });

type Members = Extract<Shape, { kind: 'structure' }>['members'];

/** Members beside which those of expressions are refused. */
const OLDER =
  /^(?:Expected|AttributesToGet|AttributeUpdates|KeyConditions|QueryFilter|ScanFilter|ConditionalOperator)$/;
/** Structures that hold one of these. */
const ONE_OF = [
  ['Put', 'Update', 'Delete', 'ConditionCheck'],
  ['PutRequest', 'DeleteRequest'],
  ['Create', 'Update', 'Delete'],
  ['Get'],
];

const isThere = (percent: number) =>
  fc.oneof(
    { arbitrary: fc.constant(true), weight: percent },
    { arbitrary: fc.constant(false), weight: 100 - percent },
  );

/** Required members nearly always, of the others a few; mostly only such as may stand together. */
function kept(all: Readonly<Record<string, unknown>>, members: Members) {
  const one = members.length > 0 && ONE_OF.find((names) => members.every(({ name }) => names.includes(name)));
  if (one)
    return fc.constantFrom(...members).map(({ name }): Record<string, unknown> => ({ [name]: all[name] }));
  const chosen = fc.record({
    flags: fc.tuple(...members.map(({ isRequired }) => isThere(isRequired ? 97 : 25))),
    style: fc.constantFrom('older', 'expressions', 'expressions', 'expressions', 'both'),
  });
  return chosen.map(({ flags, style }): Record<string, unknown> => {
    const other = style === 'older' ? /Expression/ : OLDER;
    const left = members.filter(
      ({ name }, at) => flags[at] && name in all && (style === 'both' || !other.test(name)),
    );
    return Object.fromEntries(left.map(({ name }) => [name, all[name]]));
  });
}
