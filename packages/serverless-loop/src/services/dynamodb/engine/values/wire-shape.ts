import { serializationError, validationError } from '../dynamodb-error.ts';
import { isObject } from '../requests/shapes.ts';
import { isTypeName, type TypeName } from './attribute-value.ts';
import { namesOf } from './names.ts';

/** A value as JSON gives it: any number of types may stand in it, and null stands for what is absent. */
export interface WireValue {
  readonly S?: string | null;
  readonly N?: string | null;
  readonly B?: string | null;
  readonly BOOL?: boolean | string | null;
  readonly NULL?: boolean | string | null;
  readonly SS?: readonly (string | null)[] | null;
  readonly NS?: readonly (string | null)[] | null;
  readonly BS?: readonly (string | null)[] | null;
  readonly L?: readonly (WireValue | null)[] | null;
  readonly M?: Readonly<Record<string, WireValue | null>> | null;
}

export type WireItem = Readonly<Record<string, WireValue | null>>;

export const tooDeep = () =>
  validationError(
    'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
  );

/** No JSON is checked deeper: what is deeper than an item may be is refused for that, without recursing further. */
const MAX_DEPTH = 200;
const VALUE_CLASS = 'com.amazonaws.dynamodb.v20120810.AttributeValue';
const MISPLACED_OBJECT = 'Start of structure or map found where not expected';

// The words are those of dynalite's records of AWS: test/helpers.js, assertType.

/** @throws {DynamoDbError} SerializationException when `value` hasn't the shape of an AttributeValue. */
export function checkValueShape(value: unknown): WireValue {
  checkValue(value, 0);
  return value;
}

/** @throws {DynamoDbError} SerializationException when `item` isn't a map of AttributeValues by its shape. */
export function checkItemShape(item: unknown): WireItem {
  checkMap(item, 0);
  return item;
}

function checkValue(value: unknown, depth: number): asserts value is WireValue {
  if (depth > MAX_DEPTH) throw tooDeep();
  if (!isObject(value)) {
    throw serializationError(
      Array.isArray(value)
        ? `Unrecognized collection type class ${VALUE_CLASS}`
        : 'Unexpected value type in payload',
    );
  }
  for (const type in value) {
    const member = value[type];
    if (member !== null && isTypeName(type)) CHECKS[type](member, depth);
  }
}

const CHECKS: Readonly<Record<TypeName, (member: unknown, depth: number) => void>> = {
  S: checkString,
  N: checkString,
  B: checkBlob,
  BOOL: checkBoolean,
  NULL: checkBoolean,
  SS: (member) => checkList(member, checkString),
  NS: (member) => checkList(member, checkString),
  BS: (member) => checkList(member, checkBlob),
  L: (member, depth) => checkList(member, (inner) => checkValue(inner, depth + 1)),
  M: (member, depth) => checkMap(member, depth + 1),
};

function checkMap(value: unknown, depth: number): asserts value is WireItem {
  if (!isObject(value)) {
    throw serializationError(
      Array.isArray(value)
        ? `Unrecognized collection type java.util.Map<java.lang.String, ${VALUE_CLASS}>`
        : 'Unexpected field type',
    );
  }
  for (const name of namesOf(value)) {
    const member = value[name];
    if (member !== null) checkValue(member, depth);
  }
}

function checkList(value: unknown, check: (member: unknown) => void): void {
  if (typeof value !== 'object') throw serializationError('Unexpected field type');
  if (!Array.isArray(value)) throw serializationError(MISPLACED_OBJECT);
  for (const member of value) if (member !== null) check(member);
}

function checkString(value: unknown): void {
  if (typeof value === 'string') return;
  if (typeof value === 'object') throw misplaced(value, 'class java.lang.String');
  throw serializationError(`${jsonToken(value)} cannot be converted to String`);
}

function checkBoolean(value: unknown): void {
  if (typeof value === 'boolean') return;
  if (typeof value === 'object') throw misplaced(value, 'class java.lang.Boolean');
  if (typeof value === 'number')
    throw serializationError(`${jsonToken(value)} cannot be converted to Boolean`);
  if (!/^(?:true|1|yes|false|0|no)$/i.test(String(value))) {
    throw serializationError('Unexpected token received from parser');
  }
}

function checkBlob(value: unknown): void {
  if (typeof value === 'object') throw misplaced(value, 'class java.nio.ByteBuffer');
  if (typeof value !== 'string') {
    throw serializationError('only base-64-encoded strings are convertible to bytes');
  }
  if (value.length % 4 !== 0) {
    throw serializationError(
      `Base64 encoded length is expected a multiple of 4 bytes but found: ${value.length}`,
    );
  }
  if (Buffer.from(value, 'base64').toString('base64') !== value) {
    throw serializationError('Invalid last non-pad Base64 character dectected');
  }
}

const misplaced = (value: unknown, type: string) =>
  serializationError(Array.isArray(value) ? `Unrecognized collection type ${type}` : MISPLACED_OBJECT);

function jsonToken(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
}
