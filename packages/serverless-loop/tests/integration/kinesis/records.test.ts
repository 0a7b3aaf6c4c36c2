import { createHash } from 'node:crypto';
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  type KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { kinesisClient, refusalOf } from './running-kinesis.ts';

let loop: RunningLoop;
let kinesis: KinesisClient;
const ShardId = 'shardId-000000000000';

beforeAll(async () => {
  const folder = projectFolder(
    { 'template.yaml': 'Resources: { Box: { Type: AWS::Kinesis::Stream } }' },
    afterAll,
  );
  loop = await startLoop({ template: `${folder}/template.yaml`, clock: { day: 'manual' } });
  kinesis = kinesisClient(loop);
  return async () => {
    kinesis.destroy();
    await loop.stop();
  };
});

async function newStream(StreamName: string, ShardCount = 1) {
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
  return StreamName;
}

const put = (StreamName: string, data: string, PartitionKey = 'key', more: object = {}) =>
  kinesis.send(new PutRecordCommand({ StreamName, Data: Buffer.from(data), PartitionKey, ...more }));

async function iterator(StreamName: string, more: Partial<GetShardIteratorCommandInput>) {
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON', ...more }),
  );
  return ShardIterator;
}

async function read(StreamName: string, more: Partial<GetShardIteratorCommandInput> = {}) {
  const ShardIterator = await iterator(StreamName, more);
  const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  return Records.map(({ Data = new Uint8Array() }) => Buffer.from(Data).toString());
}

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
test('records come back in their order, with what they were put with', async () => {
  const StreamName = await newStream('order');
  const first = await put(StreamName, 'one');
  expect(first).toMatchObject({ ShardId, SequenceNumber: expect.stringMatching(/^49\d{54}$/) });
  await kinesis.send(
    new PutRecordsCommand({
      StreamName,
      Records: ['two', 'three'].map((data) => ({ Data: Buffer.from(data), PartitionKey: data })),
    }),
  );
  const ShardIterator = await iterator(StreamName, {});
  const got = await kinesis.send(new GetRecordsCommand({ ShardIterator, Limit: 2 }));
  expect(got.Records).toMatchObject([
    {
      SequenceNumber: first.SequenceNumber,
      PartitionKey: 'key',
      ApproximateArrivalTimestamp: expect.any(Date),
    },
    { PartitionKey: 'two' },
  ]);
  const rest = await kinesis.send(new GetRecordsCommand({ ShardIterator: got.NextShardIterator }));
  expect(rest.Records?.map(({ PartitionKey }) => PartitionKey)).toEqual(['three']);
  expect(rest.MillisBehindLatest).toBe(0);
  expect(rest.NextShardIterator).toBeDefined();
});

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html, ShardIteratorType
test('an iterator begins where its type says', async () => {
  const StreamName = await newStream('iterators');
  const { SequenceNumber: one = '' } = await put(StreamName, 'one');
  await loop.clock.advance(60_000);
  const Timestamp = new Date(loop.clock.now());
  await put(StreamName, 'two');
  const latest = await iterator(StreamName, { ShardIteratorType: 'LATEST' });
  await put(StreamName, 'three');
  const at = { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: one } as const;
  const after = { ...at, ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' } as const;
  expect(await read(StreamName, at)).toEqual(['one', 'two', 'three']);
  expect(await read(StreamName, after)).toEqual(['two', 'three']);
  expect(await read(StreamName, { ShardIteratorType: 'AT_TIMESTAMP', Timestamp })).toEqual(['two', 'three']);
  const { Records } = await kinesis.send(new GetRecordsCommand({ ShardIterator: latest }));
  expect(Records).toHaveLength(1);
  expect(await refusalOf(iterator(StreamName, { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' }))).toBe(
    'InvalidArgumentException: Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified AFTER_SEQUENCE_NUMBER and no StartingSequenceNumber.',
  );
  expect(await refusalOf(iterator(StreamName, { ShardId: 'shardId-000000000009' }))).toBe(
    'ResourceNotFoundException: Shard shardId-000000000009 in stream iterators under account 000000000000 does not exist',
  );
});

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html: "An MD5 hash function is used to map partition keys to 128-bit integer values", ExplicitHashKey
test('a record goes to the shard that has the MD5 of its key, or the key that it says', async () => {
  const StreamName = await newStream('hashes', 2);
  const shardOf = (hash: bigint) => (hash < 2n ** 127n ? ShardId : 'shardId-000000000001');
  for (const key of ['a', 'b', 'c', 'd', 'e']) {
    const hash = BigInt(`0x${createHash('md5').update(key).digest('hex')}`);
    expect((await put(StreamName, 'x', key)).ShardId, key).toBe(shardOf(hash));
  }
  expect(await put(StreamName, 'x', 'a', { ExplicitHashKey: '0' })).toMatchObject({ ShardId });
  const tooLarge = String(2n ** 128n);
  expect(await refusalOf(put(StreamName, 'x', 'a', { ExplicitHashKey: tooLarge }))).toBe(
    `InvalidArgumentException: Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${tooLarge}`,
  );
});

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html, ChildShards and NextShardIterator
test('a closed shard ends with its children in place of an iterator', async () => {
  const StreamName = await newStream('closed');
  await put(StreamName, 'last');
  await kinesis.send(
    new SplitShardCommand({ StreamName, ShardToSplit: ShardId, NewStartingHashKey: String(2n ** 127n) }),
  );
  const got = await kinesis.send(new GetRecordsCommand({ ShardIterator: await iterator(StreamName, {}) }));
  expect(got.Records).toHaveLength(1);
  expect(got.NextShardIterator).toBeUndefined();
  expect(got.ChildShards?.map(({ ParentShards }) => ParentShards)).toEqual([[ShardId], [ShardId]]);
});

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html: "A shard iterator expires 5 minutes after it is returned"
test('an iterator can be used for five minutes, a record read for as long as it is kept', async () => {
  const StreamName = await newStream('ages');
  await put(StreamName, 'short');
  const ShardIterator = await iterator(StreamName, {});
  await loop.clock.advance(301_000);
  expect(await refusalOf(kinesis.send(new GetRecordsCommand({ ShardIterator })))).toMatch(
    /^ExpiredIteratorException: Iterator expired\. The iterator was created at time \w{3} \w{3} \d\d [\d:]{8} UTC \d{4} while right now it is .* tolerated delay of 300000 milliseconds\.$/,
  );
  expect(await read(StreamName)).toEqual(['short']);
  await loop.clock.advance(86_400_000);
  expect(await read(StreamName)).toEqual([]);
  expect(
    await refusalOf(
      kinesis.send(new GetRecordsCommand({ ShardIterator: Buffer.from('{}').toString('base64') })),
    ),
  ).toBe('InvalidArgumentException: Invalid ShardIterator.');
});

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html: "up to a limit of 10 MiB for the entire request"; a record of a stream that says nothing else has 1 MiB
test('limits of one call are its own', async () => {
  const StreamName = await newStream('limits');
  expect(await refusalOf(put(StreamName, 'x'.repeat(1_048_577)))).toMatch(
    /^ValidationException: .*length less than/,
  );
  const Records = Array.from({ length: 11 }, () => ({ Data: Buffer.alloc(1_000_000), PartitionKey: 'k' }));
  expect(await refusalOf(kinesis.send(new PutRecordsCommand({ StreamName, Records })))).toBe(
    'InvalidArgumentException: Records size exceeds 10 MB limit',
  );
});
