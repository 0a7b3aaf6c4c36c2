import { AwsError } from '../../aws/errors.ts';
import { isObject } from '../../aws/json-object.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { invalidValue, missingParameter } from './sqs-error.ts';

/** A text member, or undefined when it is absent. Throws AwsError when it is something else. */
export function optionalText(input: JsonObject, name: string): string | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw wrongType(name, 'a string');
}

/** A text member that must be there and not empty. */
export function requiredText(input: JsonObject, name: string): string {
  const value = optionalText(input, name);
  if (!value) throw missingParameter(name);
  return value;
}

/** A whole number from `least` to `most`, or undefined when it is absent; `rule` is AWS's own wording of the limits. */
export function optionalInteger(
  input: JsonObject,
  name: string,
  { least, most, rule }: { least: number; most: number; rule: string },
): number | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(name, 'an integer');
  if (value < least || value > most) throw invalidValue(value, name, rule);
  return value;
}

/** A list of texts; empty when it is absent. */
export function textList(input: JsonObject, name: string): string[] {
  const value = input[name] ?? [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw wrongType(name, 'a list of strings');
}

/** A list of objects; empty when it is absent. */
export function objectList(input: JsonObject, name: string): JsonObject[] {
  const value = input[name] ?? [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw wrongType(name, 'a list of objects');
}

/** A map of texts; empty when it is absent. */
export function textMap(input: JsonObject, name: string): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [key, value] of Object.entries(objectMember(input, name))) {
    if (typeof value !== 'string') throw wrongType(`${name}.${key}`, 'a string');
    texts[key] = value;
  }
  return texts;
}

/** A member that is an object; empty when it is absent. */
export function objectMember(input: JsonObject, name: string): JsonObject {
  const value = input[name] ?? {};
  if (isObject(value)) return value;
  throw wrongType(name, 'an object');
}

function wrongType(name: string, expected: string): AwsError {
  return new AwsError('SerializationException', `${name} must be ${expected}.`);
}
