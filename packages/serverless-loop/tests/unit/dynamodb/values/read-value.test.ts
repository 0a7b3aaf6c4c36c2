import { describe, expect, test } from 'vitest';
import type { AttributeValue } from '../../../../src/services/dynamodb/engine/values/attribute-value.ts';
import { readAttributeValue, readItem } from '../../../../src/services/dynamodb/engine/values/read-value.ts';
import { refusal } from '../refusal.ts';

const INVALID = 'One or more parameter values were invalid: ';
const NESTING =
  'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit';

test('an item keeps every type, and every number in its canonical form', () => {
  const item = readItem({
    s: { S: '' },
    n: { N: '1.50' },
    b: { B: '' },
    yes: { BOOL: false },
    none: { NULL: true },
    ss: { SS: ['b', '', 'a'] },
    ns: { NS: ['1e2', '2'] },
    bs: { BS: ['AA==', ''] },
    l: { L: [{ N: '01' }, { M: {} }] },
    m: { M: { deep: { L: [] } } },
  });
  expect(JSON.parse(JSON.stringify(item))).toEqual({
    s: { S: '' },
    n: { N: '1.5' },
    b: { B: '' },
    yes: { BOOL: false },
    none: { NULL: true },
    ss: { SS: ['b', '', 'a'] },
    ns: { NS: ['100', '2'] },
    bs: { BS: ['AA==', ''] },
    l: { L: [{ N: '1' }, { M: {} }] },
    m: { M: { deep: { L: [] } } },
  });
});

test('names that objects inherit are attributes like others', () => {
  const item = readItem(JSON.parse('{"__proto__":{"S":"a"},"toString":{"M":{"__proto__":{"N":"1"}}}}'));
  expect(Object.keys(item)).toEqual(['__proto__', 'toString']);
  expect(JSON.stringify(item)).toBe('{"__proto__":{"S":"a"},"toString":{"M":{"__proto__":{"N":"1"}}}}');
  expect(['constructor' in item, 'valueOf' in item]).toEqual([false, false]);
});

// nubo-db/dynamodb-conformance, tests/tier3/error-messages/putItem.test.ts; dynalite's records of AWS, test/putItem.js
test.each<[unknown, string]>([
  [{}, 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'],
  [{ S: null }, 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'],
  [{ X: 'a' }, 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'],
  [
    { S: 'a', N: '1' },
    'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
  ],
  [{ S: 'a', N: 'b' }, 'The parameter cannot be converted to a numeric value: b'],
  [{ NULL: false }, `${INVALID}Null attribute value types must have the value of true`],
  [{ SS: [] }, `${INVALID}An string set  may not be empty`],
  [{ NS: [] }, `${INVALID}An number set  may not be empty`],
  [{ BS: [] }, `${INVALID}Binary sets should not be empty`],
  [{ SS: ['a', 'b', 'a'] }, `${INVALID}Input collection [a, b, a] contains duplicates.`],
  [{ NS: ['1', '2', '1.0'] }, 'Input collection contains duplicates'],
  [{ BS: ['AA==', 'AA=='] }, `${INVALID}Input collection [AA==, AA==]of type BS contains duplicates.`],
  [{ NS: ['1', 'x'] }, 'The parameter cannot be converted to a numeric value: x'],
  [
    { L: [{ M: { a: {} } }] },
    'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
  ],
])('%j is refused: %s', (value, message) => {
  expect(refusal(() => readAttributeValue(value))).toBe(message);
});

// dynalite's records of AWS, test/helpers.js, assertType
test.each<[unknown, string]>([
  ['a', 'Unexpected value type in payload'],
  [[], 'Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue'],
  [{ S: 1 }, 'NUMBER_VALUE cannot be converted to String'],
  [{ S: 1.5 }, 'DECIMAL_VALUE cannot be converted to String'],
  [{ N: true }, 'TRUE_VALUE cannot be converted to String'],
  [{ N: ['1'] }, 'Unrecognized collection type class java.lang.String'],
  [{ S: {} }, 'Start of structure or map found where not expected'],
  [{ B: 1 }, 'only base-64-encoded strings are convertible to bytes'],
  [{ B: 'abc' }, 'Base64 encoded length is expected a multiple of 4 bytes but found: 3'],
  [{ B: 'AB==' }, 'Invalid last non-pad Base64 character dectected'],
  [{ BOOL: 'maybe' }, 'Unexpected token received from parser'],
  [{ SS: 'a' }, 'Unexpected field type'],
  [{ L: {} }, 'Start of structure or map found where not expected'],
  [
    { M: [] },
    'Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>',
  ],
])('%j has a wrong shape: %s', (value, message) => {
  expect(refusal(() => readAttributeValue(value), 'SerializationException')).toBe(message);
});

describe('nesting', () => {
  const nested = (levels: number): unknown => {
    let value: unknown = { S: 'leaf' };
    for (let level = 0; level < levels; level++) value = level % 2 ? { M: { n: value } } : { L: [value] };
    return value;
  };

  // paritysuite/dynamodb-conformance, tests/tier3/limits/nestingDepth.test.ts
  test('31 documents around a value are taken, 32 refused', () => {
    expect(readItem({ a: nested(31) })).toBeDefined();
    expect(refusal(() => readItem({ a: nested(32) }))).toBe(NESTING);
  });

  test('a request of any depth is refused, not recursed into', () => {
    expect(refusal(() => readItem({ a: nested(100_000) }))).toBe(NESTING);
  });
});

// test/alternator/test_limits.py, test_limit_attribute_length_nonkey_bad and _empty
test('a name is neither empty nor longer than 65535 bytes', () => {
  const value: AttributeValue = { S: '' };
  expect(readItem({ ['é'.repeat(32_767)]: value })).toBeDefined();
  expect(refusal(() => readItem({ '': value }))).toBe('Empty attribute name');
  expect(refusal(() => readItem({ ['é'.repeat(32_768)]: value }))).toBe(
    'Attribute name is too large, must be less than 65536 bytes',
  );
});
