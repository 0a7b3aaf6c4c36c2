import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Engine, startEngine } from '../../../../src/services/dynamodb/engine/start-engine.ts';
import { box, createBoxes, get, manualClock, place, put, runningEngine } from './running-engine.ts';

const INDEXED = {
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byNumber',
      KeySchema: [{ AttributeName: 'number', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
};

const scanned = (engine: Engine, more: Record<string, unknown> = {}) =>
  engine.operations.Scan({ TableName: 'boxes', ...more }).Count;

test('clearing leaves the tables, and no item in them, their indexes or their streams', () => {
  const { engine } = runningEngine();
  createBoxes(engine, INDEXED);
  for (const number of [1, 2, 3]) put(engine, box(number));
  engine.empty();
  expect([scanned(engine), scanned(engine, { IndexName: 'byNumber' })]).toEqual([0, 0]);
  const { Table } = engine.operations.DescribeTable({ TableName: 'boxes' });
  expect(Table).toMatchObject({ TableStatus: 'ACTIVE', ItemCount: 0, TableSizeBytes: 0 });
  const StreamArn = Object(Table).LatestStreamArn;
  const { StreamDescription } = engine.streamOperations.DescribeStream({ StreamArn });
  const { ShardIterator } = engine.streamOperations.GetShardIterator({
    StreamArn,
    ShardId: Object(StreamDescription).Shards[0].ShardId,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  expect(engine.streamOperations.GetRecords({ ShardIterator }).Records).toEqual([]);

  put(engine, box(2));
  expect([scanned(engine), scanned(engine, { IndexName: 'byNumber' })]).toEqual([1, 1]);
});

test('a transaction of before the clearing is done again when it is repeated', () => {
  const { engine } = runningEngine();
  createBoxes(engine);
  const transaction = {
    ClientRequestToken: 'once',
    TransactItems: [{ Put: { TableName: 'boxes', Item: box(1) } }],
  };
  engine.operations.TransactWriteItems(transaction);
  engine.empty();
  engine.operations.TransactWriteItems(transaction);
  expect(get(engine, box(1))).toEqual(box(1));
});

test('what was cleared does not come back with the folder', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'clear-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const first = startEngine({ clock: manualClock(), place, dataDir });
  createBoxes(first, INDEXED);
  put(first, box(1));
  first.empty();
  put(first, box(2));
  await first.stop();
  const { engine } = runningEngine(dataDir);
  expect([get(engine, box(1)), get(engine, box(2))]).toEqual([undefined, box(2)]);
});
