import { serializationError } from '../dynamodb-error.ts';

export type JsonObject = Record<string, unknown>;

/** Of AWS's own classes, as its words for a member of the wrong kind name them. */
export const MODEL = 'com.amazonaws.dynamodb.v20120810';

const MISPLACED_OBJECT = 'Start of structure or map found where not expected';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// The words are those of dynalite's records of AWS: test/helpers.js, assertType.

/** Each reads a value of a request that is there; throws SerializationException for one of another kind. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw unconvertible(value, 'String');
}

export function asInteger(value: unknown, type: 'Integer' | 'Long'): number {
  if (typeof value === 'number') return Math.floor(value);
  throw unconvertible(value, type);
}

/** Epoch seconds, with fractions. */
export function asTimestamp(value: unknown): number {
  if (typeof value === 'number') return value;
  throw unconvertible(value, 'Date');
}

export function asBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') throw unconvertible(value, 'Boolean');
  if (/^(?:true|1|yes)$/i.test(value)) return true;
  if (/^(?:false|0|no)$/i.test(value)) return false;
  throw serializationError('Unexpected token received from parser');
}

export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw serializationError(isObject(value) ? MISPLACED_OBJECT : 'Unexpected field type');
}

/** `className` without AWS's namespace, e.g. `KeySchemaElement`. */
export function asStructure(value: unknown, className: string, place: 'field' | 'value'): JsonObject {
  if (isObject(value)) return value;
  if (Array.isArray(value))
    throw serializationError(`Unrecognized collection type class ${MODEL}.${className}`);
  throw serializationError(place === 'field' ? 'Unexpected field type' : 'Unexpected value type in payload');
}

/** `className` of the map's values, with its namespace. */
export function asMap(value: unknown, className: string): JsonObject {
  if (isObject(value)) return value;
  if (!Array.isArray(value)) throw serializationError('Unexpected field type');
  throw serializationError(`Unrecognized collection type java.util.Map<java.lang.String, ${className}>`);
}

function unconvertible(value: unknown, type: string): Error {
  if (Array.isArray(value)) return serializationError(`Unrecognized collection type class java.lang.${type}`);
  if (isObject(value)) return serializationError(MISPLACED_OBJECT);
  return serializationError(`${tokenOf(value)} cannot be converted to ${type}`);
}

function tokenOf(value: unknown): string {
  if (typeof value === 'string') return 'STRING_VALUE';
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
}

/** A value as AWS's validation shows it: as Java writes it, structures by the names of their classes. */
export function javaText(value: unknown, className?: string): string {
  if (Array.isArray(value)) return `[${value.map((element) => javaText(element, className)).join(', ')}]`;
  if (!isObject(value)) return String(value);
  const fields = Object.entries(value).filter(([, field]) => field != null);
  if (className === undefined)
    return `{${fields.map(([name, field]) => `${name}=${javaText(field)}`).join(', ')}}`;
  return `${className}(${fields.map(([name, field]) => `${lowerFirst(name)}=${javaText(field)}`).join(', ')})`;
}

export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
