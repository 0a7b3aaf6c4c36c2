import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRemoteDynamoDb } from '../../../src/services/dynamodb/remote.ts';
import { dynamoDbContract } from './contract/contract.ts';
import { DIFFERENCES } from './contract/differences.ts';
import { clientFor, type StoreName, type Subject } from './contract/subject.ts';
import { place, type Running, runEmbedded, serve } from './running-dynamodb.ts';

const report = () => undefined;

describe('the embedded DynamoDB', () => {
  contractOn('embedded', () => runEmbedded());
});

describe('a DynamoDB that calls are forwarded to', () => {
  contractOn('embedded', async () => {
    const store = await runEmbedded();
    const front = await forwardTo(store.endpoint);
    return {
      endpoint: front.endpoint,
      async stop() {
        await front.stop();
        await store.stop();
      },
    };
  });
});

/** E.g. `DYNAMODB_CONTRACT_ENDPOINT=http://127.0.0.1:8000 npx vitest run tests/integration/dynamodb/contract.test.ts`. */
const endpoint = process.env.DYNAMODB_CONTRACT_ENDPOINT;

describe.skipIf(endpoint === undefined)('the DynamoDB Local of DYNAMODB_CONTRACT_ENDPOINT', () => {
  contractOn('DynamoDB Local', async () => ({ endpoint: endpoint ?? '', stop: async () => undefined }));
});

describe.skipIf(endpoint === undefined)('the same behind the loop', () => {
  contractOn('forwarded', () => forwardTo(endpoint ?? ''));
});

test('docs/local-dynamodb.md has every difference', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/local-dynamodb.md'), 'utf8');
  const rows = [...page.matchAll(/^\| ([^|]+) \|/gm)].map(([, first]) => first?.toLowerCase());
  expect(DIFFERENCES.map(({ fact }) => fact.toLowerCase()).filter((fact) => !rows.includes(fact))).toEqual(
    [],
  );
});

async function forwardTo(url: string): Promise<Running> {
  return serve(await startRemoteDynamoDb({ url, place, tables: [], report }), report);
}

function contractOn(store: StoreName, start: () => Promise<Running>): void {
  let running: Running;
  let subject: Subject;
  beforeAll(async () => {
    running = await start();
    subject = { store, endpoint: running.endpoint, client: clientFor(running.endpoint) };
  });
  afterAll(async () => {
    subject.client.destroy();
    await running.stop();
  });
  dynamoDbContract(() => subject);
}
