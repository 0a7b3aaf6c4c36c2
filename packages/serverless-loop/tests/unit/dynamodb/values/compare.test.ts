import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttributeValue } from '../../../../src/services/dynamodb/engine/values/attribute-value.ts';
import { compare, compareStrings, equal } from '../../../../src/services/dynamodb/engine/values/compare.ts';
import { readAttributeValue } from '../../../../src/services/dynamodb/engine/values/read-value.ts';
import { anyText } from '../../../any-text.ts';
import { runsOf } from '../../../matrix.ts';
import { anyValue } from './any-value.ts';

test('strings are ordered by their UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), anyText(), (a, b) => {
      expect(Math.sign(compareStrings(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { numRuns: runsOf(2000) },
  );
  expect(compareStrings('\u{ffff}', '\u{10000}')).toBeLessThan(0);
});

test('binary is ordered by unsigned bytes', () => {
  // test/alternator/test_condition_expression.py, test_condition_expression_unsigned_bytes
  expect(
    compare({ B: Buffer.from([127]).toString('base64') }, { B: Buffer.from([128]).toString('base64') }),
  ).toBe(-1);
});

test('values of different types, or of types without order, have none', () => {
  expect(compare({ S: '1' }, { N: '1' })).toBeUndefined();
  expect(compare({ BOOL: true }, { BOOL: false })).toBeUndefined();
});

/** The value with its sets turned round and the names of its maps in the other order. */
function turned(value: AttributeValue): AttributeValue {
  if ('SS' in value) return { SS: value.SS.toReversed() };
  if ('NS' in value) return { NS: value.NS.toReversed() };
  if ('BS' in value) return { BS: value.BS.toReversed() };
  if ('L' in value) return { L: value.L.map(turned) };
  if ('M' in value) {
    return {
      M: Object.fromEntries(
        Object.entries(value.M)
          .toReversed()
          .map(([name, inner]) => [name, turned(inner)]),
      ),
    };
  }
  return value;
}

test('documents are equal deep, sets and maps in any order', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      const read = readAttributeValue(value);
      expect(equal(read, readAttributeValue(turned(read)))).toBe(true);
    }),
  );
});

test('values are equal only when their JSON is, apart from the order in sets and maps', () => {
  const sorted = (value: AttributeValue): unknown =>
    JSON.parse(JSON.stringify(value), (_, inner) => {
      if (Array.isArray(inner))
        return inner.every((member) => typeof member === 'string') ? inner.toSorted() : inner;
      if (typeof inner !== 'object' || inner === null) return inner;
      return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    });
  fc.assert(
    fc.property(anyValue, anyValue, (a, b) => {
      const [left, right] = [readAttributeValue(a), readAttributeValue(b)];
      expect(equal(left, right)).toBe(JSON.stringify(sorted(left)) === JSON.stringify(sorted(right)));
    }),
    { numRuns: runsOf(1000) },
  );
});
