import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { isExpression } from '../language/value-checks.ts';
import type { DataFlow, PassedOn } from './data-flow.ts';
import { evaluationError, type Step, UnsupportedResult } from './step.ts';

/** States whose `Output` sees `$states.result` (the page below). */
const RESULTING = ['Task', 'Parallel', 'Map'];

/** Data as states of JSONata take and give it (Step Functions guide, "Transforming data with JSONata"). */
export const JSONATA_FLOW: DataFlow = {
  async take(step) {
    const { Arguments } = step.state.fields;
    if (Arguments === undefined) return step.input;
    const taken = await fill(step, Arguments, 'Arguments', {});
    step.inspect?.('afterArguments', taken);
    return taken;
  },

  finish: (step, result) =>
    passOn(step, step.state.fields, RESULTING.includes(step.state.type) ? { result } : {}, result),

  caught: (step, catcher, errorOutput) => passOn(step, catcher, { errorOutput }, errorOutput),

  async chosen(step, holder) {
    const { output } = await passOn(
      step,
      { Output: holder.Output ?? step.state.fields.Output },
      {},
      step.input,
    );
    return { output, assigned: await assignedBy(step, holder, {}) };
  },

  async field(step, holder, name) {
    const value = holder[name];
    return isExpression(value) ? evaluate(step, value, name, {}) : value;
  },

  fill: (step, template, name, _input, context) => fill(step, template, name, { context }),
};

/** `Output` and `Assign` see the same variables: neither sees what the other gives (the guide's "Evaluation order"). */
async function passOn(
  step: Step,
  holder: JsonObject,
  states: JsonObject,
  otherwise: unknown,
): Promise<PassedOn> {
  const output = holder.Output === undefined ? otherwise : await fill(step, holder.Output, 'Output', states);
  return { output, assigned: await assignedBy(step, holder, states) };
}

async function assignedBy(step: Step, { Assign }: JsonObject, states: JsonObject): Promise<JsonObject> {
  const assigned = Assign === undefined ? {} : await fill(step, Assign, 'Assign', states);
  return isObject(assigned) ? assigned : {};
}

/** Fills every text that is an expression, however deep it stands. */
async function fill(step: Step, template: unknown, name: string, states: JsonObject): Promise<unknown> {
  if (isExpression(template)) return evaluate(step, template, name, states);
  if (Array.isArray(template))
    return Promise.all(template.map((item, at) => fill(step, item, `${name}[${at}]`, states)));
  if (!isObject(template)) return template;
  const members = Object.entries(template).map(async ([key, value]) => [
    key,
    await fill(step, value, `${name}/${key}`, states),
  ]);
  return Object.fromEntries(await Promise.all(members));
}

/**
 * Evaluates an expression with `$states` and the variables. Rejects with the StateError `States.QueryEvaluationError` in the
 * words of AWS (LocalStack's records "test_undefined_reference" of AWS,
 * tests/aws/services/stepfunctions/v2/assign/test_assign_reference_variables.snapshot.json).
 */
async function evaluate(step: Step, text: string, name: string, states: JsonObject): Promise<unknown> {
  const expression = text.slice(2, -2).trim();
  const told = `The JSONata expression '${expression}' specified for the field '${name}'`;
  const { input, context, scope, tools } = step;
  const bindings = { ...scope.variables, states: { input, context, ...states } };
  let value: unknown;
  try {
    value = await tools.evaluateJsonata(expression, bindings);
  } catch (error) {
    // LocalStack's record "test_map_state_items_eval_jsonata_fail[function]" of AWS.
    if (error instanceof UnsupportedResult)
      throw evaluationError(step, `${told} returned an unsupported result type.`, name);
    const reason = error instanceof Error ? error.message : String(error);
    throw evaluationError(step, `${told} threw an error during evaluation. ${reason}`, name);
  }
  if (value === undefined) throw evaluationError(step, `${told} returned nothing (undefined).`, name);
  return value;
}
