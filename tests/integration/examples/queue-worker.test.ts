import path from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type RunningLoop, startLoop } from 'serverless-loop';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

const FOLDER = path.resolve('examples/queue-worker');

let loop: RunningLoop;
beforeAll(async () => {
  loop = await startLoop({ template: path.join(FOLDER, 'template.yaml'), clock: 'manual' });
});
beforeEach(() => loop.reset());
afterAll(() => loop.stop());

function options() {
  const { endpoint, region } = loop;
  return { endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}

async function send(...bodies: unknown[]): Promise<void> {
  const Entries = bodies.map((body, at) => ({ Id: String(at), MessageBody: JSON.stringify(body) }));
  await new SQSClient(options()).send(
    new SendMessageBatchCommand({ QueueUrl: loop.outputs.ParcelQueueUrl, Entries }),
  );
}

async function parcels(): Promise<unknown[]> {
  const scan = new ScanCommand({ TableName: loop.outputs.ParcelsTableName });
  const { Items = [] } = await new DynamoDBClient(options()).send(scan);
  return Items.map(({ parcelId }) => parcelId?.S).sort();
}

test('of a batch with a bad message the others are stored, and it alone comes again until it waits with the failures', async () => {
  await send({ parcelId: 'a', weightGrams: 1 }, { parcelId: 'b' }, { parcelId: 'c', weightGrams: 2 });
  await loop.clock.advance(10 * 60_000);
  expect(await parcels()).toEqual(['a', 'c']);
  const received = loop.facts.soFar().flatMap((fact) => (fact.kind === 'batch.failed' ? fact : []));
  expect(received.map(({ failedCount }) => failedCount)).toEqual([1, 1, 1, 1, 1]);
  const failures = loop.facts.soFar().flatMap((fact) => (fact.kind === 'queue.sent' ? fact.queueName : []));
  expect(failures.at(-1)).toBe(loop.physicalId('FailedParcelQueue').split('/').at(-1));
});

test('a message that comes twice is one parcel', async () => {
  await send({ parcelId: 'a', weightGrams: 1 }, { parcelId: 'a', weightGrams: 1 });
  await loop.clock.advance(60_000);
  expect(await parcels()).toEqual(['a']);
  expect(loop.facts.soFar().filter(({ kind }) => kind === 'batch.failed')).toEqual([]);
});
