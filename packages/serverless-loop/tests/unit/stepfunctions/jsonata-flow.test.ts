import { describe, expect, test } from 'vitest';
import type { EvaluateJsonata } from '../../../src/services/stepfunctions/interpreter/step.ts';
import { executed } from './executed.ts';

const RESOURCE = 'arn:aws:lambda:us-east-1:000000000000:function:f';

/** An evaluator that knows a few expressions, each a function of what is bound. */
function knowing(
  expressions: Record<string, (bindings: Readonly<Record<string, unknown>>) => unknown>,
): EvaluateJsonata {
  return async (expression, bindings) => {
    const known = expressions[expression];
    if (!known) throw new Error('T1006: Attempted to invoke a non-function');
    return known(bindings);
  };
}

const evaluateJsonata = knowing({
  '$states.input': ({ states }) => Object(states).input,
  '$states.result': ({ states }) => Object(states).result,
  '$states.errorOutput.Error': ({ states }) => Object(states).errorOutput?.Error,
  '$states.context.Execution.Name': ({ states }) => Object(states).context.Execution.Name,
  '$states.context.Map.Item.Value': ({ states }) => Object(states).context.Map?.Item.Value,
  $count: ({ count }) => count,
  $states: ({ states }) => Object.keys(Object(states)).sort(),
  '1': () => 1,
  true: () => true,
});

function run(states: Record<string, object>, input: unknown = {}, result: unknown = { done: true }) {
  const definition = { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states };
  return executed(definition, input, {
    evaluateJsonata,
    callTask: async ({ input: given }) => ({ given, result }),
  });
}

// Step Functions guide, "Transforming data with JSONata in Step Functions".
describe('a state of JSONata', () => {
  test('gives its task the arguments, and passes on its output', async () => {
    const { output } = await run(
      {
        A: {
          Type: 'Task',
          Resource: RESOURCE,
          Arguments: {
            order: '{% $states.input %}',
            list: ['{% $states.context.Execution.Name %}', 1],
            text: 'as it is',
          },
          Output: { answer: '{% $states.result %}' },
          End: true,
        },
      },
      { id: 7 },
      'ok',
    );
    expect(output).toEqual({
      answer: { given: { order: { id: 7 }, list: ['run', 1], text: 'as it is' }, result: 'ok' },
    });
  });

  test('passes on its result without an output, and its input where it has no result', async () => {
    const task = { Type: 'Task', Resource: RESOURCE, End: true };
    expect((await run({ A: task }, 1)).output).toEqual({ given: 1, result: { done: true } });
    expect((await run({ A: { Type: 'Pass', End: true } }, { a: 1 })).output).toEqual({ a: 1 });
  });

  test('sees a result in a Task, a Parallel and a Map alone', async () => {
    const states = '{% $states %}';
    const pass = await run({ A: { Type: 'Pass', Output: states, End: true } });
    const task = await run({ A: { Type: 'Task', Resource: RESOURCE, Output: states, End: true } });
    expect([pass.output, task.output]).toEqual([
      ['context', 'input'],
      ['context', 'input', 'result'],
    ]);
  });

  test('sees a variable from the next state on', async () => {
    const { output, error } = await run({
      A: { Type: 'Pass', Assign: { count: '{% 1 %}' }, Next: 'B' },
      B: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'C', Assign: { more: 2 } }] },
      C: { Type: 'Succeed', Output: '{% $count %}' },
    });
    expect([output, error]).toEqual([1, undefined]);
  });

  test('passes on an error by a catcher', async () => {
    const { output } = await run({
      A: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Boom' } } }],
        Catch: [{ ErrorEquals: ['Boom'], Output: { was: '{% $states.errorOutput.Error %}' }, Next: 'B' }],
        End: true,
      },
      B: { Type: 'Succeed' },
    });
    expect(output).toEqual({ was: 'Boom' });
  });

  test('maps the items of an expression', async () => {
    const { output } = await run(
      {
        M: {
          Type: 'Map',
          Items: '{% $states.input %}',
          ItemSelector: { item: '{% $states.context.Map.Item.Value %}' },
          ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } },
          End: true,
        },
      },
      ['{% $count %}', 2],
    );
    // Data that looks like an expression is none.
    expect(output).toEqual([{ item: '{% $count %}' }, { item: 2 }]);
  });

  test('waits as an expression says', async () => {
    const { waitsMs } = await run({ W: { Type: 'Wait', Seconds: '{% $states.input %}', End: true } }, 9);
    expect(waitsMs).toEqual([9_000]);
  });
});

// LocalStack's records of AWS, tests/aws/services/stepfunctions/v2: assign/test_assign_reference_variables ("test_undefined_reference"),
// intrinsic_functions/test_math_operations_jsonata, scenarios/test_base_scenarios ("test_map_state_items_eval_jsonata_fail").
test.each([
  [
    { Output: { result: '{% $count %}' } },
    "The JSONata expression '$count' specified for the field 'Output/result' returned nothing (undefined).",
  ],
  [
    { Output: '{% $count %}' },
    "The JSONata expression '$count' specified for the field 'Output' returned nothing (undefined).",
  ],
  [
    { Output: '{% $nope() %}' },
    "The JSONata expression '$nope()' specified for the field 'Output' threw an error during evaluation. T1006: Attempted to invoke a non-function",
  ],
  [
    { Type: 'Map', Items: '{% 1 %}', ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Succeed' } } } },
    "The JSONata expression '1' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'number' for value: 1",
  ],
])('%j fails by States.QueryEvaluationError', async (state, told) => {
  const { error, cause } = await run({ A: { Type: 'Pass', End: true, ...state } });
  expect(error).toBe('States.QueryEvaluationError');
  expect(cause).toBe(`An error occurred while executing the state 'A' (entered at the event id #2). ${told}`);
});
