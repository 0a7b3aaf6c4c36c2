import type { StreamPort, StreamRecord } from '../../../src/aws/stream-port.ts';

/** A stream in memory, of shards that a test writes to, splits and closes. */
export interface TestStream {
  arn: string;
  port: StreamPort;
  /** Writes a record of that key, and answers its number. */
  write(shardId: string, key: string): string;
  /** Closes a shard, which goes on in these. */
  split(shardId: string, into: readonly string[]): void;
  /** Calls of `read`, so that a test can tell an idle reader from one that polls. */
  reads(): number;
}

export function testStream(shardIds: readonly string[], now: () => number): TestStream {
  const arn = 'arn:aws:kinesis:eu-west-1:123456789012:stream/parcels';
  const shards = new Map(shardIds.map((shardId) => [shardId, newShard()]));
  const listeners = new Set<() => void>();
  let last = 0;
  let reads = 0;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    arn,
    port: {
      shards: (wanted) =>
        wanted === arn ? [...shards].map(([shardId, { parentIds }]) => ({ shardId, parentIds })) : undefined,
      retentionMs: () => 86_400_000,
      placeOf: (_, shardId, start) =>
        start === 'LATEST' ? (shards.get(shardId)?.records.at(-1)?.sequenceNumber ?? '') : '',
      read(_, shardId, after, maximum) {
        reads += 1;
        const { records = [], isClosed = true } = shards.get(shardId) ?? {};
        const following = records.filter(({ sequenceNumber }) => sequenceNumber > after);
        return {
          records: following.slice(0, maximum),
          isOver: isClosed && following.length <= maximum,
        };
      },
      onRecords(_, listener) {
        listeners.add(listener);
        return { stop: () => listeners.delete(listener) };
      },
    },
    write(shardId, key) {
      last += 1;
      const sequenceNumber = String(last).padStart(8, '0');
      const content = { partitionKey: key, data: '', sequenceNumber };
      shards.get(shardId)?.records.push({ sequenceNumber, key, createdAtMs: now(), content });
      tell();
      return sequenceNumber;
    },
    split(shardId, into) {
      const parent = shards.get(shardId);
      if (parent) parent.isClosed = true;
      for (const id of into) shards.set(id, { ...newShard(), parentIds: [shardId] });
      tell();
    },
    reads: () => reads,
  };
}

function newShard(): { records: StreamRecord[]; parentIds: string[]; isClosed: boolean } {
  return { records: [], parentIds: [], isClosed: false };
}
