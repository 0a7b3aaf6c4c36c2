import type { AsyncEvent, Invoke } from '../api/api-invocation.ts';
import type { InvokeResult } from '../environments/invocation.ts';
import { statusOf } from '../telemetry/synchronous-call.ts';
import type { AsynchronousCall } from './asynchronous-call.ts';

/** What came of one try: the function's answer, its errors too, or why it could not even run. */
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

/** Why there has to be another try, in words. */
export function reasonOf(attempt: Attempt): string {
  if ('fault' in attempt)
    return attempt.fault instanceof Error ? attempt.fault.message : String(attempt.fault);
  const { errorType, errorMessage } = attempt.result;
  return [errorType, errorMessage].filter(Boolean).join(': ') || 'Unhandled';
}
