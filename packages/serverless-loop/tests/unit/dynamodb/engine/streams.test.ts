import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/services/dynamodb/engine/start-engine.ts';
import { box, createBoxes, put, runningEngine } from './running-engine.ts';

const TableName = 'boxes';
const view = (StreamViewType: string) => ({ StreamSpecification: { StreamEnabled: true, StreamViewType } });

const arnOf = (engine: Engine): string => engine.findTable(TableName)?.settings.latestStream?.arn ?? '';

function iterator(engine: Engine, type: string, more: Record<string, unknown> = {}): unknown {
  const StreamArn = arnOf(engine);
  const { StreamDescription } = engine.streamOperations.DescribeStream({ StreamArn });
  const shards: { Shards?: { ShardId: string }[] } = StreamDescription ?? {};
  const ShardId = shards.Shards?.[0]?.ShardId;
  const input = { StreamArn, ShardId, ShardIteratorType: type, ...more };
  return engine.streamOperations.GetShardIterator(input).ShardIterator;
}

/** The records' names, keys and images. */
function read(engine: Engine, ShardIterator: unknown) {
  const { Records, ...rest } = engine.streamOperations.GetRecords({ ShardIterator });
  const records: { eventName: string; dynamodb: Record<string, unknown>; userIdentity?: unknown }[] =
    Array.isArray(Records) ? Records : [];
  return { records, next: rest.NextShardIterator };
}

describe.each([
  ['NEW_AND_OLD_IMAGES', true, true],
  ['NEW_IMAGE', true, false],
  ['OLD_IMAGE', false, true],
  ['KEYS_ONLY', false, false],
])('a stream of %s', (type, hasNew, hasOld) => {
  test('tells of every change in its order, and of nothing that changes nothing', () => {
    const { engine } = runningEngine();
    createBoxes(engine, view(type));
    const light = box(1, { weight: { N: '1' } });
    const heavy = box(1, { weight: { N: '2' } });
    put(engine, light);
    put(engine, heavy);
    put(engine, heavy);
    engine.operations.DeleteItem({ TableName, Key: box(1) });
    engine.operations.DeleteItem({ TableName, Key: box(1) });
    const { records } = read(engine, iterator(engine, 'TRIM_HORIZON'));
    expect(
      records.map(({ eventName, dynamodb }) => [eventName, dynamodb.NewImage, dynamodb.OldImage]),
    ).toEqual([
      ['INSERT', hasNew ? light : undefined, undefined],
      ['MODIFY', hasNew ? heavy : undefined, hasOld ? light : undefined],
      ['REMOVE', undefined, hasOld ? heavy : undefined],
    ]);
    for (const { dynamodb } of records) expect(dynamodb.Keys).toEqual(box(1));
  });
});

test('a transaction is told item by item, and one that is cancelled not at all', () => {
  const { engine } = runningEngine();
  createBoxes(engine, view('KEYS_ONLY'));
  const Put = (number: number, more = {}) => ({ Put: { TableName, Item: box(number), ...more } });
  engine.operations.TransactWriteItems({ TransactItems: [Put(1), Put(2)] });
  const fails = Put(1, { ConditionExpression: 'attribute_not_exists(depot)' });
  expect(() => engine.operations.TransactWriteItems({ TransactItems: [Put(3), fails] })).toThrow('cancelled');
  const { records } = read(engine, iterator(engine, 'TRIM_HORIZON'));
  expect(records.map(({ dynamodb }) => dynamodb.Keys)).toEqual([box(1), box(2)]);
});

test('an iterator goes on where it ended, and LATEST begins with what comes', () => {
  const { engine } = runningEngine();
  createBoxes(engine, view('KEYS_ONLY'));
  put(engine, box(1));
  const latest = iterator(engine, 'LATEST');
  const first = read(engine, iterator(engine, 'TRIM_HORIZON'));
  put(engine, box(2));
  expect(first.records).toHaveLength(1);
  expect(read(engine, first.next).records.map(({ dynamodb }) => dynamodb.Keys)).toEqual([box(2)]);
  expect(read(engine, latest).records.map(({ dynamodb }) => dynamodb.Keys)).toEqual([box(2)]);
  const SequenceNumber = first.records[0]?.dynamodb.SequenceNumber;
  expect(read(engine, iterator(engine, 'AT_SEQUENCE_NUMBER', { SequenceNumber })).records).toHaveLength(2);
  expect(read(engine, iterator(engine, 'AFTER_SEQUENCE_NUMBER', { SequenceNumber })).records).toHaveLength(1);
});

