import { AwsError } from '../../../aws/errors.ts';
import type { AsyncInvokeModel } from '../../../template/model.ts';
import type { AsyncEvent, Invoke, InvokeResult } from '../environments/invocation.ts';
import { statusOf } from '../telemetry/synchronous-call.ts';
import type { AsynchronousCall } from './asynchronous-call.ts';

/** Ends one try: with the function's answer, its errors too, or with why it could not even run. */
export type Attempt = { result: InvokeResult } | { fault: unknown };

/** Runs an event of the asynchronous queue once, for the so many-th time. Never rejects. */
export async function tryOnce(
  invoke: Invoke,
  event: AsyncEvent,
  attempt: number,
  trace: AsynchronousCall | undefined,
): Promise<Attempt> {
  const traced = trace?.attempt();
  try {
    const result = await invoke({
      ...event,
      attempt,
      ...(traced && { traceHeader: traced.traceHeader }),
    });
    traced?.end({ status: 200, functionFailed: result.functionError !== undefined });
    return { result };
  } catch (fault) {
    traced?.end({ status: statusOf(fault), functionFailed: false });
    return { fault };
  }
}

/** It was not made: the event had come round to its function too often. */
export function isStopped(attempt: Attempt): boolean {
  return (
    'fault' in attempt &&
    attempt.fault instanceof AwsError &&
    attempt.fault.code === 'RecursiveInvocationException'
  );
}

/** The reason for another try, in words. */
export function reasonOf(attempt: Attempt): string {
  if ('fault' in attempt)
    return attempt.fault instanceof Error ? attempt.fault.message : String(attempt.fault);
  const { errorType, errorMessage } = attempt.result;
  return [errorType, errorMessage].filter(Boolean).join(': ') || 'Unhandled';
}

/** After the first and after the second try (Lambda guide, "How Lambda handles errors and retries"). */
const ERROR_RETRY_DELAYS_MS = [60_000, 120_000] as const;
const FIRST_REQUEUE_DELAY_MS = 1_000;
const MAX_REQUEUE_DELAY_MS = 300_000;
const JITTER = 0.1;

/** Decides on an event whose try came to nothing. */
export type Decision = { retryInMs: number } | { giveUp: 'RetriesExhausted' | 'EventAgeExceeded' };

/** After an error of the function, which is tried again up to twice. */
export function afterFunctionError(settings: AsyncInvokeModel, tries: number, ageMs: number): Decision {
  const delayMs = ERROR_RETRY_DELAYS_MS[tries - 1];
  if (tries > settings.maximumRetryAttempts || delayMs === undefined) return { giveUp: 'RetriesExhausted' };
  return withinAge(settings, ageMs, delayMs);
}

/**
 * After a throttle or a fault of Lambda's own: back into the queue with exponential backoff from a second to five
 * minutes until the event is too old; that uses up no tries (same page).
 */
export function afterRequeue(
  settings: AsyncInvokeModel,
  requeues: number,
  ageMs: number,
  random: () => number,
): Decision {
  const delayMs = FIRST_REQUEUE_DELAY_MS * 2 ** (requeues - 1) * (1 + JITTER * random());
  return withinAge(settings, ageMs, Math.min(delayMs, MAX_REQUEUE_DELAY_MS));
}

/**
 * An event that would be too old by its next try is given up now: with 60 s, it is tried once (LocalStack's record,
 * test_lambda_destinations.snapshot.json, test_maxeventage).
 */
function withinAge(settings: AsyncInvokeModel, ageMs: number, delayMs: number): Decision {
  const tooOld = ageMs + delayMs >= settings.maximumEventAgeSeconds * 1000;
  return tooOld ? { giveUp: 'EventAgeExceeded' } : { retryInMs: delayMs };
}
