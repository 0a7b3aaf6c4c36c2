import { type ServiceContract, TextBytes, textIn } from '../contract.ts';

const ARN = 'arn:aws:kinesis:eu-west-1:000000000000:stream/';

export const KINESIS_CONTRACT: ServiceContract = {
  title: 'Kinesis',
  service: 'kinesis',
  async good(go, other) {
    const StreamName = 'contract';
    const StreamARN = `${ARN}contract`;
    const made = async () => {
      const isActive = async () =>
        textIn(
          await other('kinesis', 'DescribeStreamSummary', { StreamName }),
          'StreamDescriptionSummary',
          'StreamStatus',
        ) === 'ACTIVE';
      while (!(await isActive())) await new Promise((resolve) => setTimeout(resolve, 2));
    };
    await go('CreateStream', { StreamName, ShardCount: 2 });
    await go('CreateStream', { StreamName: 'contract-other', ShardCount: 1 });
    await made();
    await go('DescribeLimits');
    await go('ListStreams');
    await go('DescribeStream', { StreamName });
    await go('DescribeStreamSummary', { StreamName });
    await go('AddTagsToStream', { StreamName, Tags: { a: 'b', c: 'd' } });
    await go('ListTagsForStream', { StreamName });
    await go('RemoveTagsFromStream', { StreamName, TagKeys: ['a'] });
    await go('TagResource', { ResourceARN: StreamARN, Tags: { a: 'b' } });
    await go('ListTagsForResource', { ResourceARN: StreamARN });
    await go('UntagResource', { ResourceARN: StreamARN, TagKeys: ['a'] });
    await go('IncreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours: 48 });
    await go('DecreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours: 24 });
    await made();
    const record = { Data: new TextBytes('one'), PartitionKey: 'a' };
    const { ShardId } = await go('PutRecord', { StreamName, ...record });
    await go('PutRecords', { StreamName, Records: [record] });
    const from = { StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
    await go('GetRecords', await go('GetShardIterator', from));
    await go('ListShards', { StreamName });
    const consumer = { StreamARN, ConsumerName: 'one' };
    await go('RegisterStreamConsumer', consumer);
    await go('RegisterStreamConsumer', { StreamARN, ConsumerName: 'two' });
    await go('ListStreamConsumers', { StreamARN });
    await go('DescribeStreamConsumer', consumer);
    await go('DeregisterStreamConsumer', consumer);
    await go('UpdateShardCount', { StreamName, TargetShardCount: 1, ScalingType: 'UNIFORM_SCALING' });
    await made();
    const { Shards } = await other('kinesis', 'ListShards', { StreamName });
    const open = Object(Shards).findLast(() => true);
    const half = (BigInt(textIn(open, 'HashKeyRange', 'EndingHashKey')) / 2n).toString();
    await go('SplitShard', {
      StreamName,
      ShardToSplit: textIn(open, 'ShardId'),
      NewStartingHashKey: half,
    });
    await made();
    const { Shards: split } = await other('kinesis', 'ListShards', { StreamName });
    const [one, two] = Object(split)
      .slice(-2)
      .map((shard: unknown) => textIn(shard, 'ShardId'));
    await go('MergeShards', { StreamName, ShardToMerge: one, AdjacentShardToMerge: two });
    await made();
    await go('UpdateStreamMode', { StreamARN, StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
    await go('DeleteStream', { StreamName, EnforceConsumerDeletion: true });
  },
  nowhere: { StreamName: 'nowhere', StreamARN: `${ARN}nowhere`, ResourceARN: `${ARN}nowhere` },
  missing: 'ResourceNotFoundException',
  // A token stands for the name, too: one beside the other is refused (Kinesis reference, "ListShards").
  unpaged: ['ListShards'],
  neverRefused: ['DescribeLimits'],
  refused: [
    ['CreateStream', { StreamName: 'contract-other', ShardCount: 1 }, 'ResourceInUseException'],
    ['ListStreams', { Limit: 0 }, 'ValidationException'],
    ['GetRecords', { ShardIterator: 'foreign' }, 'InvalidArgumentException'],
  ],
};
