import { DynamoDbError, validationError } from '../dynamodb-error.ts';
import { checkAttributeName } from '../values/attribute-name.ts';
import { type Item, newItem } from '../values/attribute-value.ts';
import { readAttributeValue } from '../values/read-value.ts';
import type { ExpressionMembers } from './expression-members.ts';
import { Placeholders } from './placeholders.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html, Expression parameters */
const MAX_REFERENCE_BYTES = 255;

/** Reads ExpressionAttributeNames and ExpressionAttributeValues; refuses invalid keys, then invalid values. */
export function readPlaceholders(members: ExpressionMembers): Placeholders {
  return new Placeholders(readNames(members), readValues(members));
}

function readNames({ ExpressionAttributeNames: names }: ExpressionMembers): Readonly<Record<string, string>> {
  if (names == null) return {};
  checkKeys('ExpressionAttributeNames', Object.keys(names), /^#[0-9a-zA-Z_]+$/);
  for (const [key, name] of Object.entries(names)) {
    wrapped('ExpressionAttributeNames', key, () => checkAttributeName(name));
  }
  return names;
}

function readValues({ ExpressionAttributeValues: values }: ExpressionMembers): Item {
  const read = newItem();
  if (values == null) return read;
  checkKeys('ExpressionAttributeValues', Object.keys(values), /^:[0-9a-zA-Z_]+$/);
  for (const [key, value] of Object.entries(values)) {
    read[key] = wrapped('ExpressionAttributeValues', key, () => readAttributeValue(value));
  }
  return read;
}

function checkKeys(member: string, keys: readonly string[], valid: RegExp): void {
  if (keys.length === 0) throw validationError(`${member} must not be empty`);
  for (const key of keys) {
    if (key === '') {
      throw invalidKey(member, 'The expression attribute map contains an empty key;');
    }
    if (Buffer.byteLength(key) > MAX_REFERENCE_BYTES) {
      throw invalidKey(member, 'The expression attribute map contains a key that is too long;');
    }
    if (!valid.test(key)) throw invalidKey(member, `Syntax error; key: "${key}"`);
  }
}

const invalidKey = (member: string, message: string) =>
  validationError(`${member} contains invalid key: ${message}`);

function wrapped<T>(member: string, key: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DynamoDbError) || error.name !== 'ValidationException') throw error;
    throw validationError(`${member} contains invalid value: ${error.message} for key ${key}`);
  }
}
