import { setImmediate } from 'node:timers/promises';
import type { JsonObject } from '../../../aws/json-object.ts';
import { held } from '../history/history.ts';
import type { Machine, State } from '../language/machine.ts';
import type { DataFlow, PassedOn } from './data-flow.ts';
import { distributedMap } from './distributed-map.ts';
import { JSONATA_FLOW } from './jsonata-flow.ts';
import { JSONPATH_FLOW } from './jsonpath-flow.ts';
import { map } from './map.ts';
import { parallel } from './parallel.ts';
import { retrying } from './retry.ts';
import { choose, fail, pass, wait } from './simple-states.ts';
import { errorDetails, errorOutput, isTaken, StateError } from './state-error.ts';
import type { Beginning, Step } from './step.ts';
import { task, waitsForCallback } from './task.ts';

/** The largest output of a state (Step Functions guide, "Service quotas", "Maximum input or output size"). */
const MAX_BYTES = 262_144;

/** The most events of an execution (the same page, "Maximum execution history size"). */
const MAX_EVENTS = 25_000;

/** A machine that never waits lets others work after so many states, and can be stopped then. */
const STATES_AT_ONCE = 50;

type Exit = PassedOn & { next?: string };

/** Runs a machine to its end and resolves with its output. Rejects with StateError, or with the signal's reason. */
export async function runMachine(machine: Machine, beginning: Beginning): Promise<unknown> {
  let { input } = beginning;
  let passed = 0;
  for (let name: string | undefined = beginning.startAt ?? machine.startAt; name !== undefined; ) {
    const state = machine.states.get(name);
    if (!state) throw new StateError('States.Runtime', `There is no state ${name}.`);
    refuseLong(beginning);
    passed += 1;
    if (passed % STATES_AT_ONCE === 0) await setImmediate();
    beginning.signal.throwIfAborted();
    beginning.onState?.(name, input);
    const { output, next } = await passThrough(state, { ...beginning, input });
    input = output;
    name = next;
  }
  return input;
}

/** Goes through one state: in, through its work, and out by its end or by a catcher. */
async function passThrough(state: State, beginning: Beginning): Promise<Exit> {
  const { thread, scope, tools, input } = beginning;
  const enteredId = thread.enter(state.type, {
    member: 'stateEnteredEventDetails',
    value: { name: state.name, ...held('input', input) },
  });
  const entered = { Name: state.name, EnteredTime: new Date(tools.clock.now()).toISOString() };
  const context = { ...beginning.context, State: entered };
  const step: Step = { ...beginning, state, context, enteredId, runMachine };
  const exit = await exitOf(step);
  beginning.signal.throwIfAborted();
  refuseLarge(step, exit.output);
  scope.assign(exit.assigned);
  thread.exit(state.type, {
    member: 'stateExitedEventDetails',
    value: { name: state.name, ...held('output', exit.output), ...assignedDetails(exit.assigned) },
  });
  return exit;
}

export function flowOf({ language }: State): DataFlow {
  return language === 'JSONata' ? JSONATA_FLOW : JSONPATH_FLOW;
}

async function exitOf(step: Step): Promise<Exit> {
  const flow = flowOf(step.state);
  try {
    return await retrying(step, (retries) =>
      tellingEvaluations(step, () => attempt(withToken(withRetries(step, retries)), flow)),
    );
  } catch (error) {
    step.signal.throwIfAborted();
    if (!(error instanceof StateError)) throw error;
    tellFailure(step);
    const catcher = step.state.catchers.find(({ errors }) => isTaken(error, errors));
    if (!catcher) throw error;
    const PASSED_ON = await tellingEvaluations(step, () =>
      flow.caught(step, catcher.fields, errorOutput(error)),
    );
    return { ...PASSED_ON, next: catcher.next };
  }
}

/**
 * Tells of an expression of the state that failed. The event follows that before the state's entry, unless the state has done
 * something or waits (LocalStack's records of AWS: v2/assign/test_assign_reference_variables "test_undefined_reference",
 * v2/base/test_wait "test_wait_timestamp_jsonata").
 */
