import type { AttributeValue, Item } from './attribute-value.ts';
import { LARGE_NAMES, namesOf } from './names.ts';

/** Of large items, which a write is asked for several times, and a read once more. */
const remembered = new WeakMap<Item, number>();

/**
 * DynamoDB's own count of an item's bytes, by which it limits items to 400 KB and bills: names and strings in
 * UTF-8, numbers by pairs of digits, three bytes a list or map and one a member.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function sizeOf(item: Item): number {
  const known = remembered.get(item);
  if (known !== undefined) return known;
  const names = namesOf(item);
  let bytes = 0;
  for (const name of names) {
    const value = item[name];
    if (value !== undefined) bytes += utf8Length(name) + sizeOfValue(value);
  }
  if (names.length >= LARGE_NAMES) remembered.set(item, bytes);
  return bytes;
}

export function sizeOfValue(value: AttributeValue): number {
  if ('S' in value) return utf8Length(value.S);
  if ('N' in value) return sizeOfNumber(value.N);
  if ('B' in value) return base64Length(value.B);
  if ('BOOL' in value || 'NULL' in value) return 1;
  if ('M' in value) return 3 + namesOf(value.M).length + sizeOf(value.M);
  if ('L' in value) return 3 + sum(value.L, (member) => 1 + sizeOfValue(member));
  if ('SS' in value) return sum(value.SS, utf8Length);
  if ('NS' in value) return sum(value.NS, sizeOfNumber);
  return sum(value.BS, base64Length);
}

function sum<T>(members: readonly T[], size: (member: T) => number): number {
  let bytes = 0;
  for (const member of members) bytes += size(member);
  return bytes;
}

/** Short texts of ASCII, which most are, are counted without leaving JavaScript. */
function utf8Length(text: string): number {
  if (text.length > MAX_SCANNED_LENGTH) return Buffer.byteLength(text);
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 0x7f) return Buffer.byteLength(text);
  }
  return text.length;
}

const MAX_SCANNED_LENGTH = 64;

/** The count of bytes that a base64 text stands for. */
export function base64Length(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}

/**
 * One byte, one for every two significant digits before the decimal point and one for every two after it, one
 * for a minus; zero is one byte. The guide's rule is coarser: paritysuite/dynamodb-conformance measured this one on
 * AWS, tests/tier3/limits/numberByteSize.test.ts.
 */
function sizeOfNumber(number: string): number {
  if (number === '0') return 1;
  const negative = number.startsWith('-');
  const [whole = '', fraction = ''] = (negative ? number.slice(1) : number).split('.');
  const before = whole === '0' ? 0 : fraction ? whole.length : whole.length - trailingZeros(whole);
  const after = before === 0 ? fraction.length - leadingZeros(fraction) : fraction.length;
  return 1 + Math.ceil(before / 2) + Math.ceil(after / 2) + (negative ? 1 : 0);
}

function trailingZeros(digits: string): number {
  let zeros = 0;
  while (digits[digits.length - 1 - zeros] === '0') zeros++;
  return zeros;
}

function leadingZeros(digits: string): number {
  let zeros = 0;
  while (digits[zeros] === '0') zeros++;
  return zeros;
}
