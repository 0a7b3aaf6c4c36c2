import { type Place, parseArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';

/** `TableName` may be an ARN (API reference, e.g. "PutItem"); gives the input with the bare name. */
export function withTableName(input: JsonObject, place: Place): JsonObject {
  const { TableName } = input;
  if (typeof TableName !== 'string' || !TableName.startsWith('arn:')) return input;
  return { ...input, TableName: nameOf(TableName, place) };
}

function nameOf(text: string, place: Place): string {
  const arn = parseArn(text);
  const name = arn?.resource.split('/')[1];
  const isHere =
    arn?.service === 'dynamodb' && arn.region === place.region && arn.accountId === place.accountId;
  if (!isHere || !name) throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
  return name;
}
