import type { JsonObject } from '../../../aws/json-object.ts';
import { jointLineage, throughUnseen } from '../../../aws/lineage.ts';
import type { EventSourceModel, StreamReadingModel } from '../../../template/model.ts';
import { type BatchEnd, batchInvoker, factOf } from './batch-invocation.ts';
import { type DiscardCondition, discardBatch } from './discarded-batch.ts';
import type { HeldRecord } from './held-record.ts';
import { itemFailures } from './item-failures.ts';
import type { EventSourceOptions, ProcessingResult } from './source-options.ts';
import type { StreamKind } from './stream-kinds.ts';
import type { Work } from './work.ts';

/** One batch of a shard: its event, which may change from try to try, and what becomes of its records. */
export interface Batch {
  records: readonly HeldRecord[];
  eventOf(records: readonly HeldRecord[]): JsonObject;
  /** Takes the answer of each invocation that went well, in part or as a whole. */
  answered(payload: Buffer): void;
  /** These records, which come next, are processed or given up. */
  done(records: readonly HeldRecord[]): void;
}

export interface StreamBatches {
  /** Tries the function with a batch until each record is processed or given up, or it is stopped. Never rejects. */
  process(batch: Batch): Promise<void>;
  /** Tries no more; an invocation under way ends. */
  stop(): void;
}

export interface StreamBatchOptions extends Omit<EventSourceOptions, 'streams'> {
  work: Work;
  shardId: string;
  kind: StreamKind;
  told(result: ProcessingResult): void;
}

/** Records that are tried together. */
interface Part {
  records: readonly HeldRecord[];
  /** Tries that failed: bisecting is none (Lambda API reference, "CreateEventSourceMapping", MaximumRetryAttempts). */
  failures: number;
  /** Failures in a row: the next try waits by them. */
  tries: number;
}

/** Doubled with each failure: by LocalStack's record, test_kinesis_maximum_record_age_exceeded, seven tries fit into a minute. */
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 60_000;

export function streamBatches(
  model: EventSourceModel & { stream: StreamReadingModel },
  options: StreamBatchOptions,
): StreamBatches {
  const { clock, report, work, find, told, shardId } = options;
  const { stream } = model;
  const fact = factOf(model);
  const invoker = batchInvoker({ ...options, waits: work.waits, throttled: () => undefined });
  /** Such a batch may fail until it expires at the source: whoever waits for the loop doesn't wait for its next try. */
  const isEndless = stream.maximumRetryAttempts < 0 && stream.maximumRecordAgeSeconds < 0;
  let stopped = false;
  let ended = () => {};

  async function attempt({ records, failures, tries }: Part, batch: Batch): Promise<Part[]> {
    const expired = records.filter(({ expiresAtMs }) => expiresAtMs <= clock.elapsedMs());
    if (expired.length > 0) {
      // It counts the try that is not made (LocalStack's record, test_kinesis_maximum_record_age_exceeded).
      await discard(expired, failures + 1, 'RecordAgeExceeded', batch);
      const fresh = records.slice(expired.length);
      return fresh.length > 0 ? [{ records: fresh, failures, tries }] : [];
    }
    const patienceMs = Math.min(...records.map(({ expiresAtMs }) => expiresAtMs)) - clock.elapsedMs();
    const lineage = jointLineage(records.map(({ traceHeader }) => throughUnseen(traceHeader)));
    const end = await invoker.invoke(model, batch.eventOf(records), records.length, patienceMs, lineage);
    const count = processedCount(end, records);
    const { requestId } = end;
    if (end.result && end.reason === undefined && (count > 0 || records.length === 0))
      batch.answered(end.result.payload);
    batch.done(records.slice(0, count));
    if (count === records.length && isWell(end)) {
      told('OK');
      report({ kind: 'batch.succeeded', ...fact, requestId, recordCount: count });
      return [];
    }
    told('PROBLEM: Function call failed');
    const reason = end.reason ?? 'batchItemFailures';
    const failedCount = records.length - count;
    report({ kind: 'batch.failed', ...fact, requestId, recordCount: records.length, failedCount, reason });
    return again(
      { records: records.slice(count), failures, tries: tries + 1 },
      { end, isShorter: count > 0, reason },
      batch,
    );
  }

  /** The parts that are to be tried after a failure, once it is time. */
  async function again(
    { records, failures, tries }: Part,
    { end, isShorter, reason }: { end: BatchEnd; isShorter: boolean; reason: string },
    batch: Batch,
  ): Promise<Part[]> {
    const isSplit = stream.bisects && records.length > 1;
    // Of a function that is not there no try is made.
    const isTried = !isSplit && find(model.functionArn) !== undefined;
    const failed = isTried ? failures + 1 : failures;
    if (stream.maximumRetryAttempts >= 0 && failed > stream.maximumRetryAttempts) {
      await discard(records, failed, 'RetryAttemptsExhausted', batch, end);
      return [];
    }
    const delayMs = Math.min(FIRST_BACKOFF_MS * 2 ** (tries - 1), MAX_BACKOFF_MS);
    const { requestId } = end;
    report({ kind: 'batch.retry', ...fact, requestId, recordCount: records.length, delayMs, reason });
    await pause(delayMs);
    // With item failures too, the batch is split where the function says (Lambda guide, "Configuring partial batch response").
    if (isSplit && !isShorter) return halves(records, failures);
    return [{ records, failures: failed, tries: isSplit ? 0 : tries }];
  }

  async function pause(delayMs: number): Promise<void> {
    if (!isEndless) return invoker.pause(delayMs);
    ended();
    await invoker.pause(delayMs, () => () => {});
    ended = work.begin();
  }

  async function discard(
    records: readonly HeldRecord[],
    invokeCount: number,
    condition: DiscardCondition,
    batch: Batch,
    end?: BatchEnd,
  ): Promise<void> {
    if (records.length > 0)
      await discardBatch({ records, shardId, condition, invokeCount, end }, model, options);
    batch.done(records);
  }

  /** The number of records, from the first on, that an invocation has processed. */
  function processedCount(end: BatchEnd, records: readonly HeldRecord[]): number {
    if (!isWell(end) || !end.result) return 0;
    if (!model.reportsItemFailures) return records.length;
    const ids = new Set(records.map(({ sequenceNumber }) => sequenceNumber));
    const failed = itemFailures(end.result.payload, ids);
    if (failed === undefined) return 0;
    // "Lambda uses the lowest sequence number as the checkpoint" (the same page).
    const first = records.findIndex(({ sequenceNumber }) => failed.has(sequenceNumber));
    return first < 0 ? records.length : first;
  }

  return {
    async process(batch) {
      ended = work.begin();
      let parts: Part[] = [{ records: batch.records, failures: 0, tries: 0 }];
      for (let part = parts.shift(); part && !stopped; part = parts.shift())
        parts = [...(await attempt(part, batch)), ...parts];
      // Whoever goes on with the next batch does so first.
      setImmediate(ended);
    },
    stop() {
      stopped = true;
      invoker.stop();
    },
  };
}

function isWell({ reason }: BatchEnd): boolean {
  return reason === undefined;
}

function halves(records: readonly HeldRecord[], failures: number): Part[] {
  const middle = Math.ceil(records.length / 2);
  return [records.slice(0, middle), records.slice(middle)].map((half) => ({
    records: half,
    failures,
    tries: 0,
  }));
}
