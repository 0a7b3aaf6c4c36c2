import type { JsonObject } from '../../../aws/json-object.ts';
import { History, Thread } from '../history/history.ts';
import type { State } from '../language/machine.ts';
import type { DataFlow } from './data-flow.ts';
import { itemsOf } from './map-items.ts';
import { wholeNumber } from './map-numbers.ts';
import { delayMs } from './retry.ts';
import { attempt, flowOf, runMachine, workOf } from './run-machine.ts';
import { Scope } from './scope.ts';
import { errorDetails, errorOutput, isTaken, StateError } from './state-error.ts';
import type { Step, Tools } from './step.ts';

/** A state that is tested alone (Step Functions guide, "Using TestState API to test a state"). */
export interface TestedState {
  state: State;
  input: unknown;
  variables: JsonObject;
  context: JsonObject;
  /** In place of the work of a Task, a Map or a Parallel state. */
  mock?: { result: unknown } | { error: StateError };
  /** So often it has been tried again by the retrier that takes its error. */
  retryCount: number;
  /** Of a Map whose result is mocked: so many of its iterations failed. */
  failureCount: number;
}

export interface TestResult {
  status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  output?: unknown;
  error?: string;
  cause?: string;
  nextState?: string;
  /** Data on its way through the state, by the names of `inspectionData`. */
  inspection: JsonObject;
}

/** Goes through a state once, without history. Never rejects but with the signal's reason. */
export async function testState(tested: TestedState, tools: Tools, signal: AbortSignal): Promise<TestResult> {
  const { state, input, variables, context } = tested;
  const flow = flowOf(state);
  const scope = new Scope();
  scope.assign(variables);
  const inspection: JsonObject = { input };
  // A Pass state with a result of its own takes nothing (LocalStack's record "test_base_inspection_level_debug[IO_RESULT_PASS_STATE]" of AWS).
  const isGiven = state.type === 'Pass' && state.fields.Result !== undefined;
  const step: Step = {
    state,
    input,
    context,
    scope,
    thread: new Thread(new History(() => tools.clock.now())),
    enteredId: 0,
    tools,
    signal,
    runMachine,
    inspect(name, value) {
      if (!isGiven || !/^after(InputPath|Parameters)$/.test(name)) inspection[name] = value;
    },
  };
  const withVariables = () => {
    if (Object.keys(scope.variables).length > 0) inspection.variables = scope.variables;
    return inspection;
  };
  try {
    const { output, assigned, next } = await attempt(step, flow, (...given) => resultOf(tested, ...given));
    scope.assign(assigned);
    return {
      status: 'SUCCEEDED',
      output,
      ...(next !== undefined && { nextState: next }),
      inspection: withVariables(),
    };
  } catch (error) {
    signal.throwIfAborted();
    const failure = error instanceof StateError ? error : new StateError('States.Runtime', String(error));
    return { ...(await handled(step, flow, failure, tested)), inspection: withVariables() };
  }
}

async function resultOf({ mock, failureCount }: TestedState, step: Step, taken: unknown, flow: DataFlow) {
  const { type, fields } = step.state;
  const isTolerated = type !== 'Map' || (await inspectMap(step, taken, flow, failureCount));
  if (mock && 'error' in mock) throw mock.error;
  if (!isTolerated)
    throw new StateError(
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    );
  const result = mock ? mock.result : await workOf(step, taken, flow);
  if (type === 'Task' || (type === 'Pass' && fields.Result !== undefined)) step.inspect?.('result', result);
  return result;
}

/**
 * Tells what a Map would work on. Resolves with true when it tolerates that so many of its iterations failed, as one does that
 * sets no limit (LocalStack's record "test_map_state_failure_count" of AWS). Rejects with StateError.
 */
async function inspectMap(
  step: Step,
  taken: unknown,
  flow: DataFlow,
  failureCount: number,
): Promise<boolean> {
  const { fields } = step.state;
  const items = fields.ItemReader === undefined ? await itemsOf(step, taken, flow) : [];
  if (step.state.language === 'JSONPath' && fields.ItemReader === undefined)
    step.inspect?.('afterItemsPath', items);
  step.inspect?.('maxConcurrency', (await wholeNumber(step, 'MaxConcurrency', flow)) ?? 0);
  const count = await wholeNumber(step, 'ToleratedFailureCount', flow);
  const percentage = await flow.field(step, fields, 'ToleratedFailurePercentage');
  if (count !== undefined) step.inspect?.('toleratedFailureCount', count);
  if (percentage !== undefined) step.inspect?.('toleratedFailurePercentage', percentage);
  const isMuch = typeof percentage === 'number' && (failureCount / items.length) * 100 > percentage;
  return !isMuch && failureCount <= (count ?? failureCount);
}

/** The end by the retrier or the catcher that takes the error, or by none. */
async function handled(
  step: Step,
  flow: DataFlow,
  error: StateError,
  { retryCount }: TestedState,
): Promise<Omit<TestResult, 'inspection'>> {
  const { state, tools } = step;
  const told = errorDetails(error);
  const retryIndex = state.retriers.findIndex(({ errors }) => isTaken(error, errors));
  const retrier = state.retriers[retryIndex];
  if (retrier && retryCount < retrier.maxAttempts) {
    const retryBackoffIntervalSeconds = delayMs(retrier, retryCount, tools.chance.random) / 1_000;
    step.inspect?.('errorDetails', { retryIndex, retryBackoffIntervalSeconds });
    return { status: 'RETRIABLE', ...told };
  }
  const catchIndex = state.catchers.findIndex(({ errors }) => isTaken(error, errors));
  const catcher = state.catchers[catchIndex];
  if (!catcher) {
    if (retrier) step.inspect?.('errorDetails', { retryIndex });
    return { status: 'FAILED', ...told };
  }
  step.inspect?.('errorDetails', { catchIndex });
  try {
    const { output, assigned } = await flow.caught(step, catcher.fields, errorOutput(error));
    step.scope.assign(assigned);
    return { status: 'CAUGHT_ERROR', output, nextState: catcher.next, ...told };
  } catch (failure) {
    if (!(failure instanceof StateError)) throw failure;
    return { status: 'FAILED', ...errorDetails(failure) };
  }
}
