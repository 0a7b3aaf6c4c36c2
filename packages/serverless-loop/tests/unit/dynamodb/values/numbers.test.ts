import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addNumbers,
  canonicalNumber,
  compareNumbers,
  subtractNumbers,
} from '../../../../src/services/dynamodb/engine/values/numbers.ts';
import { refusal } from '../refusal.ts';

const OVERFLOW = 'Number overflow. Attempting to store a number with magnitude larger than supported range';
const UNDERFLOW =
  'Number underflow. Attempting to store a number with magnitude smaller than supported range';

// nubo-db/dynamodb-conformance, tests/tier3/limits/numberPrecision.test.ts; test/alternator/test_number.py
test.each([
  ['00042', '42'],
  ['-0', '0'],
  ['0.000', '0'],
  ['1.0', '1'],
  ['3.1400', '3.14'],
  ['1.5E2', '150'],
  ['1e+5', '100000'],
  ['+3', '3'],
  ['.123', '0.123'],
  ['5.', '5'],
  ['-17.4E37', `-174${'0'.repeat(36)}`],
  ['0001.23', '1.23'],
  ['1E-3', '0.001'],
  ['0.1e126', `1${'0'.repeat(125)}`],
  ['1E-130', `0.${'0'.repeat(129)}1`],
  ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
  ['1234567890123456789012345678901234567800', '1234567890123456789012345678901234567800'],
  ['0e125', '0'],
  ['0.0e126', '0'],
])('%s is kept as %s', (written, kept) => {
  expect(canonicalNumber(written)).toBe(kept);
});

// paritysuite/dynamodb-conformance, tests/tier3/error-messages/valueLayers.test.ts and limits/numberExponent.test.ts
test.each([
  ['1e126', OVERFLOW],
  ['-11e125', OVERFLOW],
  ['1e99999999999', OVERFLOW],
  ['0e126', OVERFLOW],
  ['1e-131', UNDERFLOW],
  ['0.9e-130', UNDERFLOW],
  ['0e-131', UNDERFLOW],
  [
    '123456789012345678901234567890123456789',
    'Attempting to store more than 38 significant digits in a Number',
  ],
  [
    '3.14159265358979323846264338327950288419',
    'Attempting to store more than 38 significant digits in a Number',
  ],
  ['1e9223372036854775808', 'The parameter cannot be converted to a numeric value: 1e9223372036854775808'],
  ['', 'The parameter cannot be converted to a numeric value'],
  ...['abc', '1.2.3', ' 1', '1 ', '0x10', '1e', 'NaN', 'Infinity', '-dog', '.', '-', '１'].map((text) => [
    text,
    `The parameter cannot be converted to a numeric value: ${text}`,
  ]),
])('%j is refused: %s', (written, message) => {
  expect(refusal(() => canonicalNumber(written))).toBe(message);
});

/** A number as a fraction of integers, by which the naive arithmetic below is exact. */
const SCALE = 40;
const scaled = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const magnitude = BigInt(whole + fraction.padEnd(SCALE, '0'));
  return text.startsWith('-') ? -magnitude : magnitude;
};

const decimals = fc
  .tuple(fc.boolean(), fc.bigInt(0n, 10n ** 15n), fc.integer({ min: -15, max: 5 }))
  .map(([negative, digits, exponent]) => canonicalNumber(`${negative ? '-' : ''}${digits}e${exponent}`));

test('numbers are compared by their value', () => {
  fc.assert(
    fc.property(decimals, decimals, (a, b) => {
      const difference = scaled(a) - scaled(b);
      expect(Math.sign(compareNumbers(a, b))).toBe(difference === 0n ? 0 : difference < 0n ? -1 : 1);
    }),
    { numRuns: 2000 },
  );
});

test('sums and differences are exact, and canonical', () => {
  fc.assert(
    fc.property(decimals, decimals, (a, b) => {
      const sum = addNumbers(a, b);
      const difference = subtractNumbers(a, b);
      expect(scaled(sum)).toBe(scaled(a) + scaled(b));
      expect(scaled(difference)).toBe(scaled(a) - scaled(b));
      expect([canonicalNumber(sum), canonicalNumber(difference)]).toEqual([sum, difference]);
    }),
    { numRuns: 2000 },
  );
});

describe('arithmetic at the limits', () => {
  // test/alternator/test_number.py, test_update_expression_plus_precision, _overflow and _imprecise
  test('22 digits and one more are exact', () => {
    expect(addNumbers('1', '10000000000000000000000')).toBe('10000000000000000000001');
    expect(subtractNumbers('10000000000000000000000', '1')).toBe('9999999999999999999999');
  });

  test('a sum that is too large, or has too many digits, is an overflow', () => {
    const nine = canonicalNumber('9e125');
    expect(refusal(() => addNumbers(nine, nine))).toBe(OVERFLOW);
    expect(refusal(() => addNumbers(canonicalNumber('1e50'), '1'))).toBe(OVERFLOW);
    expect(refusal(() => subtractNumbers(canonicalNumber('1e50'), '1'))).toBe(OVERFLOW);
    expect(addNumbers(nine, canonicalNumber('9e124'))).toBe(canonicalNumber('9.9e125'));
  });

  test('a difference below the smallest magnitude is an underflow', () => {
    const [a, b] = [canonicalNumber('1.1e-130'), canonicalNumber('1e-130')];
    expect(refusal(() => subtractNumbers(a, b))).toBe(UNDERFLOW);
    expect(subtractNumbers(b, b)).toBe('0');
  });
});
