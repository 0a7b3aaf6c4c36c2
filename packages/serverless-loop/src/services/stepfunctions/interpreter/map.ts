import { Thread } from '../history/history.ts';
import type { DataFlow } from './data-flow.ts';
import { itemsOf } from './map-items.ts';
import { wholeNumber } from './map-numbers.ts';
import { StateError } from './state-error.ts';
import type { Step } from './step.ts';

/** The most iterations of an inline Map at a time where it sets no limit (Step Functions guide, "Using Map state in Inline mode"). */
const MAX_AT_A_TIME = 40;

/**
 * Runs a machine for each item and resolves with the list of the outputs, in the order of the items. The first iteration that
 * fails ends the others (states language, "Map State"). Rejects with its StateError.
 */
export async function map(step: Step, input: unknown, flow: DataFlow): Promise<unknown[]> {
  const { thread, signal } = step;
  const items = await itemsOf(step, input, flow);
  const limit = (await wholeNumber(step, 'MaxConcurrency', flow)) || MAX_AT_A_TIME;
  const startedId = thread.add('MapStateStarted', {
    member: 'mapStateStartedEventDetails',
    value: { length: items.length },
  });
  const failed = new AbortController();
  const inner: Step = { ...step, signal: AbortSignal.any([signal, failed.signal]) };
  const outputs: unknown[] = items.map(() => null);
  const waiting = items.entries();
  let lastId = startedId;
  let firstError: unknown;
  /** Takes one item after the other; its events follow each other. */
  async function work(): Promise<void> {
    const own = new Thread(thread.history, startedId);
    for (const [index, item] of waiting) {
      if (inner.signal.aborted) return;
      try {
        outputs[index] = await iterate(inner, { index, item, input, thread: own }, flow);
        lastId = own.note('MapIterationSucceeded', iterationDetails(step, 'Succeeded', index));
      } catch (error) {
        const isFirst = !inner.signal.aborted;
        if (isFirst) {
          firstError = error;
          lastId = own.lastId;
          failed.abort();
        }
        const end = isFirst ? 'Failed' : 'Aborted';
        thread.history.add(lastId, `MapIteration${end}`, iterationDetails(step, end, index));
        own.abandon(lastId);
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  signal.throwIfAborted();
  thread.lastId = lastId;
  if (failed.signal.aborted) throw firstError;
  thread.note('MapStateSucceeded');
  return outputs;
}

interface Iteration {
  index: number;
  item: unknown;
  /** Of the Map. */
  input: unknown;
  thread: Thread;
}

async function iterate(
  step: Step,
  { index, item, input, thread }: Iteration,
  flow: DataFlow,
): Promise<unknown> {
  const { state, scope, tools, signal, runMachine } = step;
  thread.add('MapIterationStarted', iterationDetails(step, 'Started', index));
  // All that may run start before the first of them enters a state (record "test_service_lambda_map_timeout").
  await Promise.resolve();
  const context = { ...step.context, Map: { Item: { Index: index, Value: item } } };
  const { ItemSelector, Parameters } = state.fields;
  const template = ItemSelector ?? Parameters;
  const given =
    template === undefined ? item : await flow.fill(step, template, 'ItemSelector', input, context);
  if (!state.processor) throw new StateError('States.Runtime', 'The Map has no ItemProcessor.');
  return runMachine(state.processor.machine, {
    input: given,
    context,
    scope: scope.inner(),
    thread,
    tools,
    signal,
  });
}

function iterationDetails({ state }: Step, end: string, index: number) {
  return { member: `mapIteration${end}EventDetails`, value: { name: state.name, index } };
}
