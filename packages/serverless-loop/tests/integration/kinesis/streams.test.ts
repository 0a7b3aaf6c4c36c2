import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DeregisterStreamConsumerCommand,
  DescribeStreamCommand,
  DescribeStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  type KinesisClient,
  ListShardsCommand,
  ListStreamConsumersCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  MergeShardsCommand,
  RegisterStreamConsumerCommand,
  RemoveTagsFromStreamCommand,
  SplitShardCommand,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { kinesisClient, refusalOf } from './running-kinesis.ts';

const ACCOUNT = '000000000000';
const LAST = '340282366920938463463374607431768211455';
let kinesis: KinesisClient;

beforeAll(async () => {
  const folder = projectFolder(
    {
      'template.yaml': 'Resources: { Box: { Type: AWS::Kinesis::Stream, Properties: { Name: boxes } } }',
    },
    afterAll,
  );
  const loop: RunningLoop = await startLoop({ template: `${folder}/template.yaml` });
  kinesis = kinesisClient(loop);
  return async () => {
    kinesis.destroy();
    await loop.stop();
  };
});

async function newStream(StreamName: string, ShardCount = 1) {
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
  return `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/${StreamName}`;
}

const idsOf = (shards: { ShardId?: string | undefined }[] = []) => shards.map(({ ShardId }) => ShardId);

