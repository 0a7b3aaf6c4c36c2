import type { DynamoDb } from './dynamodb.ts';
import type { EmbeddedOptions } from './embedded.ts';

/** The embedded store, or with a `url` the DynamoDB Local that listens there. Only the one is loaded. */
export async function startDynamoDb({
  url,
  ...options
}: EmbeddedOptions & { url?: string; signal?: AbortSignal }): Promise<DynamoDb> {
  if (url === undefined) {
    const { startEmbeddedDynamoDb } = await import('./embedded.ts');
    return startEmbeddedDynamoDb(options);
  }
  const { startRemoteDynamoDb } = await import('./remote.ts');
  return startRemoteDynamoDb({ url, ...options });
}
