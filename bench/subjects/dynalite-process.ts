import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { BenchError } from '../bench-error.ts';
import type { FigureOptions } from '../figure.ts';

export class DynaliteError extends BenchError {
  override readonly name = 'DynaliteError';
}

/** Starts dynalite alone in a process of its own, with one table, and gives its endpoint. */
export async function startDynalite(
  table: { tableName: string; keyName: string },
  { atEnd }: Pick<FigureOptions, 'atEnd'>,
): Promise<string> {
  const child = fork(path.join(import.meta.dirname, 'dynalite-server.mjs'));
  const gone = once(child, 'exit');
  atEnd(async () => {
    if (child.connected) child.disconnect();
    await gone;
  });
  const failed = gone.then(([status]) => {
    throw new DynaliteError(`dynalite ended with ${status} before it listened`);
  });
  const [port] = await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => {});
  const endpoint = `http://127.0.0.1:${port}`;
  await createTable(endpoint, table);
  return endpoint;
}

async function createTable(
  endpoint: string,
  { tableName, keyName }: { tableName: string; keyName: string },
): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: keyName, AttributeType: 'S' }],
      KeySchema: [{ AttributeName: keyName, KeyType: 'HASH' }],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1 }, { TableName: tableName });
  client.destroy();
}
