import fc from 'fast-check';
import type { Text } from '../../../src/aws/member-kinds.ts';
import type { Kind, Structure } from '../../../src/aws/members.ts';
import { HOSTILE_NAMES, hostileText, hostileValue } from './hostile-values.ts';
import { numberFor, textFor } from './usual-values.ts';

/** Mostly values as described, and once in some dozens one that isn't. */
const mostly = (good: fc.Arbitrary<unknown>, hostile: fc.Arbitrary<unknown> = hostileValue) =>
  fc.oneof({ arbitrary: good, weight: 30 }, { arbitrary: hostile, weight: 1 });

/** An operation's input: mostly as its description has it. */
export function inputOf(shape: Structure): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .record({
      ...Object.fromEntries(shape.entries.map(([name, kind]) => [name, arbitraryOf(kind, name)])),
      [UNKNOWN]: fc.tuple(fc.constantFrom(...HOSTILE_NAMES), hostileValue),
    })
    .chain((all) => kept(shape, all));
}

const UNKNOWN = '?';

const isThere = (percent: number) => fc.integer({ min: 0, max: 99 }).map((drawn) => drawn < percent);

/** Of DynamoDB: members beside which those of expressions are refused. */
const OLDER =
  /^(?:Expected|AttributesToGet|AttributeUpdates|KeyConditions|QueryFilter|ScanFilter|ConditionalOperator)$/;

/** Required members nearly always, of the others a few, and seldom one that the operation doesn't know. */
function kept(shape: Structure, all: Record<string, unknown>): fc.Arbitrary<Record<string, unknown>> {
  const names = Object.keys(all).filter((name) => name !== UNKNOWN);
  const percentOf = (name: string) => (shape.members[name]?.required ? 98 : 25);
  return fc
    .record({
      flags: fc.tuple(...names.map((name) => isThere(percentOf(name)))),
      other: fc.constantFrom(OLDER, OLDER, /Expression/, /^$/),
      more: isThere(3),
    })
    .map(({ flags, other, more }) => {
      const members = names
        .filter((name, at) => flags[at] && !other.test(name))
        .map((name) => [name, all[name]]);
      const unknown = all[UNKNOWN];
      // As own members, whatever their names are: `__proto__` too.
      return Object.fromEntries(more && Array.isArray(unknown) ? [...members, unknown] : members);
    });
}

function arbitraryOf(kind: Kind, member: string): fc.Arbitrary<unknown> {
  switch (kind.kind) {
    case 'text':
      return mostly(textOf(kind, member), fc.oneof(hostileText, hostileValue));
    case 'integer':
    case 'number':
      return mostly(numberFor(member, kind), fc.oneof(fc.constantFrom(-1, 1.5, 2 ** 31, 1e21), hostileValue));
    case 'boolean':
      return mostly(fc.boolean());
    case 'timestamp':
      return mostly(fc.constantFrom(...times()), fc.oneof(fc.constantFrom(-1, 1e13, 1e300), hostileValue));
    case 'blob':
    case 'stream':
      return mostly(fc.oneof(textFor(member), fc.constantFrom('AQ==', '', 'e30=')), hostileText);
    case 'list':
      return mostly(fc.array(arbitraryOf(kind.item, member), { maxLength: 3, minLength: kind.min ? 1 : 0 }));
    case 'map':
      return mostly(
        fc
          .array(fc.tuple(mapKey(kind.key, member), arbitraryOf(kind.value, member)), { maxLength: 3 })
          .map((entries) => Object.fromEntries(entries)),
      );
    case 'structure':
      return mostly(inputOf(kind));
    case 'union':
      return mostly(
        fc.oneof(
          ...kind.entries.map(([name, of]) => arbitraryOf(of, name).map((value) => ({ [name]: value }))),
          inputOf(kind),
        ),
      );
    case 'unread':
      return mostly(inputOf(kind.of));
    case 'document':
      return mostly(fc.constantFrom(...ATTRIBUTE_VALUES));
  }
}

function textOf(kind: Text, member: string): fc.Arbitrary<unknown> {
  if (kind.oneOf) return fc.constantFrom(...kind.oneOf);
  return fc.oneof({ arbitrary: textFor(member), weight: 12 }, fc.constant(kind).chain(matching));
}

function mapKey(kind: Text, member: string): fc.Arbitrary<string> {
  return fc.oneof(
    { arbitrary: kind.oneOf ? fc.constantFrom(...kind.oneOf) : textFor(`${member}.key`), weight: 20 },
    fc.constantFrom(...HOSTILE_NAMES),
  );
}

/** By the pattern of the API's model, as far as the generator knows its syntax. Made when it is drawn, and once: that takes long. */
function matching({ matcher }: Text): fc.Arbitrary<string> {
  if (!matcher) return fc.string();
  const made = generators.get(`${matcher}`) ?? generatorOf(matcher);
  generators.set(`${matcher}`, made);
  return made;
}

const generators = new Map<string, fc.Arbitrary<string>>();

function generatorOf(matcher: RegExp): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(matcher, { maxLength: 80 });
  } catch {
    return fc.string();
  }
}

/** DynamoDB's; the keys of its table are strings. */
const ATTRIBUTE_VALUES = [
  { S: 'a' },
  { S: 'a' },
  { S: 'b' },
  { N: '1' },
  { L: [{ S: 'x' }, { NULL: true }] },
  JSON.parse('{"M":{"__proto__":{"S":"x"}}}'),
  { SS: ['a', 'b'] },
];

function times(): number[] {
  const now = Math.floor(Date.now() / 1_000);
  return [0, 1_700_000_000, now - 3_600, now - 60, now, now + 60, now + 0.5];
}
