import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { BenchError } from '../bench-error.ts';
import type { FigureOptions } from '../figure.ts';
import { ROOT } from './project.ts';

/** The reference of the figures is no package of the project: the first bench that wants it installs it here. */
const VERSION = '4.0.0';
const FOLDER = path.join(ROOT, 'node_modules/.cache', `dynalite-${VERSION}`);

export class DynaliteError extends BenchError {
  override readonly name = 'DynaliteError';
}

/** Starts dynalite alone in a process of its own, with one table, and gives its endpoint. */
export async function startDynalite(
  table: { tableName: string; keyName: string },
  { atEnd }: Pick<FigureOptions, 'atEnd'>,
): Promise<string> {
  await installDynalite();
  const child = fork(path.join(import.meta.dirname, 'dynalite-server.mjs'), [FOLDER]);
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

async function installDynalite(): Promise<void> {
  if (existsSync(path.join(FOLDER, 'node_modules/dynalite'))) return;
  mkdirSync(FOLDER, { recursive: true });
  const args = ['install', '--prefix', FOLDER, '--no-save', '--no-audit', '--no-fund', `dynalite@${VERSION}`];
  await promisify(execFile)('npm', args).catch((error) => {
    throw new DynaliteError(`dynalite could not be installed: ${error.message}`, { cause: error });
  });
}

/** Creates a table with keys of text, or with a number to sort by, and waits for it. */
export async function createTable(
  endpoint: string,
  { tableName, keyName, sortKeyName }: { tableName: string; keyName: string; sortKeyName?: string },
): Promise<void> {
  const sortKey = sortKeyName === undefined ? [] : [{ AttributeName: sortKeyName }];
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: keyName, AttributeType: 'S' },
        ...sortKey.map((key) => ({ ...key, AttributeType: 'N' as const })),
      ],
      KeySchema: [
        { AttributeName: keyName, KeyType: 'HASH' },
        ...sortKey.map((key) => ({ ...key, KeyType: 'RANGE' as const })),
      ],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1 }, { TableName: tableName });
  client.destroy();
}
