import type { AttributeValue, Item } from './attribute-value.ts';
import { compareNumbers } from './numbers.ts';

/** True when two values are equal: documents deep, sets without order. Numbers are canonical, so text decides. */
export function equal(a: AttributeValue, b: AttributeValue): boolean {
  if (a === b) return true;
  if ('S' in a) return 'S' in b && a.S === b.S;
  if ('N' in a) return 'N' in b && a.N === b.N;
  if ('B' in a) return 'B' in b && a.B === b.B;
  if ('BOOL' in a) return 'BOOL' in b && a.BOOL === b.BOOL;
  if ('NULL' in a) return 'NULL' in b;
  if ('M' in a) return 'M' in b && equalMaps(a.M, b.M);
  if ('L' in a) return 'L' in b && equalLists(a.L, b.L);
  if ('SS' in a) return 'SS' in b && equalSets(a.SS, b.SS);
  if ('NS' in a) return 'NS' in b && equalSets(a.NS, b.NS);
  return 'BS' in b && equalSets(a.BS, b.BS);
}

function equalMaps(a: Item, b: Item): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => {
    const left = a[name];
    const right = b[name];
    return left !== undefined && right !== undefined && equal(left, right);
  });
}

function equalLists(a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean {
  return (
    a.length === b.length &&
    a.every((left, index) => {
      const right = b[index];
      return right !== undefined && equal(left, right);
    })
  );
}

function equalSets(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  const members = new Set(a);
  return b.every((member) => members.has(member));
}

/**
 * Orders two values of one type: strings by their UTF-8 bytes, numbers by value, binary by unsigned bytes.
 * Values of other or different types have no order: undefined.
 */
export function compare(a: AttributeValue, b: AttributeValue): number | undefined {
  if ('S' in a) return 'S' in b ? compareStrings(a.S, b.S) : undefined;
  if ('N' in a) return 'N' in b ? compareNumbers(a.N, b.N) : undefined;
  if ('B' in a) return 'B' in b ? Buffer.compare(bytesOf(a.B), bytesOf(b.B)) : undefined;
  return undefined;
}

export const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64');

/**
 * UTF-8 orders by code point. UTF-16 units order alike, but for surrogates, which stand below U+E000 and
 * mean code points above U+FFFF.
 */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
