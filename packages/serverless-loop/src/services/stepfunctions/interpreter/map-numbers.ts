import type { DataFlow } from './data-flow.ts';
import { type Step, stateError } from './step.ts';

/** A whole number of a Map's field, or of its twin with `Path`; undefined for neither. Rejects with StateError. */
export async function wholeNumber(step: Step, name: string, flow: DataFlow): Promise<number | undefined> {
  const value = await flow.field(step, step.state.fields, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw noInteger(step, name, value);
  // LocalStack's record "test_map_state_tolerated_failure_count_path[-1]" of AWS.
  if (value < 0) throw stateError(step, `${name} cannot be negative.`);
  return value;
}

/** LocalStack's record "test_max_concurrency_path[NoNumber]" of AWS, v2/scenarios/test_base_scenarios.snapshot.json. */
function noInteger(step: Step, name: string, value: unknown) {
  const path = step.state.fields[`${name}Path`];
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return path === undefined
    ? stateError(step, `The ${name} field is not a valid integer: ${shown}`)
    : stateError(
        step,
        `The ${name}Path field refers to value "${shown}" which is not a valid integer: ${path}`,
      );
}
