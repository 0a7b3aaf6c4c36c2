import { createHash } from 'node:crypto';
import { validationError } from '../dynamodb-error.ts';
import type { AttributeValue, Item } from '../values/attribute-value.ts';
import { readItem } from '../values/read-value.ts';

/**
 * A token belongs to the text and parameters of its statement (hectorvent/floci,
 * DynamoDbAccessPathIntegrationTest.java, recorded on AWS): another statement's is refused.
 */
export function nextToken(text: string, parameters: readonly AttributeValue[], after: unknown): string {
  return Buffer.from(JSON.stringify({ of: digest(text, parameters), after })).toString('base64');
}

/** The key after which the next page begins. */
export function readNextToken(token: string, text: string, parameters: readonly AttributeValue[]): Item {
  const { of, after } = readToken(token);
  if (of !== digest(text, parameters)) throw validationError('NextToken does not match request');
  return readItem(after);
}

function readToken(token: string): { of?: unknown; after?: unknown } {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, 'base64').toString());
    if (typeof read === 'object' && read !== null) return read;
  } catch {
    // It is no token of ours.
  }
  throw validationError('Invalid NextToken');
}

function digest(text: string, parameters: readonly AttributeValue[]): string {
  return createHash('sha256')
    .update(JSON.stringify([text, parameters]))
    .digest('base64');
}
