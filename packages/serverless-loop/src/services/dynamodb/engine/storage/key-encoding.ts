/**
 * Keys as strings whose units are bytes, which compare as DynamoDB orders the values: strings by their UTF-8, binary by
 * unsigned bytes, numbers by value. Each part ends itself, so parts may follow each other.
 */
export type KeyType = 'S' | 'N' | 'B';

/** After every key that begins with what stands before it: no byte is as great. */
export const AFTER_ALL = '\u0100';

/** Of a byte each in UTF-8, and none of them NUL. */
const PLAIN = /^[ -~]*$/;
const END = '\0\0';
const ZERO = '\x80';
/** Of ten to this power, the smallest that a number may have, the exponent is stored as 0. */
const MIN_EXPONENT = -130;

export function encodedKeyPart(type: KeyType, value: string): string {
  return type === 'N' ? encodedNumber(value) : encodedPrefix(type, value) + END;
}

/** The beginning of the parts of all values that begin with this one. */
export function encodedPrefix(type: 'S' | 'B', value: string): string {
  if (type === 'S' && PLAIN.test(value)) return value;
  const bytes = Buffer.from(value, type === 'S' ? 'utf8' : 'base64').toString('latin1');
  return bytes.includes('\0') ? bytes.replaceAll('\0', '\0\xff') : bytes;
}

/** Takes plain decimal notation, as DynamoDB answers numbers: no exponent, no zeros that say nothing. */
export function encodedNumber(number: string): string {
  if (number === '0') return ZERO;
  const negative = number.startsWith('-');
  const [whole = '', fraction = ''] = (negative ? number.slice(1) : number).split('.');
  const digits = whole === '0' ? fraction.replace(/^0+/, '') : whole + fraction;
  const exponent = whole === '0' ? digits.length - fraction.length - 1 : whole.length - 1;
  const bytes = [exponent - MIN_EXPONENT, ...pairsOf(digits.replace(/0+$/, '')), 0];
  return negative
    ? `\x40${String.fromCharCode(...bytes.map((byte) => 0xff - byte))}`
    : `\xc0${String.fromCharCode(...bytes)}`;
}

/** Two digits a byte, from 1 on, so that the end is less than all of them. */
function pairsOf(digits: string): number[] {
  const pairs: number[] = [];
  for (let at = 0; at < digits.length; at += 2)
    pairs.push(Number(digits.slice(at, at + 2).padEnd(2, '0')) + 1);
  return pairs;
}
