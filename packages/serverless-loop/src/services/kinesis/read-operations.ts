import { integer, list, oneOf, required, structure, text, timestamp } from '../../aws/members.ts';
import type { StreamStart } from '../../aws/stream-port.ts';
import { type KinesisContext, onStream, operation } from './context.ts';
import type { DataStream } from './data-stream.ts';
import { invalidArgument, notFound } from './kinesis-errors.ts';
import { placeIn } from './polled-streams.ts';
import { beforeNumber } from './sequence-numbers.ts';
import { HASH_KEY_RANGE, LIMIT, RECORD, SEQUENCE_NUMBER, SHARD_ID, STREAM, STREAM_ARN } from './shapes.ts';
import { recordsAfter } from './shard.ts';
import { formatIterator, parseIterator } from './shard-iterator.ts';

/** Of one answer (Kinesis API reference, "GetRecords": "the maximum size of data that GetRecords can return is 10 MB"). */
const MAX_BYTES_GOT = 10 * 1_048_576;
const MAX_GOT = 10_000;

const ITERATOR_TYPES = [
  'AT_SEQUENCE_NUMBER',
  'AFTER_SEQUENCE_NUMBER',
  'TRIM_HORIZON',
  'LATEST',
  'AT_TIMESTAMP',
] as const;

/** The operations that read records (Kinesis API reference). */
export const READ_OPERATIONS = {
  GetShardIterator: operation({
    input: {
      ...STREAM,
      ShardId: required(SHARD_ID),
      ShardIteratorType: required(oneOf(ITERATOR_TYPES)),
      StartingSequenceNumber: SEQUENCE_NUMBER,
      Timestamp: timestamp(),
    },
    output: { ShardIterator: text() },
    needs: onStream,
    handle(input, { streams, place, clock }) {
      const stream = streams.of(input);
      const { name } = stream.model;
      const shard = stream.shard(input.ShardId);
      if (!shard)
        throw notFound(
          `Shard ${input.ShardId} in stream ${name} under account ${place.accountId} does not exist`,
        );
      const after =
        input.ShardIteratorType === 'AT_SEQUENCE_NUMBER' ||
        input.ShardIteratorType === 'AFTER_SEQUENCE_NUMBER'
          ? placeByNumber(input)
          : placeIn(stream, shard, startOf(input));
      return {
        ShardIterator: formatIterator({ name, shardId: shard.shardId, after, madeAtMs: clock.now() }),
      };
    },
  }),

  GetRecords: operation({
    input: { ShardIterator: required(text({ min: 1, max: 512 })), Limit: LIMIT, StreamARN: STREAM_ARN },
    output: {
      Records: list(RECORD),
      NextShardIterator: text(),
      MillisBehindLatest: integer(),
      ChildShards: list(
        structure({ ShardId: SHARD_ID, ParentShards: list(SHARD_ID), HashKeyRange: HASH_KEY_RANGE }),
      ),
    },
    needs: onIterated,
    handle({ ShardIterator, Limit = MAX_GOT }, { streams, place, clock }) {
      const { name, shardId, after } = parseIterator(ShardIterator, clock.now());
      const stream = streams.of({ StreamName: name });
      const shard = stream.shard(shardId);
      if (!shard)
        throw notFound(`Shard ${shardId} in stream ${name} under account ${place.accountId} does not exist`);
      const { records, isAtEnd } = recordsAfter(shard, after, {
        maximum: Limit,
        maximumBytes: MAX_BYTES_GOT,
      });
      const last = records.at(-1);
      const isOver = isAtEnd && shard.closed !== undefined;
      const next = { name, shardId, after: last?.sequenceNumber ?? after, madeAtMs: clock.now() };
      return {
        Records: records.map((record) => ({
          SequenceNumber: record.sequenceNumber,
          ApproximateArrivalTimestamp: record.arrivedAtMs,
          Data: record.data,
          PartitionKey: record.partitionKey,
        })),
        ...(isOver
          ? { ChildShards: childrenOf(shardId, stream) }
          : { NextShardIterator: formatIterator(next) }),
        MillisBehindLatest: isAtEnd || !last ? 0 : Math.max(0, Math.floor(clock.now() - last.arrivedAtMs)),
      };
    },
  }),
};

/** IAM judges it by the stream of the iterator. */
function onIterated(
  { ShardIterator = '', StreamARN }: { ShardIterator?: string; StreamARN?: string },
  context: KinesisContext,
): string[] {
  if (StreamARN !== undefined) return onStream({ StreamARN }, context);
  try {
    const { name } = parseIterator(ShardIterator, 0);
    return onStream({ StreamName: name }, context);
  } catch {
    return ['*'];
  }
}

interface Asked {
  ShardIteratorType: (typeof ITERATOR_TYPES)[number];
  StartingSequenceNumber?: string;
  Timestamp?: number;
}

/** Kinesis's words as kinesalite, which was tested against AWS, has them in its actions/getShardIterator.js. */
function placeByNumber({ ShardIteratorType: type, StartingSequenceNumber: number }: Asked): string {
  if (number === undefined)
    throw invalidArgument(
      `Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified ${type} and no StartingSequenceNumber.`,
    );
  if (number === '0') return '';
  return type === 'AFTER_SEQUENCE_NUMBER' ? number : beforeNumber(number);
}

function startOf({ ShardIteratorType: type, Timestamp }: Asked): StreamStart {
  if (type === 'TRIM_HORIZON' || type === 'LATEST') return type;
  if (Timestamp === undefined)
    throw invalidArgument(
      'Must specify timestamp parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.',
    );
  return { atMs: Timestamp };
}

export function childrenOf(shardId: string, stream: DataStream) {
  return stream
    .shards()
    .filter(({ parentIds }) => parentIds.includes(shardId))
    .map((child) => ({
      ShardId: child.shardId,
      ParentShards: child.parentIds,
      HashKeyRange: { StartingHashKey: String(child.range.first), EndingHashKey: String(child.range.last) },
    }));
}
