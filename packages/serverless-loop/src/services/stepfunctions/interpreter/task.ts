import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import type { State } from '../language/machine.ts';
import type { DataFlow } from './data-flow.ts';
import { type Step, stateError } from './step.ts';

/** Does a task within its time. Rejects with StateError. */
export async function task(step: Step, input: unknown, flow: DataFlow): Promise<unknown> {
  const { state, context, thread, tools, signal } = step;
  const timeoutSeconds = await secondsOf(step, 'TimeoutSeconds', flow);
  const heartbeatSeconds = await secondsOf(step, 'HeartbeatSeconds', flow);
  const { Credentials, Resource } = state.fields;
  const token = tokenOf(context);
  const credentials =
    Credentials === undefined
      ? undefined
      : await flow.fill(step, Credentials, 'Credentials', step.input, context);
  return tools.callTask({
    resource: String(Resource),
    input,
    context,
    thread,
    signal,
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatSeconds }),
    ...(isObject(credentials) && { credentials }),
    ...(token !== undefined && { token }),
  });
}

/** True for a task that waits until someone sends its token back (Step Functions guide, "Wait for a Callback with Task Token"). */
export function waitsForCallback({ type, fields }: State): boolean {
  const { Resource } = fields;
  if (type !== 'Task' || typeof Resource !== 'string') return false;
  return Resource.endsWith('.waitForTaskToken') || /:states:[^:]*:\d*:activity:/.test(Resource);
}

function tokenOf({ Task }: JsonObject): string | undefined {
  return isObject(Task) && typeof Task.Token === 'string' ? Task.Token : undefined;
}

async function secondsOf(step: Step, name: string, flow: DataFlow): Promise<number | undefined> {
  const seconds = await flow.field(step, step.state.fields, name);
  if (seconds === undefined) return undefined;
  if (typeof seconds === 'number' && Number.isInteger(seconds) && seconds > 0) return seconds;
  throw stateError(step, `The ${name} field must be a positive integer: ${JSON.stringify(seconds)}`);
}
