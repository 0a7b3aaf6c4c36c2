import { expect, test } from 'vitest';
import type { AttributeValue } from '../../../../src/services/dynamodb/engine/values/attribute-value.ts';
import { canonicalNumber } from '../../../../src/services/dynamodb/engine/values/numbers.ts';
import { sizeOf, sizeOfValue } from '../../../../src/services/dynamodb/engine/values/size.ts';

// paritysuite/dynamodb-conformance measured these on AWS: tests/tier3/limits/numberByteSize.test.ts
test.each([
  ['0', 1],
  ['1', 2],
  ['12', 2],
  ['123', 3],
  ['123456', 4],
  ['-1', 3],
  ['3.14159', 5],
  ['42.12', 3],
  ['1E125', 2],
  ['100', 2],
  ['0.001', 2],
  ['100.5', 4],
])('the number %s costs %i bytes', (number, bytes) => {
  expect(sizeOfValue({ N: canonicalNumber(number) })).toBe(bytes);
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
test.each<[AttributeValue, number]>([
  [{ S: 'héé' }, 5],
  [{ B: 'AAA=' }, 2],
  [{ B: '' }, 0],
  [{ BOOL: true }, 1],
  [{ NULL: true }, 1],
  [{ L: [] }, 3],
  [{ L: [{ S: 'ab' }, { N: '1' }] }, 3 + 1 + 2 + 1 + 2],
  [{ M: {} }, 3],
  [{ M: { ab: { S: 'c' } } }, 3 + 1 + 2 + 1],
  [{ SS: ['a', 'bc'] }, 3],
  [{ NS: ['1', '123'] }, 5],
  [{ BS: ['AA==', ''] }, 1],
])('%j costs %i bytes', (value, bytes) => {
  expect(sizeOfValue(value)).toBe(bytes);
});

test('an item is its names and values', () => {
  expect(sizeOf({ pk: { S: 'abc' }, é: { N: '12' } })).toBe(2 + 3 + 2 + 2);
});
