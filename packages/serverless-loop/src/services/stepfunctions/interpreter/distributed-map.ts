import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { batchesOf } from './batches.ts';
import type { DataFlow } from './data-flow.ts';
import { itemReader } from './item-reader.ts';
import { itemsOf } from './map-items.ts';
import { wholeNumber } from './map-numbers.ts';
import { countEnd, countStart, countsOf, isTolerated, type MapRun } from './map-run.ts';
import { resultWriter, type WriteResults } from './result-writer.ts';
import { errorDetails, errorOutput, StateError } from './state-error.ts';
import { type Child, type Step, stateError } from './step.ts';

/** Child executions at a time where the Map sets no limit (Step Functions guide, "Using Map state in Distributed mode"). */
const MAX_AT_A_TIME = 10_000;

/**
 * Runs a child execution for each item, with a history and variables of its own, and resolves with the list of the outputs, or
 * with what the ResultWriter makes of it. It fails when more of them fail than the Map tolerates (guide, "Setting failure
 * thresholds for Distributed Map states"). Rejects with StateError.
 */
export async function distributedMap(step: Step, input: unknown, flow: DataFlow): Promise<unknown> {
  const { thread, state, tools } = step;
  const isRead = state.fields.ItemReader !== undefined;
  const items = isRead ? [] : await itemsOf(step, input, flow);
  const maxConcurrency = (await wholeNumber(step, 'MaxConcurrency', flow)) ?? 0;
  // The items of a reader are not counted yet (LocalStack's records "test_map_item_reader_*" of AWS).
  thread.add('MapStateStarted', { member: 'mapStateStartedEventDetails', value: { length: items.length } });
  const read = await itemReader(step, input, flow);
  const run = await newRun(step, maxConcurrency, flow);
  const write = await resultWriter(step, run, input, flow);
  tools.addMapRun(run);
  thread.add('MapRunStarted', { member: 'mapRunStartedEventDetails', value: { mapRunArn: run.arn } });
  try {
    const result = await resultOf(step, run, { input, flow, write, items: read ? await read() : items });
    thread.add('MapRunSucceeded');
    thread.note('MapStateSucceeded');
    return result;
  } catch (error) {
    step.signal.throwIfAborted();
    if (!(error instanceof StateError)) throw error;
    run.status = 'FAILED';
    run.stoppedMs ??= tools.clock.now();
    thread.add('MapRunFailed', { member: 'mapRunFailedEventDetails', value: errorDetails(error) });
    throw error;
  }
}

interface Given {
  items: readonly unknown[];
  /** Of the Map. */
  input: unknown;
  flow: DataFlow;
  write: WriteResults | undefined;
}

async function resultOf(step: Step, run: MapRun, given: Given): Promise<unknown> {
  const { signal, tools } = step;
  const { items, input, flow, write } = given;
  const inputs = await inputsOf(step, items, input, flow);
  run.executions = countsOf(inputs.length);
  run.items = countsOf(items.length);
  const children = await runAll(step, run, inputs);
  run.stoppedMs = tools.clock.now();
  run.status = signal.aborted ? 'ABORTED' : isTolerated(run) ? 'SUCCEEDED' : 'FAILED';
  signal.throwIfAborted();
  const written = await write?.(children);
  // LocalStack's record of AWS has this cause.
  if (run.status === 'FAILED')
    throw new StateError(
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    );
  return write ? written : children.map((child) => (child ? outputOf(child) : null));
}

function outputOf(child: Child): unknown {
  const { status, output, error, cause } = child.outcome();
  return status === 'SUCCEEDED' ? output : errorOutput(new StateError(error, cause));
}

/** Runs them side by side, until all have ended or too many have failed: those that run are stopped then. */
async function runAll(
  { state, context, tools, signal }: Step,
  run: MapRun,
  inputs: readonly unknown[],
): Promise<(Child | undefined)[]> {
  const label = run.machineArn.slice(run.machineArn.lastIndexOf('/') + 1);
  const machine = state.processor?.machine;
  if (!machine) throw new StateError('States.Runtime', 'The Map has no ItemProcessor.');
  const started: (Child | undefined)[] = inputs.map(() => undefined);
  const waiting = inputs.entries();
  const children = new Set<Child>();
  const isOver = () => signal.aborted || !isTolerated(run);
  const stopAll = () => {
    for (const child of children) child.stop();
  };
  const work = async (): Promise<void> => {
    for (const [index, input] of waiting) {
      if (isOver()) return;
      const items = itemsIn(input, state.fields);
      countStart(run, items);
      const child = tools.startChild({ machine, label, mapRunArn: run.arn, input, context });
      started[index] = child;
      children.add(child);
      await child.ended;
      children.delete(child);
      countEnd(run, child.outcome().status, items);
      if (isOver()) stopAll();
    }
  };
  signal.addEventListener('abort', stopAll);
  try {
    const limit = run.maxConcurrency || MAX_AT_A_TIME;
    await Promise.all(Array.from({ length: Math.min(limit, inputs.length) }, work));
  } finally {
    signal.removeEventListener('abort', stopAll);
  }
  return started;
}

function itemsIn(input: unknown, { ItemBatcher }: JsonObject): number {
  return isObject(ItemBatcher) && isObject(input) && Array.isArray(input.Items) ? input.Items.length : 1;
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

async function newRun(step: Step, maxConcurrency: number, flow: DataFlow): Promise<MapRun> {
  const { context, state, tools } = step;
  const { fields } = state;
  const percentage = await flow.field(step, fields, 'ToleratedFailurePercentage');
  const path = fields.ToleratedFailurePercentagePath;
  // LocalStack's record "test_map_state_tolerated_failure_percentage_path[NoNumber]" of AWS.
  if (typeof path === 'string' && typeof percentage !== 'number')
    throw stateError(
      step,
      `The ToleratedFailurePercentagePath field refers to value "${shownOf(percentage)}" which is not a valid float: ${path}`,
    );
  if (percentage !== undefined && (typeof percentage !== 'number' || percentage < 0 || percentage > 100))
    throw stateError(step, 'ToleratedFailurePercentage must be between 0 and 100.');
  const label = typeof fields.Label === 'string' ? fields.Label : tools.chance.uuid();
  const machineArn = `${String(Object(context.StateMachine).Id)}/${label}`;
  return {
    arn: `${machineArn.replace(':stateMachine:', ':mapRun:')}:${tools.chance.uuid()}`,
    executionArn: String(Object(context.Execution).Id),
    machineArn,
    startedMs: tools.clock.now(),
    status: 'RUNNING',
    maxConcurrency,
    toleratedFailurePercentage: typeof percentage === 'number' ? percentage : 0,
    toleratedFailureCount: (await wholeNumber(step, 'ToleratedFailureCount', flow)) ?? 0,
    executions: countsOf(0),
    items: countsOf(0),
  };
}

function shownOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
