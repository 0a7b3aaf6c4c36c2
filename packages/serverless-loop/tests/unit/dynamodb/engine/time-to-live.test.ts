import { expect, test } from 'vitest';
import { box, createBoxes, get, put, runningEngine } from './running-engine.ts';

const TableName = 'boxes';
const MINUTE_MS = 60_000;

function tableThatExpires() {
  const { engine, clock } = runningEngine();
  createBoxes(engine, { StreamSpecification: { StreamEnabled: true, StreamViewType: 'OLD_IMAGE' } });
  engine.operations.UpdateTimeToLive({
    TableName,
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
  });
  const inMinutes = (minutes: number) => ({ N: String(clock.now() / 1000 + minutes * 60) });
  return { engine, clock, inMinutes };
}

test('an item is there until its time, and gone within a minute of it', () => {
  const { engine, clock, inMinutes } = tableThatExpires();
  put(engine, box(1, { expires: inMinutes(10) }));
  put(engine, box(2, { expires: inMinutes(60) }));
  clock.advance(10 * MINUTE_MS - 1);
  expect(get(engine, box(1))).toBeDefined();
  clock.advance(MINUTE_MS);
  expect(get(engine, box(1))).toBeUndefined();
  expect(get(engine, box(2))).toBeDefined();
});

test('a time that is put off or taken away holds', () => {
  const { engine, clock, inMinutes } = tableThatExpires();
  put(engine, box(1, { expires: inMinutes(1) }));
  put(engine, box(1, { expires: inMinutes(100) }));
  put(engine, box(2, { expires: inMinutes(1) }));
  put(engine, box(2));
  clock.advance(10 * MINUTE_MS);
  expect(get(engine, box(1))).toBeDefined();
  expect(get(engine, box(2))).toBeDefined();
});

// DynamoDB guide, "How it works: DynamoDB Time to Live (TTL)": a Number, and not more than five years ago.
test('what is no number is no time, and what was over five years ago is kept', () => {
  const { engine, clock, inMinutes } = tableThatExpires();
  put(engine, box(1, { expires: { S: inMinutes(-1).N } }));
  put(engine, box(2, { expires: inMinutes(-5 * 366 * 24 * 60) }));
  put(engine, box(3, { expires: inMinutes(-4 * 365 * 24 * 60) }));
  clock.advance(MINUTE_MS);
  expect(get(engine, box(1))).toBeDefined();
  expect(get(engine, box(2))).toBeDefined();
  expect(get(engine, box(3))).toBeUndefined();
});

test('the stream says who deleted it', () => {
  const { engine, clock, inMinutes } = tableThatExpires();
  put(engine, box(1, { expires: inMinutes(1) }));
  clock.advance(2 * MINUTE_MS);
  const StreamArn = engine.findTable(TableName)?.settings.stream?.arn;
  const description: { Shards?: { ShardId: string }[] } =
    engine.streamOperations.DescribeStream({ StreamArn }).StreamDescription ?? {};
  const ShardId = description.Shards?.[0]?.ShardId;
  const from = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
  const { ShardIterator } = engine.streamOperations.GetShardIterator(from);
  expect(engine.streamOperations.GetRecords({ ShardIterator }).Records).toMatchObject([
    { eventName: 'INSERT' },
    { eventName: 'REMOVE', userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' } },
  ]);
});

test('once it is switched off nothing expires', () => {
  const { engine, clock, inMinutes } = tableThatExpires();
  put(engine, box(1, { expires: inMinutes(1) }));
  engine.operations.UpdateTimeToLive({
    TableName,
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: false },
  });
  clock.advance(10 * MINUTE_MS);
  expect(get(engine, box(1))).toBeDefined();
});