async function tellingEvaluations<Value>(step: Step, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    step.signal.throwIfAborted();
    if (error instanceof StateError && error.evaluation?.state === step.state)
      step.thread.addAfter(previousOf(step), 'EvaluationFailed', {
        member: 'evaluationFailedEventDetails',
        value: {
          ...errorDetails(error),
          ...(error.evaluation.location !== undefined && { location: error.evaluation.location }),
          state: step.state.name,
        },
      });
    throw error;
  }
}

function previousOf({ state, thread, enteredId }: Step): number {
  if (thread.lastId !== enteredId || state.type === 'Wait') return thread.lastId;
  return thread.history.events[enteredId - 1]?.previousEventId ?? 0;
}

/**
 * Parallel and Map states that have begun tell of their failure when no retrier takes it any more; a Map at a distance has once
 * its run has (LocalStack's record "test_map_item_reader_csv_max_items_paths[1.5]" of AWS).
 */
function tellFailure({ state, thread, enteredId }: Step): void {
  const last = thread.history.events[thread.lastId - 1];
  const isRunless = state.processor?.isDistributed && last?.type === 'MapStateStarted';
  const hasBegun = thread.lastId !== enteredId && !isRunless;
  if ((state.type === 'Parallel' || state.type === 'Map') && hasBegun) thread.fail(state.type);
}

/** Goes through a state once. The work is its own, unless a test stands in for it. Rejects with StateError. */
export async function attempt(step: Step, flow: DataFlow, work: Work = workOf): Promise<Exit> {
  const { state } = step;
  const taken = await flow.take(step);
  if (state.type === 'Fail') return fail(step, flow);
  if (state.type === 'Choice') return choose(step, taken, flow);
  const PASSED_ON = await flow.finish(step, await work(step, taken, flow));
  return { ...PASSED_ON, ...(state.next !== undefined && { next: state.next }) };
}

/** Makes the result of a state of what it took. */
export type Work = (step: Step, taken: unknown, flow: DataFlow) => Promise<unknown>;

export async function workOf(step: Step, taken: unknown, flow: DataFlow): Promise<unknown> {
  switch (step.state.type) {
    case 'Pass':
      return pass(step, taken);
    case 'Wait':
      return wait(step, taken, flow);
    case 'Task':
      return task(step, taken, flow);
    case 'Parallel':
      return parallel(step, taken);
    case 'Map':
      return step.state.processor?.isDistributed ? distributedMap(step, taken, flow) : map(step, taken, flow);
    default:
      return taken;
  }
}

/** The context object counts the retries from the first on (Step Functions guide, "Accessing execution data from the Context object"). */
function withRetries(step: Step, retries: number): Step {
  if (retries === 0) return step;
  const { context } = step;
  const entered = context.State;
  return { ...step, context: { ...context, State: { ...Object(entered), RetryCount: retries } } };
}

/** Each attempt has a token of its own, which its parameters can pass on. */
function withToken(step: Step): Step {
  if (!waitsForCallback(step.state)) return step;
  return { ...step, context: { ...step.context, Task: { Token: step.tools.newToken() } } };
}

function refuseLong({ thread }: Beginning): void {
  if (thread.history.events.length < MAX_EVENTS - 1) return;
  const text = `The execution reached the maximum number of history events (${MAX_EVENTS}).`;
  throw new StateError('States.Runtime', text);
}

function refuseLarge(step: Step, output: unknown): void {
  if (Buffer.byteLength(JSON.stringify(output)) <= MAX_BYTES) return;
  const text = `The state/task '${step.state.name}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  throw new StateError('States.DataLimitExceeded', text);
}

function assignedDetails(assigned: JsonObject): JsonObject {
  if (Object.keys(assigned).length === 0) return {};
  const values = Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)]);
  return {
    assignedVariables: Object.fromEntries(values),
    assignedVariablesDetails: { truncated: false },
  };
}
