import { jointLineage } from '../../../aws/lineage.ts';
import type { Timer } from '../../../clock.ts';
import type { EventSourceModel } from '../../../template/model.ts';
import { type BatchEnd, batchInvoker, factOf } from './batch-invocation.ts';
import { recordFilter, withParsedBody } from './filter.ts';
import { itemFailures } from './item-failures.ts';
import { pollers } from './pollers.ts';
import { type QueueRecord, queueRecord } from './queue-record.ts';
import type { EventSourceOptions, RunningSource } from './source-options.ts';
import type { Work } from './work.ts';

/** An event has at most 6 MB (Lambda guide, "Lambda quotas", synchronous invocation). */
const MAX_EVENT_BYTES = 6_291_456;
/** Around the records: `{"Records":[]}`. */
const ENVELOPE_BYTES = 14;

/** Reads a queue for a function: woken by messages, it takes them, invokes with a batch, and deletes what went well. */
export function startQueueSource(
  model: EventSourceModel,
  options: EventSourceOptions & { work: Work },
): RunningSource {
  const { clock, report, queues, find, may, region, work } = options;
  const { sourceArn, functionArn, windowSeconds } = model;
  const fact = factOf(model);
  const isWanted = recordFilter(model.filters, options);
  const poll = pollers(clock.elapsedMs, model.maximumConcurrency);
  const invoker = batchInvoker({ ...options, waits: work.waits, throttled: poll.failed });
  const batchSize = Math.max(1, model.batchSize);
  const isFifo = sourceArn.endsWith('.fifo');
  let running = 0;
  let stopped = false;
  let isWoken = false;
  let refused: string | undefined;
  /** Records that wait for others; they have a slot. */
  let held: QueueRecord[] = [];
  let heldBytes = ENVELOPE_BYTES;
  /** The records of a FIFO queue that were read last: of one group, whose next ones wait for them. */
  let before: Promise<boolean> | undefined;
  let window: { timer: Timer; end: () => void; waited: () => void } | undefined;

  /** After this turn of the event loop: messages that are sent together come together. */
  function wake(): void {
    if (isWoken || stopped) return;
    isWoken = true;
    const end = work.begin();
    setImmediate(() => {
      isWoken = false;
      read();
      end();
    });
  }

  function read(): void {
    while (!stopped && running < poll.allowed() && mayRead()) {
      const messages = queues.take(sourceArn, batchSize - held.length);
      if (messages.length === 0) {
        if (running === 0) poll.emptied();
        return;
      }
      before = undefined;
      const records = messages.map((message) => queueRecord(message, { sourceArn, windowSeconds, region }));
      for (const record of wanted(records)) hold(record);
      if (held.length === 0) continue;
      if (windowSeconds === 0 || held.length >= batchSize) flush();
      else window ??= openWindow();
    }
  }

  /** Deletes what the function's filter doesn't want (Lambda guide, "Using event filtering with an Amazon SQS event source"). */
  function wanted(records: QueueRecord[]): QueueRecord[] {
    const unwanted = records.filter((record) => !isWanted(withParsedBody(record)));
    if (unwanted.length === 0) return records;
    report({ kind: 'batch.filtered', ...fact, recordCount: unwanted.length });
    remove(unwanted);
    return records.filter((record) => !unwanted.includes(record));
  }

  function hold(record: QueueRecord): void {
    const bytes = Buffer.byteLength(JSON.stringify(record)) + 1;
    if (held.length > 0 && heldBytes + bytes > MAX_EVENT_BYTES) flush();
    held.push(record);
    heldBytes += bytes;
  }

  function openWindow() {
    const timer = clock.after(windowSeconds * 1000, flush);
    return { timer, end: work.begin(), waited: work.waits() };
  }

  function flush(): void {
    const records = held;
    const opened = window;
    held = [];
    heldBytes = ENVELOPE_BYTES;
    window = undefined;
    if (records.length > 0) before = isFifo ? runAfter(before, records) : run(records);
    opened?.timer.cancel();
    opened?.waited();
    opened?.end();
  }

  /** Records of one group that were too large for one event: after a failure the others come back as it does. */
  async function runAfter(others: Promise<boolean> | undefined, records: QueueRecord[]): Promise<boolean> {
    const end = work.begin();
    const succeeded = (await (others ?? true)) && (await run(records));
    end();
    return succeeded;
  }

  /** Answers whether all records were processed. */
  async function run(records: QueueRecord[]): Promise<boolean> {
    running += 1;
    const end = work.begin();
    const patienceMs = (queues.visibilityTimeoutSeconds(sourceArn) ?? 0) * 1000;
    const lineage = jointLineage(records.map(({ attributes }) => attributes.AWSTraceHeader));
    const batchEnd = await invoker.invoke(model, { Records: records }, records.length, patienceMs, lineage);
    const succeeded = settle(records, batchEnd);
    running -= 1;
    wake();
    end();
    return succeeded;
  }

  function settle(records: QueueRecord[], { requestId, result, reason }: BatchEnd): boolean {
    const counts = { ...fact, requestId, recordCount: records.length };
    const failed = reason === undefined && result ? failuresIn(records, result.payload) : undefined;
    const done = failed ? records.filter(({ messageId }) => !failed.has(messageId)) : [];
    remove(done);
    if (done.length === records.length) {
      poll.succeeded();
      report({ kind: 'batch.succeeded', ...counts });
      return true;
    }
    // A function that says what failed is not at fault: messages of its own choice come back.
    if (failed === undefined) poll.failed();
    report({
      kind: 'batch.failed',
      ...counts,
      failedCount: records.length - done.length,
      reason: reason ?? (failed ? 'batchItemFailures' : 'its batchItemFailures are not valid'),
    });
    return false;
  }

  function failuresIn(records: QueueRecord[], answer: Buffer): ReadonlySet<string> | undefined {
    if (!model.reportsItemFailures) return new Set();
    return itemFailures(answer, new Set(records.map(({ messageId }) => messageId)));
  }

  function remove(records: QueueRecord[]): void {
    const name = find(functionArn)?.name;
    if (records.length === 0 || name === undefined || !may(name, 'sqs:DeleteMessage', sourceArn)) return;
    for (const { receiptHandle } of records) queues.delete(sourceArn, receiptHandle);
  }

  function mayRead(): boolean {
    const name = find(functionArn)?.name;
    const reason =
      name === undefined
        ? `there is no function ${functionArn}`
        : may(name, 'sqs:ReceiveMessage', sourceArn)
          ? undefined
          : 'the role of the function does not allow sqs:ReceiveMessage on it';
    if (reason !== undefined && reason !== refused) report({ kind: 'source.stopped', ...fact, reason });
    refused = reason;
    return reason === undefined;
  }

  const listening = queues.onMessages(sourceArn, wake);
  wake();

  return {
    drop() {
      held = [];
      flush();
    },
    async stop() {
      stopped = true;
      listening.stop();
      // They come back to the queue by themselves.
      held = [];
      flush();
      invoker.stop();
    },
  };
}
