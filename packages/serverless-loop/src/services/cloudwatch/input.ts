import { isObject } from '../../aws/json-object.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { shown } from '../../aws/shown.ts';
import { invalidFormat, invalidValue, missingParameter, validationError } from './cloudwatch-error.ts';

/** A member that may be absent; null is as good as absent. Throws AwsError for another type. */
export function optionalText(input: JsonObject, name: string): string | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw invalidFormat(name, 'a string');
}

export function requiredText(input: JsonObject, name: string): string {
  const value = optionalText(input, name);
  if (value === undefined || value === '') throw missingParameter(name);
  return value;
}

export function optionalNumber(input: JsonObject, name: string): number | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === 'number') return value;
  throw invalidFormat(name, 'a number');
}

export function optionalInteger(
  input: JsonObject,
  name: string,
  { least, most }: { least: number; most: number },
): number | undefined {
  const value = optionalNumber(input, name);
  if (value === undefined) return undefined;
  if (!Number.isInteger(value)) throw invalidFormat(name, 'an integer');
  if (value < least || value > most)
    throw invalidValue(
      `The value ${value} for parameter ${name} is invalid. It must be between ${least} and ${most}.`,
    );
  return value;
}

export function optionalBoolean(input: JsonObject, name: string): boolean | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === 'boolean') return value;
  throw invalidFormat(name, 'a boolean');
}

/** One of the values that the API knows. */
export function optionalChoice<Choice extends string>(
  input: JsonObject,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = optionalText(input, name);
  if (text === undefined) return undefined;
  const choice = choices.find((it) => it === text);
  if (!choice)
    throw validationError(
      `1 validation error detected: Value '${text}' at '${lowerFirst(name)}' failed to satisfy constraint: Member must satisfy enum value set: [${choices.join(', ')}]`,
    );
  return choice;
}

/** Epoch milliseconds: the JSON protocol sends seconds, with fractions. */
export function optionalTime(input: JsonObject, name: string): number | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined) return undefined;
  const ms = typeof value === 'number' ? value * 1000 : Date.parse(shown(value));
  if (Number.isNaN(new Date(ms).getTime())) throw invalidFormat(name, 'a time stamp');
  return ms;
}

export function requiredTime(input: JsonObject, name: string): number {
  const ms = optionalTime(input, name);
  if (ms === undefined) throw missingParameter(name);
  return ms;
}

export function textList(input: JsonObject, name: string, most = Number.POSITIVE_INFINITY): string[] {
  const list = listMember(input, name, most);
  if (list.every((item) => typeof item === 'string')) return list;
  throw invalidFormat(name, 'a list of strings');
}

export function objectList(input: JsonObject, name: string, most = Number.POSITIVE_INFINITY): JsonObject[] {
  const list = listMember(input, name, most);
  if (list.every(isObject)) return list;
  throw invalidFormat(name, 'a list of objects');
}

export function numberList(input: JsonObject, name: string, most = Number.POSITIVE_INFINITY): number[] {
  const list = listMember(input, name, most);
  if (list.every((item) => typeof item === 'number')) return list;
  throw invalidFormat(name, 'a list of numbers');
}

export function optionalObject(input: JsonObject, name: string): JsonObject | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || isObject(value)) return value;
  throw invalidFormat(name, 'an object');
}

function listMember(input: JsonObject, name: string, most: number): unknown[] {
  const value = input[name] ?? [];
  if (!Array.isArray(value)) throw invalidFormat(name, 'a list');
  if (value.length > most)
    throw invalidValue(`The collection ${name} must not have a size greater than ${most}.`);
  return value;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