test('a stream of a template is described as AWS describes it', async () => {
  const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName: 'boxes' }));
  // LocalStack's record, cloudformation/resources/test_kinesis.snapshot.json, test_stream_creation.
  expect(StreamDescription).toEqual({
    EncryptionType: 'NONE',
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    HasMoreShards: false,
    RetentionPeriodHours: 24,
    Shards: [
      {
        HashKeyRange: { StartingHashKey: '0', EndingHashKey: LAST },
        SequenceNumberRange: { StartingSequenceNumber: expect.stringMatching(/^49\d{54}$/) },
        ShardId: 'shardId-000000000000',
      },
    ],
    StreamARN: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/boxes`,
    StreamCreationTimestamp: expect.any(Date),
    StreamModeDetails: { StreamMode: 'PROVISIONED' },
    StreamName: 'boxes',
    StreamStatus: 'ACTIVE',
  });
});

test('streams are made, listed in pages and deleted', async () => {
  await newStream('pages-1', 2);
  await newStream('pages-2');
  const first = await kinesis.send(new ListStreamsCommand({ ExclusiveStartStreamName: 'pages', Limit: 1 }));
  expect(first).toMatchObject({ StreamNames: ['pages-1'], HasMoreStreams: true });
  const { StreamDescriptionSummary } = await kinesis.send(
    new DescribeStreamSummaryCommand({ StreamName: 'pages-1' }),
  );
  expect(StreamDescriptionSummary).toMatchObject({ OpenShardCount: 2, ConsumerCount: 0 });
  await kinesis.send(new DeleteStreamCommand({ StreamName: 'pages-1' }));
  // LocalStack's record, test_kinesis.snapshot.json, test_cbor_exceptions.
  expect(await refusalOf(kinesis.send(new DescribeStreamCommand({ StreamName: 'pages-1' })))).toBe(
    `ResourceNotFoundException: Stream pages-1 under account ${ACCOUNT} not found.`,
  );
  expect(await refusalOf(newStream('pages-2'))).toBe(
    `ResourceInUseException: Stream pages-2 under account ${ACCOUNT} already exists.`,
  );
});

test('a stream without a number of shards has four, on demand', async () => {
  await kinesis.send(new CreateStreamCommand({ StreamName: 'on-demand' }));
  const { Shards } = await kinesis.send(new ListShardsCommand({ StreamName: 'on-demand' }));
  // The same record, test_create_stream_without_shard_count.
  expect(Shards).toHaveLength(4);
  const target = { StreamName: 'on-demand', TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' } as const;
  // The words are moto's, tests/test_kinesis/test_kinesis.py.
  expect(await refusalOf(kinesis.send(new UpdateShardCountCommand(target)))).toContain(
    `Request is invalid. Stream on-demand under account ${ACCOUNT} is in On-Demand mode.`,
  );
});

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SplitShard.html, API_MergeShards.html and API_UpdateShardCount.html
test('shards split, merge and scale, and know where they come from', async () => {
  const StreamName = 'reshard';
  await newStream(StreamName);
  const middle = String(2n ** 127n);
  await kinesis.send(
    new SplitShardCommand({ StreamName, ShardToSplit: 'shardId-000000000000', NewStartingHashKey: middle }),
  );
  const split = await kinesis.send(new ListShardsCommand({ StreamName }));
  expect(split.Shards).toMatchObject([
    { ShardId: 'shardId-000000000000', SequenceNumberRange: { EndingSequenceNumber: expect.any(String) } },
    {
      ShardId: 'shardId-000000000001',
      ParentShardId: 'shardId-000000000000',
      HashKeyRange: { StartingHashKey: '0', EndingHashKey: String(2n ** 127n - 1n) },
    },
    {
      ShardId: 'shardId-000000000002',
      ParentShardId: 'shardId-000000000000',
      HashKeyRange: { StartingHashKey: middle, EndingHashKey: LAST },
    },
  ]);
  await kinesis.send(
    new MergeShardsCommand({
      StreamName,
      ShardToMerge: 'shardId-000000000001',
      AdjacentShardToMerge: 'shardId-000000000002',
    }),
  );
  const open = await kinesis.send(new ListShardsCommand({ StreamName, ShardFilter: { Type: 'AT_LATEST' } }));
  expect(open.Shards).toMatchObject([
    {
      ShardId: 'shardId-000000000003',
      ParentShardId: 'shardId-000000000001',
      AdjacentParentShardId: 'shardId-000000000002',
    },
  ]);
  const scaled = await kinesis.send(
    new UpdateShardCountCommand({ StreamName, TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' }),
  );
  expect(scaled).toMatchObject({ CurrentShardCount: 1, TargetShardCount: 2 });
  expect(
    await refusalOf(
      kinesis.send(
        new MergeShardsCommand({
          StreamName,
          ShardToMerge: 'shardId-000000000000',
          AdjacentShardToMerge: 'shardId-000000000004',
        }),
      ),
    ),
  ).toContain('InvalidArgumentException: Shard shardId-000000000000 in stream reshard');
  const first = await kinesis.send(new ListShardsCommand({ StreamName, MaxResults: 4 }));
  const second = await kinesis.send(new ListShardsCommand({ NextToken: first.NextToken }));
  expect(idsOf(second.Shards)).toEqual(['shardId-000000000004', 'shardId-000000000005']);
});

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html, and API_DecreaseStreamRetentionPeriod.html
test('a retention period grows and shrinks by its own operations only', async () => {
  const StreamName = 'retention';
  await newStream(StreamName);
  const increase = (RetentionPeriodHours: number) =>
    kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours }));
  const decrease = (RetentionPeriodHours: number) =>
    kinesis.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours }));
  await increase(30);
  expect(await refusalOf(increase(25))).toBe(
    'InvalidArgumentException: Requested retention period (25 hours) for stream retention can not be shorter than existing retention period (30 hours). Use DecreaseRetentionPeriod API.',
  );
  expect(await refusalOf(increase(9_999))).toBe(
    'InvalidArgumentException: Maximum allowed retention period is 8760 hours. Requested retention period (9999 hours) is too long.',
  );
  expect(await refusalOf(decrease(40))).toBe(
    'InvalidArgumentException: Requested retention period (40 hours) for stream retention can not be longer than existing retention period (30 hours). Use IncreaseRetentionPeriod API.',
  );
  await decrease(24);
  const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName }));
  expect(StreamDescription?.RetentionPeriodHours).toBe(24);
});

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_AddTagsToStream.html
test('tags are added, listed and removed', async () => {
  const StreamName = 'tags';
  await newStream(StreamName);
  await kinesis.send(new AddTagsToStreamCommand({ StreamName, Tags: { a: '1', b: '2' } }));
  await kinesis.send(new RemoveTagsFromStreamCommand({ StreamName, TagKeys: ['a'] }));
  const { Tags, HasMoreTags } = await kinesis.send(new ListTagsForStreamCommand({ StreamName }));
  expect([Tags, HasMoreTags]).toEqual([[{ Key: 'b', Value: '2' }], false]);
});

test('a consumer is registered, described, listed and removed', async () => {
  const StreamARN = await newStream('consumed');
  const { Consumer } = await kinesis.send(
    new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: 'reader' }),
  );
  // LocalStack's record, test_kinesis.snapshot.json, test_stream_consumers.
  expect(Consumer).toEqual({
    ConsumerName: 'reader',
    ConsumerARN: expect.stringMatching(new RegExp(`^${StreamARN}/consumer/reader:\\d+$`)),
    ConsumerStatus: 'ACTIVE',
    ConsumerCreationTimestamp: expect.any(Date),
  });
  const { Consumers } = await kinesis.send(new ListStreamConsumersCommand({ StreamARN }));
  expect(Consumers).toEqual([Consumer]);
  const described = await kinesis.send(
    new DescribeStreamConsumerCommand({ ConsumerARN: Consumer?.ConsumerARN }),
  );
  expect(described.ConsumerDescription).toMatchObject({ StreamARN, ConsumerName: 'reader' });
  expect(await refusalOf(kinesis.send(new DeleteStreamCommand({ StreamARN })))).toContain(
    'ResourceInUseException',
  );
  await kinesis.send(new DeregisterStreamConsumerCommand({ StreamARN, ConsumerName: 'reader' }));
  expect(
    await refusalOf(kinesis.send(new DescribeStreamConsumerCommand({ StreamARN, ConsumerName: 'reader' }))),
  ).toBe(`ResourceNotFoundException: Consumer reader, account ${ACCOUNT} not found.`);
});

test('what breaks the model is refused in the framework’s words', async () => {
  expect(await refusalOf(newStream('no such name'))).toBe(
    "ValidationException: 1 validation error detected: Value 'no such name' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
  );
});
