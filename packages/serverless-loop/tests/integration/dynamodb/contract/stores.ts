import process from 'node:process';
import { afterAll, beforeAll, describe } from 'vitest';
import { startRemoteDynamoDb } from '../../../../src/services/dynamodb/remote.ts';
import { place, type Running, runEmbedded, serve } from '../running-dynamodb.ts';
import { clientFor, type StoreName, type Subject } from './subject.ts';

type Contract = (subject: () => Subject) => void;

/** Declares the tests of a contract once for each store: they are about what all of them do. `forwarded` may be a part of it. */
export function onEveryStore(contract: Contract, forwarded = contract): void {
  describe('the embedded DynamoDB', () => {
    contractOn('embedded', () => runEmbedded(), contract);
  });

  describe('a DynamoDB that calls are forwarded to', () => {
    contractOn('embedded', runForwarded, forwarded);
  });

  // E.g. `DYNAMODB_CONTRACT_ENDPOINT=http://127.0.0.1:8000 npx vitest run` with the file of a contract.
  const endpoint = process.env.DYNAMODB_CONTRACT_ENDPOINT;

  describe.skipIf(endpoint === undefined)('the DynamoDB Local of DYNAMODB_CONTRACT_ENDPOINT', () => {
    contractOn(
      'DynamoDB Local',
      async () => ({ endpoint: endpoint ?? '', stop: async () => undefined }),
      contract,
    );
  });

  describe.skipIf(endpoint === undefined)('the same behind the loop', () => {
    contractOn('forwarded', () => forwardTo(endpoint ?? ''), contract);
  });
}

async function runForwarded(): Promise<Running> {
  const store = await runEmbedded();
  const front = await forwardTo(store.endpoint);
  return {
    endpoint: front.endpoint,
    async stop() {
      await front.stop();
      await store.stop();
    },
  };
}

async function forwardTo(url: string): Promise<Running> {
  const report = () => undefined;
  return serve(await startRemoteDynamoDb({ url, place, tables: [], report }), report);
}

function contractOn(store: StoreName, start: () => Promise<Running>, contract: Contract): void {
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
  contract(() => subject);
}
