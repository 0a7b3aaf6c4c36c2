import fc from 'fast-check';
import type { AttributeValue } from '../../../../src/services/dynamodb/engine/values/attribute-value.ts';

/** Few and close to each other, so that random values meet: equal ones, prefixes, and what UTF-16 orders otherwise. */
const STRINGS = [
  '',
  'a',
  'b',
  'ab',
  'abc',
  'Z',
  'é',
  '\uffee',
  '\u{1f600}',
  '__proto__',
  'constructor',
  "it's",
  '0',
];
const NUMBERS = [
  '0',
  '1',
  '-1',
  '2',
  '10',
  '-0.5',
  '0.25',
  '99999999999999999999',
  '-12345678901234567890.5',
];
const BINARIES = ['', 'AQ==', 'Ag==', 'AQI=', '/w==', 'gA=='];

const string = fc.constantFrom(...STRINGS);
/** Canonical, up to 38 digits; three of four are from a few, the others of any size. */
export const numberText = fc.oneof(
  { arbitrary: fc.constantFrom(...NUMBERS), weight: 3 },
  { arbitrary: fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }).map(String), weight: 1 },
);
const binary = fc.constantFrom(...BINARIES);

const distinct = (of: fc.Arbitrary<string>) => fc.uniqueArray(of, { minLength: 1, maxLength: 3 });

export const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
  string.map((S) => ({ S })),
  numberText.map((N) => ({ N })),
  binary.map((B) => ({ B })),
);

const flat: fc.Arbitrary<AttributeValue> = fc.oneof(
  { arbitrary: scalar, weight: 4 },
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant({ NULL: true as const }),
  distinct(string).map((SS) => ({ SS })),
  distinct(numberText).map((NS) => ({ NS })),
  distinct(binary).map((BS) => ({ BS })),
);

export const NAMES = ['a', 'b', 'c', 'd', '__proto__'] as const;

/** A map without a prototype, as the engine's items are. */
function bare(entries: readonly (readonly [string, AttributeValue])[]): Record<string, AttributeValue> {
  const map: Record<string, AttributeValue> = Object.create(null);
  for (const [name, value] of entries) map[name] = value;
  return map;
}

const entriesOf = (value: fc.Arbitrary<AttributeValue>) =>
  fc.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 4, selector: ([name]) => name });

export const value: fc.Arbitrary<AttributeValue> = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    { arbitrary: flat, weight: 3 },
    fc.array(tie('value'), { maxLength: 3 }).map((L) => ({ L })),
    entriesOf(tie('value')).map((entries) => ({ M: bare(entries) })),
  ),
})).value;

export const item: fc.Arbitrary<Record<string, AttributeValue>> = entriesOf(value).map(bare);

export type RandomPath = readonly [string, ...(string | number)[]];

/** Of up to three steps, by names that items have. */
export const path: fc.Arbitrary<RandomPath> = fc
  .tuple(
    fc.constantFrom(...NAMES),
    fc.array(fc.oneof(fc.constantFrom(...NAMES), fc.nat({ max: 2 })), { maxLength: 2 }),
  )
  .map(([first, rest]) => [first, ...rest]);
