import type { DynamoDb } from './dynamodb.ts';
import type { EmbeddedOptions } from './embedded.ts';

/** DynamoDB, whose store is loaded at the first wish for it: what calls it can be started meanwhile, and ends before it. */
export interface StartedDynamoDb {
  /** Resolves when its tables are there. Rejects as the start of the store does. */
  ready(): Promise<DynamoDb>;
  stop(): Promise<void>;
}

/** The embedded store, or with a `url` the DynamoDB Local that listens there. Only the one is loaded. */
export function startDynamoDb(
  options: EmbeddedOptions & { url?: string; signal?: AbortSignal },
): StartedDynamoDb {
  let loading: Promise<DynamoDb> | undefined;
  return {
    ready() {
      loading ??= load(options);
      return loading;
    },
    async stop() {
      const loaded = await loading?.catch(() => undefined);
      await loaded?.stop();
    },
  };
}

async function load({
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
