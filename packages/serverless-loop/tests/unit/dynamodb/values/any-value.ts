import fc from 'fast-check';
import type { AttributeValue } from '../../../../src/services/dynamodb/engine/values/attribute-value.ts';

/** Few different strings and numbers, so that random values meet. */
const text = fc.constantFrom('', 'a', 'ab', 'b', 'é', '\u{1f600}');
const number = fc.constantFrom('0', '1', '2', '-1', '10', '1.5', '0.01', '12345678901234567890');
const binary = fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const names = fc.constantFrom('a', 'b', 'c', '__proto__');

const several = (member: fc.Arbitrary<string>) => fc.uniqueArray(member, { minLength: 1, maxLength: 3 });

const { value } = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text.map((S): AttributeValue => ({ S })),
    number.map((N): AttributeValue => ({ N })),
    binary.map((B): AttributeValue => ({ B })),
    fc.boolean().map((BOOL): AttributeValue => ({ BOOL })),
    fc.constant<AttributeValue>({ NULL: true }),
    several(text).map((SS): AttributeValue => ({ SS })),
    several(number).map((NS): AttributeValue => ({ NS })),
    several(binary).map((BS): AttributeValue => ({ BS })),
    fc.array(tie('value'), { maxLength: 3 }).map((L): AttributeValue => ({ L })),
    fc
      .array(fc.tuple(names, tie('value')), { maxLength: 3 })
      .map((members): AttributeValue => ({ M: Object.fromEntries(members) })),
  ),
}));

/** Any attribute value as the wire carries it. */
export const anyValue = value;

/** Any item of attributes `a` to `d`, as the wire carries it. */
export const anyItem = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), value), { maxLength: 4 })
  .map((members) => Object.fromEntries(members));
