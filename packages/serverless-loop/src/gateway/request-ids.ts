import { randomBytes, randomUUID } from 'node:crypto';

const BASE32_HEX = '0123456789ABCDEFGHIJKLMNOPQRSTUV';
const DYNAMODB_ID_LENGTH = 52;

/** Most services name a request by a UUID in lower case. */
export const newRequestId: () => string = randomUUID;

/** DynamoDB's own form: 52 digits and capital letters. */
export function newDynamoDbRequestId(): string {
  let id = '';
  for (const byte of randomBytes(DYNAMODB_ID_LENGTH)) id += BASE32_HEX.charAt(byte & 31);
  return id;
}
