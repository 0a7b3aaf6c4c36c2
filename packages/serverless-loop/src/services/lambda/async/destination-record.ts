import { parseArn } from '../../../aws/arn.ts';
import { parseExactJson } from '../../../aws/exact-json.ts';
import { refuseBeyond } from '../../../aws/json-limits.ts';
import type { AsyncEvent, InvokeResult } from '../environments/invocation.ts';

/** The reason for the end of an asynchronous invocation (LocalStack's record, test_lambda_destinations.snapshot.json). */
export type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency';

/** An asynchronous invocation that will not be tried again. */
export interface Outcome {
  event: AsyncEvent;
  condition: Condition;
  /** The number of times that the function ran. */
  invokeCount: number;
  /** Of the last try that ran. */
  result?: InvokeResult;
}

const MAX_BYTES = { sns: 262_144, others: 1_048_576 } as const;

/**
 * The invocation record that a destination gets, JSON with its members in AWS's order (Lambda guide, "Capturing records
 * of asynchronous invocations"; LocalStack's record, test_lambda_destinations.snapshot.json). It leaves the payloads out when
 * it would be too big for its destination.
 */
export function destinationRecord(
  outcome: Outcome,
  functionArn: string,
  endedAt: Date,
  destinationArn: string,
): string {
  const whole = JSON.stringify({
    ...head(outcome, functionArn, endedAt),
    requestPayload: parsedPayload(outcome.event.payload),
    ...(outcome.result && {
      ...responseContext(outcome.result),
      responsePayload: parsedPayload(outcome.result.payload),
    }),
  });
  if (Buffer.byteLength(whole) <= maximumBytes(destinationArn)) return whole;
  return JSON.stringify({
    ...head(outcome, functionArn, endedAt),
    ...(outcome.result && responseContext(outcome.result)),
  });
}

function head({ event, condition, invokeCount }: Outcome, functionArn: string, endedAt: Date) {
  return {
    version: '1.0',
    timestamp: endedAt.toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn,
      condition,
      approximateInvokeCount: invokeCount,
    },
  };
}

function responseContext({ executedVersion, functionError }: InvokeResult) {
  return {
    responseContext: { statusCode: 200, executedVersion, ...(functionError && { functionError }) },
  };
}

/** Deeper than any event; what is deeper can't be written again. */
const PAYLOAD_LIMITS = { deepest: 1_000, mostValues: 1_000_000 };

/** JSON when it is JSON, else its text. */
function parsedPayload(payload: Buffer): unknown {
  const text = payload.toString();
  try {
    refuseBeyond(text, PAYLOAD_LIMITS);
    return parseExactJson(text);
  } catch {
    return text;
  }
}

function maximumBytes(destinationArn: string): number {
  return parseArn(destinationArn)?.service === 'sns' ? MAX_BYTES.sns : MAX_BYTES.others;
}
