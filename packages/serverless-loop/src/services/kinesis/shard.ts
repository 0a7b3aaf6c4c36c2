import type { HashKeyRange } from './hash-keys.ts';

export interface KinesisRecord {
  sequenceNumber: string;
  partitionKey: string;
  data: Buffer;
  arrivedAtMs: number;
  /** Of the call that put it. */
  traceHeader?: string;
}

/** A shard with the records that it still has, oldest first. */
export interface Shard {
  shardId: string;
  range: HashKeyRange;
  /** Those that it was split off or merged from. */
  parentIds: readonly string[];
  firstSequenceNumber: string;
  openedAtMs: number;
  /** Set once it takes no more records. */
  closed?: { atMs: number; sequenceNumber: string };
  records: KinesisRecord[];
}

/** The records after a place, up to so many, and up to the bytes of one answer. */
export function recordsAfter(
  { records }: Shard,
  place: string,
  { maximum, maximumBytes = Number.POSITIVE_INFINITY }: { maximum: number; maximumBytes?: number },
): { records: KinesisRecord[]; isAtEnd: boolean } {
  const from = firstAfter(records, place);
  const found: KinesisRecord[] = [];
  let bytes = 0;
  for (let index = from; index < records.length; index += 1) {
    const record = records[index];
    if (!record) break;
    bytes += record.data.length;
    if (found.length === maximum || (found.length > 0 && bytes > maximumBytes))
      return { records: found, isAtEnd: false };
    found.push(record);
  }
  return { records: found, isAtEnd: true };
}

/** Looks for the place by halves: numbers grow. */
function firstAfter(records: readonly KinesisRecord[], place: string): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle]?.sequenceNumber ?? '') > place) high = middle;
    else low = middle + 1;
  }
  return low;
}
