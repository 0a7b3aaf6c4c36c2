import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { isCall } from '../intrinsics/call.ts';
import type { PathRoots } from '../paths/find.ts';
import { parsePath } from '../paths/path.ts';
import { place } from '../paths/place.ts';
import type { DataFlow } from './data-flow.ts';
import { evaluate, fillTemplate, lookUp } from './lookup.ts';
import { type Step, stateError } from './step.ts';

/** States that place a result into their input. */
const PLACING = ['Task', 'Pass', 'Parallel', 'Map'];

/** States whose parameters are one value. */
const PARAMETRIC = ['Task', 'Pass'];

/** Data as states of JSONPath take and give it (states language, "Input and Output Processing"). */
export const JSONPATH_FLOW: DataFlow = {
  async take(step) {
    const input = inputOf(step);
    const { type, fields } = step.state;
    if (type !== 'Parallel') step.inspect?.('afterInputPath', input);
    // A Map fills its `Parameters`, the older name of `ItemSelector`, for each item.
    const isFilled = fields.Parameters !== undefined && type !== 'Map';
    const taken = isFilled ? fillTemplate(step, fields.Parameters, rootsOf(step, input)) : input;
    if (PARAMETRIC.includes(type)) step.inspect?.('afterParameters', taken);
    return taken;
  },

  async finish(step, result) {
    const { type, fields } = step.state;
    const selected =
      fields.ResultSelector === undefined
        ? result
        : fillTemplate(step, fields.ResultSelector, rootsOf(step, result));
    const assigned = assignedBy(step, fields, selected);
    const placed = PLACING.includes(type) ? placedAt(step, fields.ResultPath, selected) : selected;
    if (PLACING.includes(type)) {
      step.inspect?.('afterResultSelector', selected);
      step.inspect?.('afterResultPath', placed);
    }
    return { output: outputOf(step, placed), assigned };
  },

  async caught(step, catcher, error) {
    return { output: placedAt(step, catcher.ResultPath, error), assigned: assignedBy(step, catcher, error) };
  },

  async chosen(step, holder) {
    const input = inputOf(step);
    return { output: outputOf(step, input), assigned: assignedBy(step, holder, input) };
  },

  async field(step, holder, name) {
    const path = holder[`${name}Path`];
    if (typeof path !== 'string') return holder[name];
    const roots = rootsOf(step, inputOf(step));
    if (isCall(path) || name === 'Error' || name === 'Cause')
      return evaluate(step, path, `${name}Path`, roots);
    return lookUp(step, path, roots);
  },

  async fill(step, template, _name, input, context) {
    return fillTemplate(step, template, { ...rootsOf(step, input), context });
  },
};

/** The input that `InputPath` lets through; null lets nothing through. */
function inputOf(step: Step): unknown {
  const { InputPath } = step.state.fields;
  if (InputPath === null) return {};
  return typeof InputPath === 'string' ? lookUp(step, InputPath, rootsOf(step, step.input)) : step.input;
}

function outputOf(step: Step, placed: unknown): unknown {
  const { OutputPath } = step.state.fields;
  if (OutputPath === null) return {};
  return typeof OutputPath === 'string' ? lookUp(step, OutputPath, rootsOf(step, placed)) : placed;
}

/** The result at its place in the state's input; null leaves the result out. */
function placedAt(step: Step, resultPath: unknown, result: unknown): unknown {
  if (resultPath === null) return step.input;
  if (typeof resultPath !== 'string') return result;
  const placed = place(step.input, parsePath(resultPath), result);
  if (placed) return placed.placed;
  const text = `Unable to apply the ReferencePath '${resultPath}' to the input '${JSON.stringify(step.input)}'`;
  throw stateError(step, text, 'States.ResultPathMatchFailure');
}

function assignedBy(step: Step, { Assign }: JsonObject, input: unknown): JsonObject {
  const assigned = Assign === undefined ? {} : fillTemplate(step, Assign, rootsOf(step, input));
  return isObject(assigned) ? assigned : {};
}

function rootsOf({ context, scope }: Step, input: unknown): PathRoots {
  return { input, context, variables: scope.variables };
}
