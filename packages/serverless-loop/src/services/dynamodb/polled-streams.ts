import type { Place } from '../../aws/arn.ts';
import type { StreamPort, StreamRecord } from '../../aws/stream-port.ts';
import type { Engine } from './engine/start-engine.ts';
import { describeRecord } from './engine/streams/record.ts';
import type { KeptRecord, StreamSettings } from './engine/streams/stream.ts';

/** A stream keeps a record so long (DynamoDB guide, "Change data capture for DynamoDB Streams"). */
const RETENTION_MS = 24 * 60 * 60 * 1000;

/** The streams of tables, each of which is one shard. */
export function polledStreams(streams: Engine['streams'], { region }: Place): StreamPort {
  return {
    shards(arn) {
      const stream = streams.find(arn);
      return stream && [{ shardId: stream.settings.shardId, parentIds: [] }];
    },
    retentionMs: () => RETENTION_MS,
    placeOf: (_arn, _shardId, start) => (start === 'LATEST' ? streams.nextSequenceNumber() : ''),
    read(arn, _shardId, after, maximum) {
      const stream = streams.find(arn);
      const records: StreamRecord[] = [];
      if (!stream) return { records, isOver: true };
      const { settings } = stream;
      for (const [number, record] of stream.records.entries({ from: `${after}\0` })) {
        if (records.length === maximum) return { records, isOver: false };
        const traceHeader = streams.traceHeaderOf(number);
        records.push({
          ...polledRecord(number, record, settings, region),
          ...(traceHeader !== undefined && { traceHeader }),
        });
      }
      return { records, isOver: settings.ended !== undefined };
    },
    onRecords: streams.onRecords,
  };
}

function polledRecord(
  sequenceNumber: string,
  record: KeptRecord,
  settings: StreamSettings,
  region: string,
): StreamRecord {
  return {
    sequenceNumber,
    // "Lambda still ensures in-order processing at the item level" (Lambda guide, "Using Lambda with Amazon DynamoDB").
    key: JSON.stringify(record.keys),
    createdAtMs: Math.floor(record.createdAt * 1000),
    content: describeRecord(record, sequenceNumber, settings, region),
  };
}
