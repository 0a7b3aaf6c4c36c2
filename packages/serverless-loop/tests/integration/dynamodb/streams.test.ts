import { DeleteItemCommand, PutItemCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRemoteDynamoDb } from '../../../src/services/dynamodb/remote.ts';
import { clientFor, createTable } from './contract/subject.ts';
import { place, type Running, runEmbedded, serve } from './running-dynamodb.ts';

const report = () => undefined;
const item = { depot: { S: 'A' }, number: { N: '1' } };

/** Calls DynamoDB Streams as its SDK does: another target at the same endpoint. */
async function ask(endpoint: string, operation: string, input: object) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': `DynamoDBStreams_20120810.${operation}`,
      'X-Amz-Date': '20260101T000000Z',
      Authorization: `AWS4-HMAC-SHA256 Credential=streams/20260101/${place.region}/dynamodb/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${'0'.repeat(64)}`,
    },
    body: JSON.stringify(input),
  });
  return { status: response.status, answer: JSON.parse(await response.text()) };
}

describe('the embedded store', () => streamsOn(() => runEmbedded()));

describe('a DynamoDB that calls are forwarded to', () =>
  streamsOn(async () => {
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
  }));

function streamsOn(start: () => Promise<Running>): void {
  let running: Running;
  beforeAll(async () => {
    running = await start();
  });
  afterAll(() => running.stop());

  test('tells each change of an item, in order, from ListStreams to GetRecords', async () => {
    const { endpoint } = running;
    const client = clientFor(endpoint);
    const TableName = await createTable(
      { store: 'embedded', endpoint, client },
      { depot: 'S', number: 'N' },
      { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } },
    );
    await client.send(new PutItemCommand({ TableName, Item: item }));
    await client.send(new PutItemCommand({ TableName, Item: { ...item, weight: { N: '2' } } }));
    await client.send(new DeleteItemCommand({ TableName, Key: item }));

    const { answer: listed } = await ask(endpoint, 'ListStreams', { TableName });
    expect(listed.Streams).toMatchObject([{ TableName, StreamArn: expect.stringContaining('/stream/') }]);
    const [{ StreamArn }] = listed.Streams;
    const { answer: described } = await ask(endpoint, 'DescribeStream', { StreamArn });
    expect(described.StreamDescription).toMatchObject({
      StreamStatus: 'ENABLED',
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    });
    const [{ ShardId }] = described.StreamDescription.Shards;
    const { answer: iterator } = await ask(endpoint, 'GetShardIterator', {
      StreamArn,
      ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    const { answer: records } = await ask(endpoint, 'GetRecords', iterator);
    expect(records.Records).toMatchObject([
      { eventName: 'INSERT', eventSource: 'aws:dynamodb', dynamodb: { Keys: item, NewImage: item } },
      { eventName: 'MODIFY', dynamodb: { OldImage: item, NewImage: { weight: { N: '2' } } } },
      { eventName: 'REMOVE', dynamodb: { OldImage: { weight: { N: '2' } } } },
    ]);
    expect(records.NextShardIterator).toEqual(expect.any(String));

    await client.send(new UpdateTableCommand({ TableName, StreamSpecification: { StreamEnabled: false } }));
    const { answer: ended } = await ask(endpoint, 'DescribeStream', { StreamArn });
    expect(ended.StreamDescription.StreamStatus).toBe('DISABLED');
    client.destroy();
  });

  test('a stream that is not there is refused', async () => {
    const StreamArn = `arn:aws:dynamodb:${place.region}:${place.accountId}:table/none/stream/2026-01-01T00:00:00.000`;
    const { status, answer } = await ask(running.endpoint, 'DescribeStream', { StreamArn });
    expect(status).toBe(400);
    expect(answer.__type).toMatch(/#ResourceNotFoundException$/);
  });
}
