import { randomUUID } from 'node:crypto';
import { parseArn } from '../../../aws/arn.ts';
import { deliver, type ReceiverOf } from '../../../aws/delivery.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import type { Clock } from '../../../clock.ts';
import type { Report } from '../../../facts.ts';
import type { EventSourceModel } from '../../../template/model.ts';
import { type BatchEnd, factOf } from './batch-invocation.ts';
import type { HeldRecord } from './held-record.ts';
import type { BatchConsumer } from './source-options.ts';
import type { StreamKind } from './stream-kinds.ts';

/** The reason why Lambda gives records of a stream up (LocalStack's record, test_lambda_integration_kinesis.snapshot.json). */
export type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** Records of a shard that are tried no more. */
export interface DiscardedBatch {
  records: readonly HeldRecord[];
  shardId: string;
  condition: DiscardCondition;
  invokeCount: number;
  /** The end of the last try; absent when there was none. */
  end?: BatchEnd | undefined;
}

export interface DiscardOptions {
  kind: StreamKind;
  clock: Clock;
  report: Report;
  receiverOf: ReceiverOf;
  find(nameOrArn: string): BatchConsumer | undefined;
  discardContext?(condition: string): JsonObject;
}

/** Tells that records were given up, and sends word to the mapping's destination in the name of the function's role. */
export async function discardBatch(
  batch: DiscardedBatch,
  model: EventSourceModel,
  options: DiscardOptions,
): Promise<void> {
  const { find, receiverOf, report } = options;
  const requestId = batch.end?.requestId ?? randomUUID();
  const { condition } = batch;
  const fact = { ...factOf(model), requestId, recordCount: batch.records.length, condition };
  const destinationArn = model.stream?.onFailureArn;
  if (destinationArn === undefined) return report({ kind: 'batch.discarded', ...fact });
  try {
    const fn = find(model.functionArn);
    if (!fn) throw new Error(`there is no function ${model.functionArn}`);
    const record = discardedRecord(batch, requestId, model, options);
    const isBucket = parseArn(destinationArn)?.service === 's3';
    const body = JSON.stringify(isBucket ? { ...record, payload: payloadOf(batch) } : record);
    const keyPrefix = `aws/lambda/${model.name}/${batch.shardId}`;
    await deliver(receiverOf, destinationArn, { body, ...(isBucket && { keyPrefix }) }, fn);
    report({ kind: 'batch.discarded', ...fact, destinationArn });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    report({ kind: 'batch.discarded', ...fact, destinationArn, problem });
  }
}

/** A bucket gets the records, too, as they were sent (Lambda guide, "Retain discarded batch records", an example of S3's). */
function payloadOf({ records }: DiscardedBatch): string {
  return JSON.stringify({ Records: records.map(({ event }) => event) });
}

/** The record that a queue or topic gets, with its members in AWS's order (the same LocalStack record). */
function discardedRecord(
  { records, shardId, condition, invokeCount, end }: DiscardedBatch,
  requestId: string,
  { functionArn, sourceArn }: EventSourceModel,
  { kind, clock, discardContext }: DiscardOptions,
) {
  const first = records[0];
  const last = records.at(-1);
  const result = end?.result;
  return {
    ...(discardContext?.(condition) ?? {
      requestContext: { requestId, functionArn, condition, approximateInvokeCount: invokeCount },
    }),
    // Of records that grew too old nothing is told of the function.
    ...(condition === 'RetryAttemptsExhausted' &&
      !discardContext &&
      result && {
        responseContext: {
          statusCode: 200,
          executedVersion: result.executedVersion,
          functionError: result.functionError ?? null,
        },
      }),
    version: '1.0',
    timestamp: new Date(clock.now()).toISOString(),
    [kind.batchInfo]: {
      shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: kind.timeText(first?.createdAtMs ?? 0),
      approximateArrivalOfLastRecord: kind.timeText(last?.createdAtMs ?? 0),
      batchSize: records.length,
      streamArn: sourceArn,
    },
  };
}
