import { isObject } from '../../../aws/json-object.ts';
import { pauseFor, runAt } from '../../../clock.ts';
import { unlessAborted } from '../../../unless-aborted.ts';
import { timestampOf } from '../language/value-checks.ts';
import { applies } from './choice-rule.ts';
import type { DataFlow, PassedOn } from './data-flow.ts';
import { StateError } from './state-error.ts';
import { evaluationError, type Step, stateError } from './step.ts';

/** The longest that a Wait state waits: a year (Step Functions guide, "Wait workflow state"). */
const MAX_WAIT_SECONDS = 99_999_999;

/** A Pass state's result: its own, or what it took. */
export function pass({ state }: Step, taken: unknown): unknown {
  return state.fields.Result === undefined ? taken : state.fields.Result;
}

/** Waits so many seconds, or until a time, and resolves with what the state took. Rejects with the signal's reason. */
export async function wait(step: Step, taken: unknown, flow: DataFlow): Promise<unknown> {
  const { state, tools, signal } = step;
  const seconds = await flow.field(step, state.fields, 'Seconds');
  if (seconds !== undefined) await pauseFor(tools.pauses, secondsOf(step, seconds) * 1_000, signal);
  else await waitUntil(step, timeOf(step, await flow.field(step, state.fields, 'Timestamp')));
  signal.throwIfAborted();
  return taken;
}

async function waitUntil({ tools, signal }: Step, timeMs: number): Promise<void> {
  const due = Promise.withResolvers<void>();
  const timer = runAt(tools.day, timeMs, due.resolve);
  try {
    await unlessAborted(due.promise, signal);
  } finally {
    timer.cancel();
  }
}

/** The wordings are those of LocalStack's records of AWS, tests/aws/services/stepfunctions/v2/base/test_wait.snapshot.json. */
function secondsOf(step: Step, seconds: unknown): number {
  const { SecondsPath } = step.state.fields;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds))
    throw stateError(
      step,
      `The SecondsPath parameter does not reference an integer value: ${SecondsPath} == ${seconds}`,
    );
  if (seconds < 0)
    throw stateError(
      step,
      `The SecondsPath parameter references a negative value: ${SecondsPath} == ${seconds}`,
    );
  if (seconds > MAX_WAIT_SECONDS) throw stateError(step, 'Wait state delay is too long.');
  return seconds;
}

/** The wordings are those of LocalStack's records "test_wait_timestamp_path" and "test_wait_timestamp_jsonata" of AWS. */
function timeOf(step: Step, timestamp: unknown): number {
  const timeMs = timestampOf(timestamp);
  if (timeMs !== undefined) return timeMs;
  const { TimestampPath } = step.state.fields;
  const format = 'ISO-8601 extended offset date-time format string';
  if (TimestampPath === undefined)
    throw evaluationError(
      step,
      `The Timestamp field cannot be parsed as an ${format}: ${timestamp}`,
      'Timestamp',
    );
  throw stateError(
    step,
    `The TimestampPath parameter does not reference a valid ${format}: ${TimestampPath} == ${timestamp}`,
  );
}

/** Rejects with the error of a Fail state. */
export async function fail(step: Step, flow: DataFlow): Promise<never> {
  const error = await flow.field(step, step.state.fields, 'Error');
  const cause = await flow.field(step, step.state.fields, 'Cause');
  throw new StateError(textOr(error), textOr(cause));
}

function textOr(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** The state that the first rule that applies leads to, or the default. Rejects with StateError for neither. */
export async function choose(
  step: Step,
  taken: unknown,
  flow: DataFlow,
): Promise<PassedOn & { next: string }> {
  const { state, context, scope } = step;
  const roots = { input: taken, context, variables: scope.variables };
  for (const { next, fields } of state.rules) {
    const isChosen =
      state.language === 'JSONata' ? await holds(step, fields.Condition, flow) : applies(step, fields, roots);
    if (isChosen) return { ...(await flow.chosen(step, fields)), next };
  }
  const { Default } = state.fields;
  if (typeof Default === 'string') return { ...(await flow.chosen(step, state.fields)), next: Default };
  throw stateError(
    step,
    'Failed to transition out of the state. The state does not point to a next state.',
    'States.NoChoiceMatched',
  );
}

async function holds(step: Step, condition: unknown, flow: DataFlow): Promise<boolean> {
  const value = await flow.field(step, { Condition: condition }, 'Condition');
  if (typeof value === 'boolean') return value;
  const found = isObject(value) ? 'object' : typeof value;
  throw evaluationError(
    step,
    `The JSONata expression specified for the field 'Condition' returned an unexpected result type. Expected 'boolean', but was '${found}' for value: ${JSON.stringify(value)}`,
    'Condition',
  );
}
