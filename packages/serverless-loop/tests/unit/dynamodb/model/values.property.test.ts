import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare, equal } from '../../../../src/services/dynamodb/engine/values/compare.ts';
import {
  addNumbers,
  canonicalNumber,
  compareNumbers,
  subtractNumbers,
} from '../../../../src/services/dynamodb/engine/values/numbers.ts';
import { runsOf } from '../../../matrix.ts';
import { numberText, value } from './arbitrary-values.ts';
import { exact, isEqual, order } from './naive-values.ts';

const RUNS = { numRuns: runsOf(5_000) };

test('values are equal and in order as the model says', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(equal(a, b)).toBe(isEqual(a, b));
      expect(equal(a, structuredClone(a))).toBe(true);
      expect(Math.sign(compare(a, b) ?? Number.NaN)).toBe(order(a, b) ?? Number.NaN);
    }),
    RUNS,
  );
});

/** Any way to write a number: with signs, zeros in front and behind, an exponent. */
const written = fc
  .record({
    sign: fc.constantFrom('', '-', '+'),
    zeros: fc.constantFrom('', '0', '000'),
    whole: fc.bigInt({ min: 0n, max: 10n ** 18n }).map(String),
    fraction: fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,15}0{0,3}$/)),
    exponent: fc.oneof(fc.constant(0), fc.integer({ min: -90, max: 90 })),
  })
  .map(({ sign, zeros, whole, fraction, exponent }) => ({
    text: `${sign}${zeros}${whole}${fraction}${exponent === 0 ? '' : `e${exponent}`}`,
    negative: sign === '-',
    digits: BigInt(whole + fraction.slice(1)),
    scale: exponent - Math.max(0, fraction.length - 1),
  }));

test('a number keeps its value in its canonical notation', () => {
  fc.assert(
    fc.property(written, ({ text, negative, digits, scale }) => {
      const canonical = canonicalNumber(text);
      expect(canonical).toMatch(/^(?:0|-?(?:[1-9]\d*|0)(?:\.\d*[1-9])?)$/);
      expect(canonical).not.toBe('-0');
      expect(exact(canonical)).toBe((negative ? -digits : digits) * 10n ** BigInt(130 + scale));
      expect(canonicalNumber(canonical)).toBe(canonical);
    }),
    RUNS,
  );
});

/** A result of more than 38 digits is refused as an overflow (scylladb/scylladb, test/alternator/test_number.py). */
function expectResult(result: () => string, of: bigint): void {
  const digits = String(of).replace(/^-|0+$/g, '');
  if (digits.length > 38) expect(result).toThrow('Number overflow');
  else expect(exact(result())).toBe(of);
}

test('sums and differences are exact, or refused for having too many digits', () => {
  fc.assert(
    fc.property(numberText, numberText, (a, b) => {
      expectResult(() => addNumbers(a, b), exact(a) + exact(b));
      expectResult(() => subtractNumbers(a, b), exact(a) - exact(b));
      expect(Math.sign(compareNumbers(a, b))).toBe(order({ N: a }, { N: b }));
    }),
    RUNS,
  );
});
