import { integer, oneOf, required, text } from '../../aws/members.ts';
import { type KinesisContext, onStream, operation } from './context.ts';
import type { DataStream } from './data-stream.ts';
import { invalidArgument, notFound } from './kinesis-errors.ts';
import { HASH_KEY, MODE, SHARD_ID, STREAM, STREAM_ARN, STREAM_NAME } from './shapes.ts';
import type { Shard } from './shard.ts';

/** The operations that change shards (Kinesis API reference). */
export const SHARD_OPERATIONS = {
  SplitShard: operation({
    input: { ...STREAM, ShardToSplit: required(SHARD_ID), NewStartingHashKey: required(HASH_KEY) },
    needs: onStream,
    handle({ ShardToSplit, NewStartingHashKey, ...reference }, context) {
      const stream = context.streams.of(reference);
      const shard = openShard(ShardToSplit, stream, context);
      const { first, last } = shard.range;
      const key = BigInt(NewStartingHashKey);
      // Kinesis's words as kinesalite has them in its actions/splitShard.js.
      if (key <= first + 1n || key >= last)
        throw invalidArgument(
          `NewStartingHashKey ${key} used in SplitShard() on shard ${shard.shardId} in stream ${stream.model.name} under account ${context.place.accountId} is not both greater than one plus the shard's StartingHashKey ${first} and less than the shard's EndingHashKey ${last}.`,
        );
      stream.reshard(
        [shard],
        [
          { first, last: key - 1n },
          { first: key, last },
        ],
      );
      return {};
    },
  }),

  MergeShards: operation({
    input: { ...STREAM, ShardToMerge: required(SHARD_ID), AdjacentShardToMerge: required(SHARD_ID) },
    needs: onStream,
    handle({ ShardToMerge, AdjacentShardToMerge, ...reference }, context) {
      const stream = context.streams.of(reference);
      const one = openShard(ShardToMerge, stream, context);
      const other = openShard(AdjacentShardToMerge, stream, context);
      const [lower, upper] = one.range.first < other.range.first ? [one, other] : [other, one];
      if (lower.range.last + 1n !== upper.range.first)
        throw invalidArgument(
          `Shards ${one.shardId} and ${other.shardId} in stream ${stream.model.name} under account ${context.place.accountId} are not an adjacent pair of shards eligible for merging`,
        );
      stream.reshard([one, other], [{ first: lower.range.first, last: upper.range.last }]);
      return {};
    },
  }),

  UpdateShardCount: operation({
    input: {
      ...STREAM,
      TargetShardCount: required(integer({ min: 1 })),
      ScalingType: required(oneOf(['UNIFORM_SCALING'])),
    },
    output: {
      StreamName: STREAM_NAME,
      CurrentShardCount: integer(),
      TargetShardCount: integer(),
      StreamARN: text(),
    },
    needs: onStream,
    handle({ TargetShardCount: target, ...reference }, context) {
      const stream = context.streams.of(reference);
      refuseOnDemand(stream, context);
      const { length: count } = stream.openShards();
      // "You cannot scale up to more than double … scale down below half" (Kinesis API reference, "UpdateShardCount").
      if (target > count * 2 || target * 2 < count)
        throw invalidArgument(
          `UpdateShardCount cannot scale ${target > count ? 'up over double' : 'down below half'} your current open shard count. Current open shard count: ${count} Target shard count: ${target}`,
        );
      if (target !== count) stream.scaleTo(target);
      return {
        StreamName: stream.model.name,
        CurrentShardCount: count,
        TargetShardCount: target,
        StreamARN: stream.model.arn,
      };
    },
  }),

  UpdateStreamMode: operation({
    input: { StreamARN: required(STREAM_ARN), StreamModeDetails: required(MODE) },
    needs: onStream,
    handle({ StreamARN, StreamModeDetails: { StreamMode } }, { streams }) {
      const stream = streams.of({ StreamARN });
      stream.model = { ...stream.model, mode: StreamMode };
      return {};
    },
  }),
};

function openShard(shardId: string, stream: DataStream, { place }: KinesisContext): Shard {
  const { name } = stream.model;
  const shard = stream.shard(shardId);
  if (!shard)
    throw notFound(`Could not find shard ${shardId} in stream ${name} under account ${place.accountId}.`);
  if (shard.closed)
    throw invalidArgument(
      `Shard ${shardId} in stream ${name} under account ${place.accountId} has already been merged or split, and thus is not eligible for merging or splitting.`,
    );
  return shard;
}

/** The words are moto's, tests/test_kinesis/test_kinesis.py. */
function refuseOnDemand({ model: { name, mode } }: DataStream, { place }: KinesisContext): void {
  if (mode === 'ON_DEMAND')
    throw invalidArgument(
      `Request is invalid. Stream ${name} under account ${place.accountId} is in On-Demand mode.`,
    );
}
