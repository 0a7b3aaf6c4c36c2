import { createHash } from 'node:crypto';
import type { StreamPort, StreamRecord } from '../../../aws/stream-port.ts';
import type { EventSourceModel, StreamReadingModel } from '../../../template/model.ts';
import { factOf } from './batch-invocation.ts';
import { type RecordFilter, recordFilter } from './filter.ts';
import type { HeldBatch, HeldRecord } from './held-record.ts';
import type { StreamBatchOptions } from './stream-batch.ts';
import type { TumblingWindows } from './tumbling-window.ts';

export interface ShardCursorOptions extends StreamBatchOptions {
  stream: StreamPort;
  /** The number of this reader among those that share the shard by the keys of its records. */
  lane: number;
  /** The place from which it reads. */
  from: string;
}

/** The place in a shard up to which its records were read into batches. */
export interface ShardCursor {
  /** Reads until a batch is full: with as many records as it may have, the bytes of an event, or all of a window. */
  fill(): boolean;
  place(): string;
  /** The shard has no records after those that were read, and gets no more. */
  isClosed(): boolean;
}

export function shardCursor(
  model: EventSourceModel & { stream: StreamReadingModel },
  options: ShardCursorOptions,
  held: HeldBatch,
  tumbling: TumblingWindows | undefined,
): ShardCursor {
  const { clock, wallClock, report, find, stream: port, shardId, kind, lane, region } = options;
  const { sourceArn, batchSize } = model;
  const { parallelizationFactor } = model.stream;
  const isWanted: RecordFilter = recordFilter(model.filters, options);
  const maxAgeMs = maximumAgeMs(model, port);
  let place = options.from;
  let isClosed = false;
  let filteredCount = 0;

  function fillUp(): boolean {
    for (;;) {
      const { records, isOver } = port.read(sourceArn, shardId, place, batchSize);
      for (const record of records) {
        if (held.isFull()) return true;
        if (isOfLane(record) && !take(record)) return true;
        place = record.sequenceNumber;
      }
      isClosed = isOver;
      if (records.length === 0 || isOver) return held.isFull();
    }
  }

  /** False when the batch has no room for it. A record that the filter doesn't want needs none. */
  function take(record: StreamRecord): boolean {
    const event = kind.eventRecord(record, {
      sourceArn,
      shardId,
      region,
      roleArn: find(model.functionArn)?.role.arn ?? '',
    });
    if (!isWanted(kind.filtered(event))) {
      filteredCount += 1;
      return true;
    }
    const { sequenceNumber, createdAtMs, traceHeader } = record;
    const ageMs = Math.max(0, wallClock.now() - createdAtMs);
    const next: HeldRecord = {
      sequenceNumber,
      createdAtMs,
      event,
      expiresAtMs: clock.elapsedMs() + maxAgeMs - ageMs,
      ...(traceHeader !== undefined && { traceHeader }),
    };
    if (tumbling && !tumbling.admits(next)) return false;
    return held.add(next);
  }

  function isOfLane({ key }: StreamRecord): boolean {
    return parallelizationFactor === 1 || hashOf(key) % parallelizationFactor === lane;
  }

  return {
    fill() {
      filteredCount = 0;
      const isFull = fillUp();
      if (filteredCount > 0) report({ kind: 'batch.filtered', ...factOf(model), recordCount: filteredCount });
      return isFull;
    },
    place: () => place,
    isClosed: () => isClosed,
  };
}

/** Records are tried for as long as the mapping says, and never longer than their stream keeps them. */
function maximumAgeMs({ sourceArn, stream }: EventSourceModel, port: StreamPort): number {
  const keptMs = port.retentionMs(sourceArn);
  const seconds = stream?.maximumRecordAgeSeconds ?? -1;
  return seconds < 0 ? keptMs : Math.min(keptMs, seconds * 1000);
}

/** Steady over restarts, so that a key stays with its reader. */
function hashOf(key: string): number {
  return createHash('md5').update(key).digest().readUInt32BE(0);
}
