import { lowerFirst } from '../../../aws/first-letter.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import type { Clock } from '../../../clock.ts';
import { held } from '../history/history.ts';
import { errorDetails, StateError } from '../interpreter/state-error.ts';
import type { CallTask, TaskCall } from '../interpreter/step.ts';
import { parseResource, type ServiceResource } from './resource.ts';
import type { TaskTokens } from './task-tokens.ts';
import { withinLimit, withinTime } from './within.ts';

/** The ways from a task to what it names. Both reject with the StateError of the task. */
export interface TaskPorts {
  clock: Pick<Clock, 'after'>;
  tokens: TaskTokens;
  region: string;
  /** Invokes a function and resolves with its answer. */
  invokeFunction(arn: string, call: TaskCall): Promise<unknown>;
  /**
   * Calls an operation of a service and resolves with its answer; with `.sync`, when the job that it began has ended. It tells of
   * that beginning by `onSubmitted`.
   */
  callService(
    resource: ServiceResource,
    call: TaskCall,
    onSubmitted: (answer: unknown) => void,
  ): Promise<unknown>;
  /** Leaves a task with the workers of an activity; they answer by its token. `onStarted` is told of the one that takes it. */
  offerActivity(arn: string, task: ActivityTask): void;
}

/** A task that waits for a worker. */
export interface ActivityTask {
  token: string;
  /** JSON. */
  input: string;
  /** Aborted when nobody waits for it any more. */
  signal: AbortSignal;
  onStarted(workerName: string | undefined): void;
}

/** Does tasks and writes their events, as AWS was seen to write them (LocalStack's records, v2/services, v2/callback, v2/timeouts). */
export function taskCaller(ports: TaskPorts): CallTask {
  return async (call) => {
    const resource = parseResource(call.resource);
    if (resource?.kind === 'function') return callFunction(resource.arn, call, ports);
    if (resource?.kind === 'service') return callService(resource, call, ports);
    if (resource?.kind === 'activity') return callActivity(resource.arn, call, ports);
    throw new StateError('States.Runtime', `The loop can't run the task ${call.resource}.`);
  };
}

async function callFunction(arn: string, call: TaskCall, ports: TaskPorts): Promise<unknown> {
  const { thread, input, timeoutSeconds } = call;
  const scheduled = {
    ...held('input', input),
    resource: arn,
    ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
  };
  thread.add('LambdaFunctionScheduled', {
    member: 'lambdaFunctionScheduledEventDetails',
    value: scheduled,
  });
  thread.add('LambdaFunctionStarted');
  const output = await told(call, 'LambdaFunction', {}, () =>
    withinTime(call, ports.clock, (signal) => ports.invokeFunction(arn, { ...call, signal })),
  );
  thread.add('LambdaFunctionSucceeded', {
    member: 'lambdaFunctionSucceededEventDetails',
    value: held('output', output),
  });
  return output;
}

async function callService(resource: ServiceResource, call: TaskCall, ports: TaskPorts): Promise<unknown> {
  const { thread, input, timeoutSeconds, heartbeatSeconds } = call;
  const names = { resourceType: resource.resourceType, resource: resource.resource };
  const scheduled = {
    ...names,
    region: ports.region,
    parameters: JSON.stringify(input),
    ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
  };
  thread.add('TaskScheduled', { member: 'taskScheduledEventDetails', value: scheduled });
  thread.add('TaskStarted', { member: 'taskStartedEventDetails', value: names });
  const output = await told(call, 'Task', names, () =>
    withinTime(call, ports.clock, (signal) => answerOf(resource, { ...call, signal }, names, ports)),
  );
  thread.add('TaskSucceeded', {
    member: 'taskSucceededEventDetails',
    value: { ...names, ...held('output', output) },
  });
  return output;
}

/** The answer of the operation, or that of the callback when the task waits for one, which may come before the operation's own. */
async function answerOf(
  resource: ServiceResource,
  call: TaskCall,
  names: JsonObject,
  { tokens, callService }: TaskPorts,
): Promise<unknown> {
  const { token, thread, signal, heartbeatSeconds } = call;
  const onSubmitted = (submitted: unknown) => {
    signal.throwIfAborted();
    thread.add('TaskSubmitted', {
      member: 'taskSubmittedEventDetails',
      value: { ...names, ...held('output', submitted) },
    });
  };
  if (token === undefined) return callService(resource, call, onSubmitted);
  const done = new AbortController();
  const callback = tokens.wait(token, AbortSignal.any([signal, done.signal]), heartbeatSeconds);
  // A callback that fails before the operation has answered is told below.
  callback.catch(() => {});
  try {
    onSubmitted(await callService(resource, call, onSubmitted));
    return await callback;
  } finally {
    done.abort();
  }
}

/** Waits for a worker of an activity to take the task and to answer (Step Functions guide, "Activities"). */
async function callActivity(resource: string, call: TaskCall, ports: TaskPorts): Promise<unknown> {
  const { thread, input, token = '', timeoutSeconds, heartbeatSeconds } = call;
  const scheduled = {
    resource,
    ...held('input', input),
    ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
  };
  thread.add('ActivityScheduled', { member: 'activityScheduledEventDetails', value: scheduled });
  const { tokens } = ports;
  const output = await told(call, 'Activity', {}, () =>
    withinTime(call, ports.clock, (signal) => {
      const answer = tokens.wait(token, signal, heartbeatSeconds, { beatsLater: true });
      const onStarted = (workerName: string | undefined) => {
        tokens.beat(token);
        const value = workerName === undefined ? {} : { workerName };
        thread.add('ActivityStarted', { member: 'activityStartedEventDetails', value });
      };
      ports.offerActivity(resource, { token, input: JSON.stringify(input), signal, onStarted });
      return answer;
    }),
  );
  thread.add('ActivitySucceeded', {
    member: 'activitySucceededEventDetails',
    value: held('output', output),
  });
  return output;
}

/** Writes the event of a failure; that of an execution's end is not the task's. */
async function told(
  call: TaskCall,
  kind: 'LambdaFunction' | 'Task' | 'Activity',
  names: JsonObject,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const { thread, signal } = call;
  try {
    return withinLimit(call, names, await work());
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof StateError)) throw error;
    const end = error.error === 'States.Timeout' ? 'TimedOut' : 'Failed';
    const member = `${lowerFirst(kind)}${end}EventDetails`;
    thread.add(`${kind}${end}`, { member, value: { ...names, ...errorDetails(error) } });
    throw error;
  }
}
