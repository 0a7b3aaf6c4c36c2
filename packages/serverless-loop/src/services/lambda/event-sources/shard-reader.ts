import type { EventSourceModel, StreamReadingModel } from '../../../template/model.ts';
import { heldBatch } from './held-record.ts';
import { type ShardCursorOptions, shardCursor } from './shard-cursor.ts';
import { type Batch, type StreamBatches, streamBatches } from './stream-batch.ts';
import { tumblingWindows } from './tumbling-window.ts';
import { timedWork } from './work.ts';

export interface ShardReaderOptions extends ShardCursorOptions {
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
  const { clock, wallClock, shardId, work } = options;
  const { sourceArn, batchSize, windowSeconds } = model;
  const { tumblingWindowSeconds } = model.stream;
  const tumbling =
    tumblingWindowSeconds > 0
      ? tumblingWindows(tumblingWindowSeconds, { shardId, eventSourceARN: sourceArn })
      : undefined;
  let batches: StreamBatches = streamBatches(model, options);
  const held = heldBatch(batchSize);
  const cursor = shardCursor(model, options, held, tumbling);
  /** Up to it all is done. */
  let place = options.from;
  let running: Promise<void> | undefined;
  let waiting: { cancel(): void } | undefined;
  let windowEnd: { cancel(): void } | undefined;
  let isOver = false;
  let stopped = false;

  function read(): void {
    if (stopped || running || isOver) return;
    const isEarly = tumbling?.isFull() && held.isEmpty();
    const isFull = isEarly || cursor.fill();
    if (!held.isEmpty()) {
      if (isFull || cursor.isClosed() || windowSeconds === 0) flush();
      else waiting ??= timedWork(work, clock, windowSeconds * 1000, flush);
    } else if (isPast(tumbling?.endMs(), isFull)) closeWindow();
    else rest();
  }

  /** The open window has all of its records. */
  function isPast(endMs: number | undefined, isFull: boolean): boolean {
    return endMs !== undefined && (isFull || cursor.isClosed() || endMs <= wallClock.now());
  }

  /** There is nothing to do until there are records, or a window is over. */
  function rest(): void {
    place = cursor.place();
    const endMs = tumbling?.endMs();
    if (endMs !== undefined)
      windowEnd ??= timedWork(work, wallClock, endMs - wallClock.now(), closeWindowInTime);
    isOver = cursor.isClosed();
    if (isOver) options.over();
  }

  function flush(): void {
    settle('waiting');
    const records = held.take();
    const upTo = cursor.place();
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
      place = cursor.place();
      batches = streamBatches(model, options);
    },
    async stop() {
      stopped = true;
      forget();
      await running;
    },
  };
}
