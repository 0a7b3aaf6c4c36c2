import { isObject, type JsonObject } from '../../aws/json-object.ts';

/** The value when it is an object, else an empty one: for reading input that nobody has checked yet. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The objects of a list; none when it isn't a list. */
export function objectsOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
