import type { JsonObject } from '../../../aws/json-object.ts';
import type { DataFlow } from './data-flow.ts';
import { type Step, stateError } from './step.ts';

/** A whole number of a Map's field, or of its twin with `Path`; undefined for neither. Rejects with StateError. */
export async function wholeNumber(step: Step, name: string, flow: DataFlow): Promise<number | undefined> {
  const value = await integerField(step, step.state.fields, name, flow);
  if (value === undefined) return undefined;
  // LocalStack's record "test_map_state_tolerated_failure_count_path[-1]" of AWS.
  if (value < 0) throw stateError(step, `${name} cannot be negative.`);
  return value;
}

/** The same, of any holder, though it be below zero. */
export async function integerField(
  step: Step,
  holder: JsonObject,
  name: string,
  flow: DataFlow,
): Promise<number | undefined> {
  const value = await flow.field(step, holder, name);
  if (value === undefined || (typeof value === 'number' && Number.isInteger(value))) return value;
  const path = holder[`${name}Path`];
  // A path may lead to a text (LocalStack's record "test_reference_in_map_state_max_items_path" of AWS, v2/assign).
  if (path !== undefined && typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
  throw noInteger(step, name, value, path);
}

/** LocalStack's record "test_max_concurrency_path[NoNumber]" of AWS, v2/scenarios/test_base_scenarios.snapshot.json. */
function noInteger(step: Step, name: string, value: unknown, path: unknown) {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return path === undefined
    ? stateError(step, `The ${name} field is not a valid integer: ${shown}`)
    : stateError(
        step,
        `The ${name}Path field refers to value "${shown}" which is not a valid integer: ${path}`,
      );
}
