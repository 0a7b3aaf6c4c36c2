import { parseExactJson, WrittenNumber } from '../../aws/exact-json.ts';
import { refuseBeyond } from '../../aws/json-limits.ts';

/** The levels that a detail may have (PutEvents, API reference), in its event, and more values than two bytes each leave room for. */
const LIMITS = { deepest: 1_001, mostValues: 600_000 };

/** A leaf of a JSON document. */
export type Scalar = string | number | boolean | null | WrittenNumber;

export function isScalar(value: unknown): value is Scalar {
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    value instanceof WrittenNumber
  );
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/**
 * The value of a JSON text, its numbers as they are written, or undefined when it is none or nested deeper than an event
 * may be (undefined is no JSON value).
 */
export function parseJson(text: string): unknown {
  try {
    refuseBeyond(text, LIMITS);
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}

/** The same document without white space between its tokens; numbers stay as written, beyond a double's precision too. */
export function compactJson(text: string): string {
  return text.replace(/("[^"\\]*(?:\\.[^"\\]*)*")|\s+/g, '$1');
}

/** Tells whether objects and arrays lie in each other more than `limit` levels deep. */
export function isNestedDeeperThan(limit: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof WrittenNumber) return false;
  if (limit === 0) return true;
  return Object.values(value).some((inner) => isNestedDeeperThan(limit - 1, inner));
}
