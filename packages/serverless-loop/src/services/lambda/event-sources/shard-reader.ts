import { createHash } from 'node:crypto';
import type { StreamPort, StreamRecord } from '../../../aws/stream-port.ts';
import type { EventSourceModel, StreamReadingModel } from '../../../template/model.ts';
import { factOf } from './batch-invocation.ts';
import { type RecordFilter, recordFilter } from './filter.ts';
import { type HeldRecord, heldBatch } from './held-record.ts';
import { type Batch, type StreamBatches, type StreamBatchOptions, streamBatches } from './stream-batch.ts';
import { tumblingWindows } from './tumbling-window.ts';
import { timedWork } from './work.ts';

export interface ShardReaderOptions extends StreamBatchOptions {
  stream: StreamPort;
  /** The number of this reader among those that share the shard by the keys of its records. */
  lane: number;
  /** The place from which it reads. */
  from: string;
  /** Told when the shard is closed, and this reader through with it. */
  over(): void;
}

/** Brings the records of a shard to the function, one batch after the other. */
export interface ShardReader {
  read(): void;
  /** The place up to which all is processed or given up. */
  place(): string;
  isOver(): boolean;
  /** Forgets what it has read. */
  drop(): void;
  /** Resolves when the invocation under way has ended. */
  stop(): Promise<void>;
}

export function startShardReader(
  model: EventSourceModel & { stream: StreamReadingModel },
  options: ShardReaderOptions,
): ShardReader {
  const { clock, wallClock, report, find, stream: port, shardId, kind, lane, region, work } = options;
  const { sourceArn, batchSize, windowSeconds } = model;
  const { parallelizationFactor, tumblingWindowSeconds } = model.stream;
  const isWanted: RecordFilter = recordFilter(model.filters, options);
  const maxAgeMs = maximumAgeMs(model, port);
  const tumbling =
    tumblingWindowSeconds > 0
      ? tumblingWindows(tumblingWindowSeconds, { shardId, eventSourceARN: sourceArn })
      : undefined;
  let batches: StreamBatches = streamBatches(model, options);
  /** The place where it reads on, and the one up to which all is done. */
  let cursor = options.from;
  let place = options.from;
  const held = heldBatch(batchSize);
  let filteredCount = 0;
  let running: Promise<void> | undefined;
  let waiting: { cancel(): void } | undefined;
  let windowEnd: { cancel(): void } | undefined;
  let isClosed = false;
  let isOver = false;
  let stopped = false;

  function read(): void {
    if (stopped || running || isOver) return;
    const isEarly = tumbling?.isFull() && held.isEmpty();
    const isFull = isEarly || fill();
    if (!held.isEmpty()) {
      if (isFull || isClosed || windowSeconds === 0) flush();
      else waiting ??= timedWork(work, clock, windowSeconds * 1000, flush);
    } else if (isPast(tumbling?.endMs(), isFull)) closeWindow();
    else rest();
  }

  /** The open window has all of its records. */
  function isPast(endMs: number | undefined, isFull: boolean): boolean {
    return endMs !== undefined && (isFull || isClosed || endMs <= wallClock.now());
  }

  /** There is nothing to do until there are records, or a window is over. */
  function rest(): void {
    place = cursor;
    const endMs = tumbling?.endMs();
    if (endMs !== undefined)
      windowEnd ??= timedWork(work, wallClock, endMs - wallClock.now(), closeWindowInTime);
    isOver = isClosed;
    if (isOver) options.over();
  }

  /** Reads until a batch is full: with as many records as it may have, the bytes of an event, or all of a window. */
  function fill(): boolean {
    filteredCount = 0;
    const isFull = fillUp();
    if (filteredCount > 0) report({ kind: 'batch.filtered', ...factOf(model), recordCount: filteredCount });
    return isFull;
  }

  function fillUp(): boolean {
    for (;;) {
      const { records, isOver: isEnd } = port.read(sourceArn, shardId, cursor, batchSize);
      for (const record of records) {
        if (held.isFull()) return true;
        if (isOfLane(record) && !take(record)) return true;
        cursor = record.sequenceNumber;
      }
      isClosed = isEnd;
      if (records.length === 0 || isEnd) return held.isFull();
    }
  }

  /** False when the batch has no room for it. What the filter doesn't want needs none. */
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

  function flush(): void {
    settle('waiting');
    const records = held.take();
    const upTo = cursor;
    run(
      {
        records,
        eventOf: (some) => ({
          Records: some.map(({ event }) => event),
          ...tumbling?.members(false),
        }),
        answered: (payload) => tumbling?.answered(payload),
        done(some) {
          place = some.at(-1)?.sequenceNumber ?? place;
        },
      },
      () => {
        place = upTo;
      },
    );
  }

  /** The last call of a window, which gets its state (Lambda guide, "Configuring aggregation with a tumbling window"). */
  function closeWindow(): void {
    settle('windowEnd');
    const members = tumbling?.members(true) ?? {};
    tumbling?.close();
    run(
      { records: [], eventOf: () => ({ Records: [], ...members }), answered: () => {}, done: () => {} },
      () => {},
    );
  }

  function closeWindowInTime(): void {
    settle('windowEnd');
    read();
  }

  function run(batch: Batch, finished: () => void): void {
    const ofThese = batches;
    running = ofThese.process(batch).then(() => {
      running = undefined;
      // Once it was dropped its place is another one.
      if (batches === ofThese && !stopped) finished();
      read();
    });
  }

  function settle(which: 'waiting' | 'windowEnd'): void {
    const timed = which === 'waiting' ? waiting : windowEnd;
    if (which === 'waiting') waiting = undefined;
    else windowEnd = undefined;
    timed?.cancel();
  }

  function forget(): void {
    batches.stop();
    settle('waiting');
    settle('windowEnd');
    held.take();
  }

  return {
    read,
    place: () => place,
    isOver: () => isOver,
    drop() {
      forget();
      tumbling?.close();
      place = cursor;
      batches = streamBatches(model, options);
    },
    async stop() {
      stopped = true;
      forget();
      await running;
    },
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
