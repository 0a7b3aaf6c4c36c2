import type { JsonObject } from './json-object.ts';

/** A record as a stream gives it to a reader. */
export interface StreamRecord {
  /** Greater than those before it in its shard, as text too. */
  sequenceNumber: string;
  /** Records of one key are processed in their order. */
  key: string;
  createdAtMs: number;
  /** As its service tells it. */
  content: JsonObject;
  /** Of the call that made it, as far as that is known. No reader is told: on AWS records have none. */
  traceHeader?: string;
}

export interface StreamShard {
  shardId: string;
  /** The shards that it goes on from, whose records come before its own. */
  parentIds: readonly string[];
}

/** The place where the reading of a shard begins. */
export type StreamStart = 'TRIM_HORIZON' | 'LATEST' | { atMs: number };

/** Streams of a service, as those read them who poll for others: Lambda for functions. A place in a shard is the sequence number that it comes after. */
export interface StreamPort {
  /** In the order of their making, closed ones too; undefined when there is no such stream. */
  shards(streamArn: string): readonly StreamShard[] | undefined;
  /** A record is there so long. */
  retentionMs(streamArn: string): number;
  placeOf(streamArn: string, shardId: string, start: StreamStart): string;
  /** Up to so many records after a place; `isOver`: they are the last of a closed shard. */
  read(
    streamArn: string,
    shardId: string,
    after: string,
    maximum: number,
  ): { records: StreamRecord[]; isOver: boolean };
  /** Calls the listener whenever a stream may have records or shards for it, one that is made later, too. It must not throw. */
  onRecords(streamArn: string, listener: () => void): { stop(): void };
}

/** By the service in the ARNs of its streams. */
export type StreamPorts = Readonly<Record<string, StreamPort>>;
