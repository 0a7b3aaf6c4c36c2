import { describe, expect, test } from 'vitest';
import type { TaskCall } from '../../../src/services/stepfunctions/interpreter/step.ts';
import { executed } from './executed.ts';

const RESOURCE = 'arn:aws:lambda:us-east-1:000000000000:function:f';

function one(state: object) {
  return { StartAt: 'A', States: { A: { End: true, ...state } } };
}

const task = (more: object = {}) => one({ Type: 'Task', Resource: RESOURCE, ...more });

describe('input and output (states language, "Input and Output Processing")', () => {
  test('paths, parameters, a selector and a place for the result', async () => {
    const calls: TaskCall[] = [];
    const { output } = await executed(
      task({
        InputPath: '$.order',
        Parameters: {
          'id.$': '$.id',
          'run.$': '$$.Execution.Name',
          fixed: [1],
          'text.$': "States.Format('#{}', $.id)",
        },
        ResultSelector: { 'total.$': '$.sum' },
        ResultPath: '$.order.result',
        OutputPath: '$.order',
      }),
      { order: { id: 7 }, rest: 1 },
      {
        async callTask(call) {
          calls.push(call);
          return { sum: 12, other: 1 };
        },
      },
    );
    expect(calls.map(({ resource, input }) => [resource, input])).toEqual([
      [RESOURCE, { id: 7, run: 'run', fixed: [1], text: '#7' }],
    ]);
    expect(output).toEqual({ id: 7, result: { total: 12 } });
  });

  test('null lets nothing through: not in, not into the input, not out', async () => {
    const given = { callTask: async ({ input }: TaskCall) => ({ input }) };
    expect((await executed(task({ InputPath: null }), { a: 1 }, given)).output).toEqual({ input: {} });
    expect((await executed(task({ ResultPath: null }), { a: 1 }, given)).output).toEqual({ a: 1 });
    expect((await executed(task({ OutputPath: null }), { a: 1 }, given)).output).toEqual({});
  });

  // LocalStack's record "BASE_EVALUATION_ORDER_PASS_STATE" of AWS, v2/assign/test_assign_reference_variables.snapshot.json.
  test('what a state assigns is seen from the next state on', async () => {
    const { output } = await executed({
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Assign: { answer: 42 }, Next: 'B' },
        B: {
          Type: 'Pass',
          InputPath: '$answer',
          ResultPath: '$.a',
          OutputPath: '$answer',
          Assign: { answer: 0 },
          End: true,
        },
      },
    });
    expect(output).toBe(42);
  });

  // LocalStack's records of AWS, v2/scenarios/test_base_scenarios.snapshot.json, "test_invalid_jsonpath" and "test_catch_states_runtime".
  test.each([
    [
      { Type: 'Pass', Parameters: { 'value.$': '$.no_such_jsonpath' } },
      "The JSONPath '$.no_such_jsonpath' specified for the field 'value.$' could not be found in the input '{\"a\":1}'",
    ],
    [
      { Type: 'Pass', InputPath: '$.no.such.path' },
      "Invalid path '$.no.such.path' : Missing property in path $['no']",
    ],
    [{ Type: 'Pass', OutputPath: '$.nope' }, "Invalid path '$.nope' : No results for path: $['nope']"],
  ])('%j fails by States.Runtime, which no catcher for all takes', async (state, told) => {
    const { error, cause } = await executed(one(state), { a: 1 });
    expect(error).toBe('States.Runtime');
    expect(cause).toBe(
      `An error occurred while executing the state 'A' (entered at the event id #2). ${told}`,
    );
  });
});

describe('a Wait (states language, "Wait State")', () => {
  test.each([
    [{ Seconds: 10 }, {}, 10_000],
    [{ SecondsPath: '$.s' }, { s: 3 }, 3_000],
    [{ Timestamp: '2026-11-28T10:01:00Z' }, {}, 60_000],
    [{ TimestampPath: '$.t' }, { t: '2026-11-28T11:02:00+01:00' }, 120_000],
    [{ Timestamp: '2020-01-01T00:00:00Z' }, {}, 0],
  ])('%j of %j', async (wait, input, ms) => {
    const { waitsMs, output } = await executed(one({ Type: 'Wait', ...wait }), input);
    // One of no length may be over before it is looked at.
    expect([waitsMs.filter((waitMs) => waitMs > 0), output]).toEqual([ms > 0 ? [ms] : [], input]);
  });

  // LocalStack's records of AWS, v2/base/test_wait.snapshot.json and v2/scenarios/test_base_scenarios.snapshot.json.
  test.each([
    [{ SecondsPath: '$.s' }, { s: -1 }, 'The SecondsPath parameter references a negative value: $.s == -1'],
    [
      { TimestampPath: '$.t' },
      { t: '2016-12-05 21:29:29Z' },
      'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.t == 2016-12-05 21:29:29Z',
    ],
  ])('%j fails for %j', async (wait, input, told) => {
    const { error, cause } = await executed(one({ Type: 'Wait', ...wait }), input);
    expect([error, cause?.endsWith(told)]).toEqual(['States.Runtime', true]);
  });
});

describe('Parallel and Map', () => {
  test('a branch that fails ends the others', async () => {
    const branch = (state: object) => ({ StartAt: 'B', States: { B: state } });
    const { waitsMs, error } = await executed(
      one({
        Type: 'Parallel',
        Branches: [branch({ Type: 'Wait', Seconds: 60, End: true }), branch({ Type: 'Fail', Error: 'Boom' })],
      }),
    );
    expect([waitsMs, error]).toEqual([[], 'Boom']);
  });

  test('outputs stand in the order of the branches and of the items', async () => {
    const branch = (Result: number) => ({ StartAt: 'B', States: { B: { Type: 'Pass', Result, End: true } } });
    const both = await executed(one({ Type: 'Parallel', Branches: [branch(1), branch(2)] }));
    expect(both.output).toEqual([1, 2]);
    const slow = await executed(
      one({
        Type: 'Map',
        ItemProcessor: { StartAt: 'W', States: { W: { Type: 'Wait', SecondsPath: '$', End: true } } },
      }),
      [5, 1],
    );
    expect([slow.output, slow.waitsMs]).toEqual([
      [5, 1],
      [1_000, 4_000],
    ]);
  });

  test('no more items run at a time than the Map says', async () => {
    let running = 0;
    let most = 0;
    await executed(
      one({
        Type: 'Map',
        ItemsPath: '$.items',
        MaxConcurrencyPath: '$.limit',
        ItemSelector: { 'item.$': '$$.Map.Item.Value', 'at.$': '$$.Map.Item.Index', 'all.$': '$.limit' },
        ItemProcessor: { StartAt: 'T', States: { T: { Type: 'Task', Resource: RESOURCE, End: true } } },
      }),
      { items: [1, 2, 3, 4, 5], limit: 2 },
      {
        async callTask({ input }) {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
          return input;
        },
      },
    ).then(({ output }) =>
      expect(output).toMatchObject([{ item: 1, at: 0, all: 2 }, {}, {}, {}, { item: 5, at: 4 }]),
    );
    expect(most).toBe(2);
  });

  // LocalStack's records of AWS, v2/scenarios: a Map over what is no list.
  test('a Map over what is no list fails', async () => {
    const map = one({
      Type: 'Map',
      ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } },
    });
    expect(await executed(map, { a: 1 })).toMatchObject({
      error: 'States.Runtime',
      cause: 'Reference path "$" must point to array.',
    });
  });
});
