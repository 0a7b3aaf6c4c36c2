import { History, Thread } from '../history/history.ts';
import { batchesOf } from './batches.ts';
import type { DataFlow } from './data-flow.ts';
import { itemsOf } from './map-items.ts';
import { wholeNumber } from './map-numbers.ts';
import { Scope } from './scope.ts';
import { errorDetails, errorOutput, StateError } from './state-error.ts';
import { type Step, stateError } from './step.ts';

/** Child executions at a time where the Map sets no limit (Step Functions guide, "Using Map state in Distributed mode"). */
const MOST_AT_A_TIME = 10_000;

/**
 * Runs a child execution for each item, with a history and variables of its own, and resolves with the list of the outputs. It
 * fails when more of them fail than the Map tolerates (guide, "Setting failure thresholds for Distributed Map states"). Rejects
 * with StateError.
 */
export async function distributedMap(step: Step, input: unknown, flow: DataFlow): Promise<unknown[]> {
  const { thread, signal, context, state, tools } = step;
  if (state.fields.ResultWriter !== undefined)
    throw stateError(step, 'The loop writes no results for a ResultWriter.', 'States.ResultWriterFailed');
  const items = await itemsOf(step, input, flow);
  const limit = (await wholeNumber(step, 'MaxConcurrency', flow)) || MOST_AT_A_TIME;
  thread.add('MapStateStarted', { member: 'mapStateStartedEventDetails', value: { length: items.length } });
  const inputs = await inputsOf(step, items, input, flow);
  const isTolerated = await toleranceOf(step, inputs.length, flow);
  const label = typeof state.fields.Label === 'string' ? state.fields.Label : tools.chance.uuid();
  const mapRunArn = `${machineArnOf(context).replace(':stateMachine:', ':mapRun:')}/${label}:${tools.chance.uuid()}`;
  thread.add('MapRunStarted', { member: 'mapRunStartedEventDetails', value: { mapRunArn } });
  const exceeded = new AbortController();
  const inner: Step = { ...step, signal: AbortSignal.any([signal, exceeded.signal]) };
  const outputs: unknown[] = inputs.map(() => null);
  const waiting = inputs.entries();
  let failures = 0;
  async function work(): Promise<void> {
    for (const [index, childInput] of waiting) {
      if (inner.signal.aborted) return;
      try {
        outputs[index] = await runChild(inner, childInput);
      } catch (error) {
        if (inner.signal.aborted) return;
        if (!(error instanceof StateError)) throw error;
        outputs[index] = errorOutput(error);
        failures += 1;
        if (!isTolerated(failures)) exceeded.abort();
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, inputs.length) }, work));
  signal.throwIfAborted();
  if (exceeded.signal.aborted) {
    // LocalStack's record of AWS has this cause.
    const error = new StateError(
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    );
    thread.add('MapRunFailed', { member: 'mapRunFailedEventDetails', value: errorDetails(error) });
    throw error;
  }
  thread.add('MapRunSucceeded');
  thread.note('MapStateSucceeded');
  return outputs;
}

async function runChild(step: Step, input: unknown): Promise<unknown> {
  const { state, context, tools, signal, runMachine } = step;
  if (!state.processor) throw new StateError('States.Runtime', 'The Map has no ItemProcessor.');
  const thread = new Thread(new History(() => tools.clock.now()));
  return runMachine(state.processor.machine, { input, context, scope: new Scope(), thread, tools, signal });
}

/** The inputs of the child executions: the items, each as the ItemSelector makes it, alone or in batches. */
async function inputsOf(
  step: Step,
  items: readonly unknown[],
  input: unknown,
  flow: DataFlow,
): Promise<readonly unknown[]> {
  const { ItemSelector, Parameters } = step.state.fields;
  const template = ItemSelector ?? Parameters;
  if (template === undefined) return batchesOf(step, items, input, flow);
  const selected: unknown[] = [];
  for (const [Index, Value] of items.entries()) {
    const context = { ...step.context, Map: { Item: { Index, Value } } };
    selected.push(await flow.fill(step, template, 'ItemSelector', input, context));
  }
  return batchesOf(step, selected, input, flow);
}

/** Judges a number of failures by the count or the percentage that the Map tolerates: without either, none. */
async function toleranceOf(
  step: Step,
  total: number,
  flow: DataFlow,
): Promise<(failures: number) => boolean> {
  const count = await wholeNumber(step, 'ToleratedFailureCount', flow);
  const percentage = await flow.field(step, step.state.fields, 'ToleratedFailurePercentage');
  if (percentage !== undefined && (typeof percentage !== 'number' || percentage < 0 || percentage > 100))
    throw stateError(step, 'ToleratedFailurePercentage must be between 0 and 100.');
  return (failures) => {
    if (count === undefined && percentage === undefined) return failures === 0;
    const isMany = count !== undefined && failures > count;
    const isMuch = typeof percentage === 'number' && (failures / total) * 100 > percentage;
    return !isMany && !isMuch;
  };
}

function machineArnOf({ StateMachine }: Step['context']): string {
  return String(Object(StateMachine).Id);
}