// API reference, "GetShardIterator", Timestamp (botocore 1.44.8, dynamodbstreams).
test('AT_TIMESTAMP begins with the first record of that time or later, which is not to come', () => {
  const { engine, clock } = runningEngine();
  createBoxes(engine, view('KEYS_ONLY'));
  put(engine, box(1));
  clock.advance(10_000);
  put(engine, box(2));
  const now = clock.now() / 1_000;
  const from = (Timestamp: number) =>
    read(engine, iterator(engine, 'AT_TIMESTAMP', { Timestamp })).records.map(
      ({ dynamodb }) => dynamodb.Keys,
    );
  expect(from(0)).toEqual([box(1), box(2)]);
  expect(from(Math.floor(now - 10))).toEqual([box(1), box(2)]);
  expect(from(now - 5.5)).toEqual([box(2)]);
  clock.advance(10_000);
  expect(from(now + 5)).toEqual([]);
  const later = iterator(engine, 'AT_TIMESTAMP', { Timestamp: now + 5 });
  put(engine, box(3));
  expect(read(engine, later).records.map(({ dynamodb }) => dynamodb.Keys)).toEqual([box(3)]);

  expect(() => from(now + 3_600)).toThrow('future');
  expect(() => iterator(engine, 'AT_TIMESTAMP')).toThrow('Timestamp is required');
  expect(() => iterator(engine, 'LATEST', { Timestamp: now })).toThrow('Timestamp cannot be specified');
});

test('an iterator is good for 15 minutes, a record is kept for 24 hours', () => {
  const { engine, clock } = runningEngine();
  createBoxes(engine, view('KEYS_ONLY'));
  put(engine, box(1));
  const early = iterator(engine, 'TRIM_HORIZON');
  clock.advance(15 * 60_000 + 1);
  expect(() => read(engine, early)).toThrow('expired');
  expect(read(engine, iterator(engine, 'TRIM_HORIZON')).records).toHaveLength(1);
  clock.advance(24 * 3_600_000);
  expect(read(engine, iterator(engine, 'TRIM_HORIZON')).records).toEqual([]);
});

test('a stream that is switched off is read to its end, and the next one is another', () => {
  const { engine, clock } = runningEngine();
  createBoxes(engine, view('KEYS_ONLY'));
  put(engine, box(1));
  const before = iterator(engine, 'TRIM_HORIZON');
  const first = arnOf(engine);
  engine.operations.UpdateTable({ TableName, StreamSpecification: { StreamEnabled: false } });
  clock.advance(1);
  put(engine, box(2));
  expect(read(engine, before)).toMatchObject({ records: [{ eventName: 'INSERT' }], next: undefined });
  engine.operations.UpdateTable({ TableName, ...view('NEW_IMAGE') });
  clock.advance(1);
  expect(arnOf(engine)).not.toBe(first);
  put(engine, box(3));
  expect(read(engine, iterator(engine, 'TRIM_HORIZON')).records).toHaveLength(1);
});

test('who waits for records is woken by each batch, until it stops', () => {
  const { engine } = runningEngine();
  createBoxes(engine, view('KEYS_ONLY'));
  let woken = 0;
  const listening = engine.streams.onRecords(arnOf(engine), () => {
    woken += 1;
  });
  put(engine, box(1));
  const TransactItems = [2, 3].map((number) => ({ Put: { TableName, Item: box(number) } }));
  engine.operations.TransactWriteItems({ TransactItems });
  listening.stop();
  put(engine, box(4));
  expect(woken).toBe(2);
});
