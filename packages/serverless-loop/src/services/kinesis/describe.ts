import type { Written } from '../../aws/members.ts';
import type { DataStream } from './data-stream.ts';
import type { SHARD } from './shapes.ts';
import type { Shard } from './shard.ts';

type DescribedShard = Written<typeof SHARD.members>;

/** A shard as answers have it: the first two that it came from. */
export function describeShard({
  shardId,
  range,
  parentIds: [parentId, adjacentId],
  firstSequenceNumber,
  closed,
}: Shard): DescribedShard {
  return {
    ShardId: shardId,
    ...(parentId !== undefined && { ParentShardId: parentId }),
    ...(adjacentId !== undefined && { AdjacentParentShardId: adjacentId }),
    HashKeyRange: { StartingHashKey: String(range.first), EndingHashKey: String(range.last) },
    SequenceNumberRange: {
      StartingSequenceNumber: firstSequenceNumber,
      ...(closed && { EndingSequenceNumber: closed.sequenceNumber }),
    },
  };
}

/** Members of a stream that every description has (LocalStack's record, cloudformation/resources/test_kinesis.snapshot.json). */
export function describeStream({ model, createdAtMs }: DataStream) {
  return {
    StreamName: model.name,
    StreamARN: model.arn,
    StreamStatus: 'ACTIVE',
    StreamModeDetails: { StreamMode: model.mode },
    RetentionPeriodHours: model.retentionHours,
    StreamCreationTimestamp: createdAtMs,
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    EncryptionType: 'NONE',
  };
}
