import { isObject } from '../../../aws/json-object.ts';
import type { DataFlow } from './data-flow.ts';
import { StateError } from './state-error.ts';
import { evaluationError, type Step } from './step.ts';

/** The items of a Map: those of a list in its input, or of an expression. Rejects with StateError. */
export async function itemsOf(step: Step, input: unknown, flow: DataFlow): Promise<readonly unknown[]> {
  const { language, fields } = step.state;
  if (language === 'JSONata') return fields.Items === undefined ? listOf(step, input) : expressed(step, flow);
  const path = typeof fields.ItemsPath === 'string' ? fields.ItemsPath : '$';
  const items = typeof fields.ItemsPath === 'string' ? await flow.field(step, fields, 'Items') : input;
  if (Array.isArray(items)) return items;
  // LocalStack's records of AWS, tests/aws/services/stepfunctions/v2: a path that leads to anything else.
  // So is one of the context object, without its first sign (v2/test_state, "test_state_map_context_object").
  const shown = path.replace(/^\$\$/, '$');
  throw new StateError('States.Runtime', `Reference path "${shown}" must point to array.`);
}

function listOf(step: Step, input: unknown): readonly unknown[] {
  if (Array.isArray(input)) return input;
  // LocalStack's record "test_map_state_items_input_types" of AWS.
  throw evaluationError(step, `Map state input must be an array but was: ${JSON.stringify(input)}`);
}

/** An object gives its members, each as a key and a value (Step Functions guide, "Map workflow state", "Items"). */
async function expressed(step: Step, flow: DataFlow): Promise<readonly unknown[]> {
  const { Items } = step.state.fields;
  // A list holds expressions that are to be evaluated; what one of them finds is data.
  const items = await flow.fill(step, Items, 'Items', step.input, step.context);
  if (Array.isArray(items)) return items;
  if (isObject(items) && step.state.processor?.isDistributed)
    return Object.entries(items).map(([Key, Value]) => ({ Key, Value }));
  const expression = String(Items).replace(/^\{%\s*|\s*%\}$/g, '');
  const type = items === null ? 'null' : typeof items;
  throw evaluationError(
    step,
    `The JSONata expression '${expression}' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was '${type}' for value: ${JSON.stringify(items)}`,
    'Items',
  );
}
