import { WrittenNumber } from './exact-json.ts';

export type JsonObject = Record<string, unknown>;

/** True for a parsed value that is an object, and neither a list nor null nor a number. */
export function isObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof WrittenNumber)
  );
}
