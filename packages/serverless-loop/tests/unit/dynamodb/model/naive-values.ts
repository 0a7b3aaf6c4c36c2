import type { AttributeValue } from '../../../../src/services/dynamodb/engine/values/attribute-value.ts';
import type { RandomPath } from './arbitrary-values.ts';

// The model: what "Supported data types and naming rules" and "Comparison operator and function reference" of the
// developer guide say, as simply as it can be said, and with none of the engine's code.

export function typeName(value: AttributeValue): string {
  return Object.keys(value).join();
}

function content(value: AttributeValue): unknown {
  return Object.values(value)[0];
}

/** A text that is the same for equal values and for no others. */
export function fingerprint(value: AttributeValue): string {
  const of = content(value);
  if ('M' in value) {
    const members = Object.entries(value.M).map(
      ([name, member]) => `${JSON.stringify(name)}:${fingerprint(member)}`,
    );
    return `M{${members.sort().join()}}`;
  }
  if ('L' in value) return `L[${value.L.map(fingerprint).join()}]`;
  if (Array.isArray(of)) return `${typeName(value)}${JSON.stringify([...of].sort())}`;
  return `${typeName(value)}${JSON.stringify(of)}`;
}

export const isEqual = (a: AttributeValue, b: AttributeValue): boolean => fingerprint(a) === fingerprint(b);

/** Scaled by 10 to the power of 130, which no number of DynamoDB's has more decimals than. */
export function exact(number: string): bigint {
  const [whole = '', fraction = ''] = number.replace('-', '').split('.');
  const magnitude = BigInt(whole + fraction.padEnd(130, '0'));
  return number.startsWith('-') ? -magnitude : magnitude;
}

/** -1, 0 or 1; undefined for what has no order. */
export function order(a: AttributeValue, b: AttributeValue): number | undefined {
  if ('N' in a && 'N' in b) return sign(exact(a.N) - exact(b.N));
  if ('S' in a && 'S' in b) return Buffer.compare(Buffer.from(a.S), Buffer.from(b.S));
  if ('B' in a && 'B' in b) return Buffer.compare(Buffer.from(a.B, 'base64'), Buffer.from(b.B, 'base64'));
  return undefined;
}

function sign(difference: bigint): number {
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

export function at(
  item: Record<string, AttributeValue>,
  [name, ...rest]: RandomPath,
): AttributeValue | undefined {
  let value = Object.entries(item).find(([key]) => key === name)?.[1];
  for (const step of rest) {
    if (value === undefined) return undefined;
    if (typeof step === 'number') value = 'L' in value ? value.L[step] : undefined;
    else value = 'M' in value ? Object.entries(value.M).find(([key]) => key === step)?.[1] : undefined;
  }
  return value;
}

export function count(value: AttributeValue): number | undefined {
  const of = content(value);
  if ('S' in value) return new TextEncoder().encode(value.S).length;
  if ('B' in value) return Buffer.from(value.B, 'base64').length;
  if (Array.isArray(of)) return of.length;
  return 'M' in value ? Object.keys(value.M).length : undefined;
}
