import { afterAll, beforeAll, describe } from 'vitest';
import { startRemoteDynamoDb } from '../../../local/dynamodb/remote.ts';
import { dynamoDbContract } from './contract/contract.ts';
import { clientFor, type Subject } from './contract/subject.ts';
import { place, type Running, runEmbedded, serve } from './running-dynamodb.ts';

const report = () => undefined;

describe('the embedded DynamoDB', () => {
  contractOn(() => runEmbedded());
});

describe('a DynamoDB that calls are forwarded to', () => {
  contractOn(async () => {
    const store = await runEmbedded();
    const front = await serve(
      await startRemoteDynamoDb({ url: store.endpoint, place, tables: [], report }),
      report,
    );
    return {
      endpoint: front.endpoint,
      async stop() {
        await front.stop();
        await store.stop();
      },
    };
  });
});

/** E.g. DynamoDB Local: `DYNAMODB_CONTRACT_ENDPOINT=http://127.0.0.1:8000 vitest run tests/integration/dynamodb`. */
const endpoint = process.env.DYNAMODB_CONTRACT_ENDPOINT;

describe.skipIf(endpoint === undefined)('the DynamoDB of DYNAMODB_CONTRACT_ENDPOINT', () => {
  contractOn(async () => ({ endpoint: endpoint ?? '', stop: async () => undefined }));
});

function contractOn(start: () => Promise<Running>): void {
  let running: Running;
  let subject: Subject;
  beforeAll(async () => {
    running = await start();
    subject = { client: clientFor(running.endpoint) };
  });
  afterAll(async () => {
    subject.client.destroy();
    await running.stop();
  });
  dynamoDbContract(() => subject);
}
