import type { JsonObject } from '../../../aws/json-object.ts';
import type { Clock } from '../../../clock.ts';
import { unlessAborted } from '../../../unless-aborted.ts';
import { StateError } from '../interpreter/state-error.ts';
import type { TaskCall } from '../interpreter/step.ts';

/** The largest answer of a task (Step Functions guide, "Service quotas", "Maximum input or output size"). */
const MAX_BYTES = 262_144;

/** Rejects with `States.Timeout` when the work takes longer than the task may. */
export async function withinTime(
  { signal, timeoutSeconds }: TaskCall,
  clock: Pick<Clock, 'after'>,
  work: (signal: AbortSignal) => Promise<unknown>,
): Promise<unknown> {
  const late = new AbortController();
  const timer =
    timeoutSeconds === undefined
      ? undefined
      : clock.after(timeoutSeconds * 1_000, () => late.abort(new StateError('States.Timeout')));
  const either = AbortSignal.any([signal, late.signal]);
  try {
    return await unlessAborted(work(either), either);
  } finally {
    timer?.cancel();
  }
}

/** Throws the StateError of an answer that is too large (LocalStack's records of AWS, v2/error_handling/test_states_errors.snapshot.json). */
export function withinLimit(
  { resource }: TaskCall,
  { resourceType = resource }: JsonObject,
  output: unknown,
): unknown {
  if (Buffer.byteLength(JSON.stringify(output) ?? '') <= MAX_BYTES) return output;
  const text = `The state/task '${resourceType}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  throw new StateError('States.DataLimitExceeded', text);
}
