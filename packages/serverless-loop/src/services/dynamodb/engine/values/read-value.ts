import { validationError } from '../dynamodb-error.ts';
import { checkAttributeName } from './attribute-name.ts';
import {
  type AttributeValue,
  type Item,
  isTypeName,
  type MutableItem,
  newItem,
  type TypeName,
} from './attribute-value.ts';
import { namesOf, rememberNames } from './names.ts';
import { canonicalNumber } from './numbers.ts';
import { checkItemShape, checkValueShape, tooDeep, type WireValue } from './wire-shape.ts';

/** An attribute's own value is level 1: paritysuite/dynamodb-conformance, tests/tier3/limits/nestingDepth.test.ts. */
export const MAX_NESTING = 32;

/**
 * Reads a value from the wire: one type, numbers canonical, sets neither empty nor with duplicates.
 * @throws {DynamoDbError} SerializationException for JSON of another shape, else ValidationException, in
 * DynamoDB's words and order.
 */
export function readAttributeValue(value: unknown): AttributeValue {
  return read(checkValueShape(value), 1);
}

/** Reads an item (or a key) from the wire; throws as `readAttributeValue` does, for the first invalid attribute. */
export function readItem(item: unknown): Item {
  return readMembers(checkItemShape(item), 1);
}

function readMembers(members: Readonly<Record<string, WireValue | null>>, depth: number): MutableItem {
  const item = newItem();
  const names = namesOf(members);
  for (const name of names) checkAttributeName(name);
  for (const name of names) {
    const member = members[name];
    if (member !== undefined) item[name] = read(member, depth);
  }
  rememberNames(item, names);
  return item;
}

function read(value: WireValue | null, depth: number): AttributeValue {
  if (depth > MAX_NESTING) throw tooDeep();
  let result: AttributeValue | undefined;
  let types = 0;
  if (value !== null) {
    for (const type in value) {
      if (!isTypeName(type)) continue;
      const found = readType(value, type, depth);
      if (found === undefined) continue;
      result = found;
      types++;
    }
  }
  if (result === undefined) {
    throw validationError(
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    );
  }
  if (types > 1) {
    throw validationError(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  return result;
}

function readType(value: WireValue, type: TypeName, depth: number): AttributeValue | undefined {
  switch (type) {
    case 'S':
      return typeof value.S === 'string' ? { S: value.S } : undefined;
    case 'N':
      return typeof value.N === 'string' ? { N: canonicalNumber(value.N) } : undefined;
    case 'B':
      return typeof value.B === 'string' ? { B: value.B } : undefined;
    case 'BOOL':
      return value.BOOL == null ? undefined : { BOOL: isTrue(value.BOOL) };
    case 'NULL':
      return value.NULL == null ? undefined : readNull(value.NULL);
    case 'SS':
      return value.SS == null ? undefined : { SS: readStrings(value.SS) };
    case 'NS':
      return value.NS == null ? undefined : { NS: readNumbers(value.NS) };
    case 'BS':
      return value.BS == null ? undefined : { BS: readBinaries(value.BS) };
    case 'L':
      return value.L == null ? undefined : { L: value.L.map((member) => read(member, depth + 1)) };
    case 'M':
      return value.M == null ? undefined : { M: readMembers(value.M, depth + 1) };
  }
}

const isTrue = (flag: boolean | string): boolean =>
  typeof flag === 'boolean' ? flag : /^(?:true|1|yes)$/i.test(flag);

const invalid = (message: string) => validationError(`One or more parameter values were invalid: ${message}`);

function readNull(flag: boolean | string): AttributeValue {
  if (!isTrue(flag)) throw invalid('Null attribute value types must have the value of true');
  return { NULL: true };
}

// The words for empty sets and for duplicates differ by type: nubo-db/dynamodb-conformance,
// tests/tier3/error-messages/putItem.test.ts, and dynalite's records of AWS, test/putItem.js.
function readStrings(members: readonly (string | null)[]): string[] {
  if (members.length === 0) throw invalid('An string set  may not be empty');
  const strings = withoutNull(members, 'An string set  may not have a null string as a member');
  if (hasDuplicates(strings)) throw invalid(`Input collection [${strings.join(', ')}] contains duplicates.`);
  return strings;
}

function readNumbers(members: readonly (string | null)[]): string[] {
  if (members.length === 0) throw invalid('An number set  may not be empty');
  const numbers = withoutNull(members, 'An number set  may not have a null string as a member').map(
    canonicalNumber,
  );
  if (hasDuplicates(numbers)) throw validationError('Input collection contains duplicates');
  return numbers;
}

function readBinaries(members: readonly (string | null)[]): string[] {
  if (members.length === 0) throw invalid('Binary sets should not be empty');
  const binaries = withoutNull(members, 'Binary sets may not contain null values');
  if (hasDuplicates(binaries)) {
    throw invalid(`Input collection [${binaries.join(', ')}]of type BS contains duplicates.`);
  }
  return binaries;
}

function withoutNull(members: readonly (string | null)[], complaint: string): string[] {
  return members.map((member) => {
    if (member === null) throw invalid(complaint);
    return member;
  });
}

const hasDuplicates = (members: readonly string[]): boolean => new Set(members).size !== members.length;
