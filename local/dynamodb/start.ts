import type { DynamoDb } from './dynamodb.ts';
import { type EmbeddedOptions, startEmbeddedDynamoDb } from './embedded.ts';
import { startRemoteDynamoDb } from './remote.ts';

/** The embedded store, or with a `url` the DynamoDB Local that listens there. */
export function startDynamoDb({ url, ...options }: EmbeddedOptions & { url?: string }): Promise<DynamoDb> {
  return url === undefined ? startEmbeddedDynamoDb(options) : startRemoteDynamoDb({ url, ...options });
}
