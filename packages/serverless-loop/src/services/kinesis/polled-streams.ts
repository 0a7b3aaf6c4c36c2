import type { StreamPort, StreamStart } from '../../aws/stream-port.ts';
import type { DataStream } from './data-stream.ts';
import type { DataStreams } from './data-streams.ts';
import { beforeNumber } from './sequence-numbers.ts';
import { type KinesisRecord, recordsAfter, type Shard } from './shard.ts';

/** Streams as another service reads them, by the ARN of a stream or of a consumer. */
export function polledDataStreams(streams: DataStreams): StreamPort {
  return {
    shards: (arn) => streams.findByArn(arn)?.shards(),
    retentionMs: (arn) => streams.findByArn(arn)?.retentionMs ?? 0,
    placeOf(arn, shardId, start) {
      const stream = streams.findByArn(arn);
      const shard = stream?.shard(shardId);
      return stream && shard ? placeIn(stream, shard, start) : '';
    },
    read(arn, shardId, after, maximum) {
      const shard = streams.findByArn(arn)?.shard(shardId);
      if (!shard) return { records: [], isOver: true };
      const { records, isAtEnd } = recordsAfter(shard, after, { maximum });
      return { records: records.map(polledRecord), isOver: isAtEnd && shard.closed !== undefined };
    },
    onRecords: (arn, listener) => streams.onChanges(arn, listener),
  };
}

/** The place of a start in a shard (Kinesis API reference, "GetShardIterator"). */
export function placeIn(stream: DataStream, { records }: Shard, start: StreamStart): string {
  if (start === 'TRIM_HORIZON') return '';
  if (start === 'LATEST') return stream.nextPlace();
  const next = records.find(({ arrivedAtMs }) => arrivedAtMs >= start.atMs);
  return next ? beforeNumber(next.sequenceNumber) : stream.nextPlace();
}

/** Members and their order: LocalStack's record, test_lambda_integration_kinesis.snapshot.json. */
function polledRecord({ sequenceNumber, partitionKey, data, arrivedAtMs, traceHeader }: KinesisRecord) {
  return {
    sequenceNumber,
    key: partitionKey,
    createdAtMs: arrivedAtMs,
    ...(traceHeader !== undefined && { traceHeader }),
    content: {
      kinesisSchemaVersion: '1.0',
      partitionKey,
      sequenceNumber,
      data: data.toString('base64'),
      approximateArrivalTimestamp: arrivedAtMs / 1000,
    },
  };
}
