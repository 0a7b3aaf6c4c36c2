import { DynamoDbError, validationError } from '../dynamodb-error.ts';
import type { Place } from '../place.ts';
import type { Members } from '../requests/members.ts';

export const NAME_PATTERN = '[a-zA-Z0-9_.-]+';
const MIN_NAME_LENGTH = 3;
const MAX_NAME_LENGTH = 255;
const ARN = /^arn:([^:]+):dynamodb:([^:]*):([^:]*):table\/([^/]+)(?:\/.*)?$/;

/** The table that a call on items names, by its name or its ARN (API reference, e.g. "PutItem", TableName). */
export function readTableName(members: Members, name = 'TableName'): string {
  const text = members.input[name];
  if (typeof text === 'string' && text.startsWith('arn:')) return text;
  const tableName = members.requiredText(name, {
    pattern: NAME_PATTERN,
    minLength: 1,
    maxLength: MAX_NAME_LENGTH,
  });
  // A name with other characters is refused for those first.
  if (tableName.length < MIN_NAME_LENGTH && /^[\w.-]+$/.test(tableName)) {
    throw validationError(
      `${name} must be at least ${MIN_NAME_LENGTH} characters long and at most ${MAX_NAME_LENGTH} characters long`,
    );
  }
  return tableName;
}

/** The same of a call on tables, which has its own words and refuses names that no table may have. */
export function readNewTableName(members: Members): string {
  if (!members.has('TableName')) {
    throw validationError("The parameter 'TableName' is required but was not present in the request");
  }
  const text = members.input.TableName;
  if (typeof text === 'string' && text.startsWith('arn:')) return text;
  return members.requiredText('TableName', {
    pattern: NAME_PATTERN,
    minLength: MIN_NAME_LENGTH,
    maxLength: MAX_NAME_LENGTH,
  });
}

/** The name behind a name or an ARN. Throws ResourceNotFoundException for a table of another account or Region. */
export function localName(nameOrArn: string, place: Place): string {
  if (!nameOrArn.startsWith('arn:')) return nameOrArn;
  const [, partition, region, accountId, name] = ARN.exec(nameOrArn) ?? [];
  if (name === undefined)
    throw validationError(`Invalid TableArn: Invalid ResourceArn provided as input ${nameOrArn}`);
  if (partition !== place.partition || region !== place.region || accountId !== place.accountId) {
    throw new DynamoDbError('ResourceNotFoundException', 'Requested resource not found');
  }
  return name;
}
