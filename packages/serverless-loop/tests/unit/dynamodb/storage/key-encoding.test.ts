import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  AFTER_ALL,
  encodedKeyPart,
  encodedPrefix,
} from '../../../../src/services/dynamodb/engine/storage/key-encoding.ts';
import { canonicalNumber, compareNumbers } from '../../../../src/services/dynamodb/engine/values/numbers.ts';
import { anyText } from '../../../any-text.ts';

const sign = (order: number) => Math.sign(order);
const ordered = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const number = fc
  .record({
    digits: fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
    exponent: fc.integer({ min: -130, max: 87 }),
  })
  .map(({ digits, exponent }) => canonicalNumber(`${digits}e${exponent}`));
const near = fc
  .integer({ min: -1100, max: 1100 })
  .map((hundredths) => canonicalNumber(String(hundredths / 100)));

test('encoded numbers are ordered as the numbers are', () => {
  fc.assert(
    fc.property(fc.oneof(number, near), fc.oneof(number, near), (a, b) => {
      expect(ordered(encodedKeyPart('N', a), encodedKeyPart('N', b))).toBe(sign(compareNumbers(a, b)));
    }),
  );
});

const text = fc.string({
  unit: fc.oneof(fc.constantFrom('\0', 'a', 'ä', '\uffff', '😀'), anyText({ maxLength: 1 })),
});

test('encoded strings are ordered as their UTF-8 is', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const expected = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(ordered(encodedKeyPart('S', a), encodedKeyPart('S', b))).toBe(expected);
    }),
  );
});

test('encoded binary is ordered by unsigned bytes', () => {
  const binary = fc.uint8Array({ maxLength: 5 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(binary, binary, (a, b) => {
      const [left, right] = [a, b].map((bytes) => encodedKeyPart('B', bytes.toString('base64')));
      expect(ordered(left ?? '', right ?? '')).toBe(Buffer.compare(a, b));
    }),
  );
});

test('what begins with a prefix is between it and after all', () => {
  fc.assert(
    fc.property(text, text, (prefix, whole) => {
      const from = encodedPrefix('S', prefix);
      const key = encodedKeyPart('S', whole);
      const begins = Buffer.from(whole).subarray(0, Buffer.byteLength(prefix)).equals(Buffer.from(prefix));
      expect(key >= from && key < from + AFTER_ALL).toBe(begins);
    }),
  );
});
