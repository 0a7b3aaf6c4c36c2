import { validationError } from '../dynamodb-error.ts';

/**
 * DynamoDB's numbers: up to 38 significant digits, magnitudes from 1E-130 to 9.99…E+125. The engine keeps
 * each one as DynamoDB answers it: plain decimal, without exponent, leading or trailing zeros, or a sign of zero.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
 */
const MAX_DIGITS = 38;
const MAX_EXPONENT = 125;
const MIN_EXPONENT = -130;
const NUMBER = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/;
/** Exponents are read as 64-bit integers; beyond them a number can't be converted. */
const MAX_WRITTEN_EXPONENT = 2 ** 63 - 1024;
const CANONICAL_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;
/** Sums of two integers of so many characters are exact in floating point. */
const EXACT_INTEGER_CHARACTERS = 15;

const overflow = () =>
  validationError('Number overflow. Attempting to store a number with magnitude larger than supported range');
const underflow = () =>
  validationError(
    'Number underflow. Attempting to store a number with magnitude smaller than supported range',
  );

/**
 * Reads a number in any notation that DynamoDB takes ("+1.50e3") and gives its canonical one ("1500").
 * @throws {DynamoDbError} ValidationException in DynamoDB's words.
 */
export function canonicalNumber(text: string): string {
  if (CANONICAL_INTEGER.test(text)) return text;
  if (text === '') throw validationError('The parameter cannot be converted to a numeric value');
  const match = NUMBER.exec(text);
  if (!match) throw validationError(`The parameter cannot be converted to a numeric value: ${text}`);
  const [, sign = '', whole = '', fraction = match[4] ?? '', , exponent = '0'] = match;
  if (Math.abs(Number(exponent)) > MAX_WRITTEN_EXPONENT) {
    throw validationError(`The parameter cannot be converted to a numeric value: ${text}`);
  }
  return canonical(sign === '-', whole + fraction, Number(exponent) - fraction.length);
}

/** The canonical notation of `digits` times ten to the power of `scale`. */
function canonical(negative: boolean, digits: string, scale: number): string {
  const first = firstNonZero(digits);
  // DynamoDB refuses `0e126` and takes `0.0e126`: a zero's exponent counts as it is written
  // (test/alternator/test_number.py, test_number_magnitude_not_allowed_zero).
  const exponent = first === digits.length ? scale : digits.length - first - 1 + scale;
  if (exponent > MAX_EXPONENT) throw overflow();
  if (exponent < MIN_EXPONENT) throw underflow();
  if (first === digits.length) return '0';
  const end = endOfSignificant(digits);
  if (end - first > MAX_DIGITS) {
    throw validationError('Attempting to store more than 38 significant digits in a Number');
  }
  return (negative ? '-' : '') + plain(digits.slice(first, end), exponent);
}

function firstNonZero(digits: string): number {
  let first = 0;
  while (first < digits.length && digits[first] === '0') first++;
  return first;
}

function endOfSignificant(digits: string): number {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return end;
}

/** `significant` digits, the first of which stands for ten to the power of `exponent`. */
function plain(significant: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${significant}`;
  if (significant.length <= exponent + 1) return significant + '0'.repeat(exponent + 1 - significant.length);
  return `${significant.slice(0, exponent + 1)}.${significant.slice(exponent + 1)}`;
}

/** Compares two canonical numbers by value: negative, zero or positive. */
export function compareNumbers(a: string, b: string): number {
  if (a === b) return 0;
  if (a.length <= EXACT_INTEGER_CHARACTERS && b.length <= EXACT_INTEGER_CHARACTERS)
    return Number(a) - Number(b);
  const negative = a.startsWith('-');
  if (negative !== b.startsWith('-')) return negative ? -1 : 1;
  return negative ? compareMagnitudes(b.slice(1), a.slice(1)) : compareMagnitudes(a, b);
}

function compareMagnitudes(a: string, b: string): number {
  const difference = wholeLength(a) - wholeLength(b);
  if (difference !== 0) return difference;
  return a < b ? -1 : 1;
}

function wholeLength(number: string): number {
  const point = number.indexOf('.');
  return point < 0 ? number.length : point;
}

export const addNumbers = (a: string, b: string): string => sum(a, b, 1n);

export const subtractNumbers = (a: string, b: string): string => sum(a, b, -1n);

function sum(a: string, b: string, sign: 1n | -1n): string {
  if (CANONICAL_INTEGER.test(a) && CANONICAL_INTEGER.test(b)) {
    const exact = sign === 1n ? Number(a) + Number(b) : Number(a) - Number(b);
    return String(exact);
  }
  const decimals = Math.max(fractionLength(a), fractionLength(b));
  const total = scaled(a, decimals) + sign * scaled(b, decimals);
  const digits = String(total < 0n ? -total : total);
  // DynamoDB calls a result of too many digits an overflow (test/alternator/test_number.py,
  // test_update_expression_plus_imprecise).
  if (endOfSignificant(digits) > MAX_DIGITS) throw overflow();
  return total === 0n ? '0' : canonical(total < 0n, digits, -decimals);
}

function fractionLength(number: string): number {
  const point = number.indexOf('.');
  return point < 0 ? 0 : number.length - point - 1;
}

function scaled(number: string, decimals: number): bigint {
  return BigInt(number.replace('.', '') + '0'.repeat(decimals - fractionLength(number)));
}
