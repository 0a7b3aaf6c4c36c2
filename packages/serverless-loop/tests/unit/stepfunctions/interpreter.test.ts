import { describe, expect, test } from 'vitest';
import { StateError } from '../../../src/services/stepfunctions/interpreter/state-error.ts';
import type { TaskCall } from '../../../src/services/stepfunctions/interpreter/step.ts';
import { executed, started } from './executed.ts';

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

describe('a retrier (states language, "Retrying after error")', () => {
  const failing = (times: number, error = 'Boom') => {
    let left = times;
    return async () => {
      left -= 1;
      if (left >= 0) throw new StateError(error);
      return 'done';
    };
  };
  const retried = (retrier: object) => task({ Retry: [{ ErrorEquals: ['Boom'], ...retrier }] });

  test('waits a second first, twice as long each time, and three times at most', async () => {
    const { waitsMs, status, error } = await executed(retried({}), {}, { callTask: failing(9) });
    expect([waitsMs, status, error]).toEqual([[1_000, 2_000, 4_000], 'FAILED', 'Boom']);
  });

  test('waits no longer than its greatest delay', async () => {
    const retrier = { IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 4, MaxDelaySeconds: 10 };
    const { waitsMs, output } = await executed(retried(retrier), {}, { callTask: failing(4) });
    expect([waitsMs, output]).toEqual([[3_000, 6_000, 10_000, 10_000], 'done']);
  });

  test('waits a part of the delay by chance when it has full jitter', async () => {
    const retrier = { IntervalSeconds: 4, JitterStrategy: 'FULL', MaxAttempts: 2 };
    const { waitsMs } = await executed(retried(retrier), {}, { callTask: failing(2), random: () => 0.25 });
    expect(waitsMs).toEqual([1_000, 2_000]);
  });

  test('never tries again with no attempts, and for no error of another name', async () => {
    const none = await executed(retried({ MaxAttempts: 0 }), {}, { callTask: failing(1) });
    const other = await executed(retried({}), {}, { callTask: failing(1, 'Other') });
    expect([none.status, none.waitsMs, other.status, other.waitsMs]).toEqual(['FAILED', [], 'FAILED', []]);
  });

  test('counts for itself', async () => {
    const errors = ['One', 'Two', 'One', 'Two'];
    const { output, waitsMs } = await executed(
      task({ Retry: ['One', 'Two'].map((name) => ({ ErrorEquals: [name], MaxAttempts: 2 })) }),
      {},
      {
        callTask: async () => {
          const error = errors.shift();
          if (error !== undefined) throw new StateError(error);
          return 'done';
        },
      },
    );
    expect([output, waitsMs]).toEqual(['done', [1_000, 1_000, 2_000, 2_000]]);
  });

  test('tells the task how often it was tried again', async () => {
    const counts: unknown[] = [];
    await executed(
      retried({ MaxAttempts: 1 }),
      {},
      {
        callTask: async ({ context }) => {
          counts.push(context.State);
          throw new StateError('Boom');
        },
      },
    );
    expect(counts).toMatchObject([{ Name: 'A' }, { Name: 'A', RetryCount: 1 }]);
  });
});

describe('a catcher (Step Functions guide, "Handling errors in Step Functions workflows")', () => {
  const caught = (names: string[], error: StateError, more: object = {}) =>
    executed(
      {
        StartAt: 'A',
        States: {
          A: {
            Type: 'Task',
            Resource: RESOURCE,
            Catch: [{ ErrorEquals: names, Next: 'B', ...more }],
            End: true,
          },
          B: { Type: 'Pass', End: true },
        },
      },
      { a: 1 },
      { callTask: () => Promise.reject(error) },
    );

  test('places the error into the input', async () => {
    const { output } = await caught(['States.ALL'], new StateError('Boom', 'why'), { ResultPath: '$.error' });
    expect(output).toEqual({ a: 1, error: { Error: 'Boom', Cause: 'why' } });
  });

  test.each([
    ['States.TaskFailed', 'Boom', 'SUCCEEDED'],
    ['States.TaskFailed', 'States.Timeout', 'FAILED'],
    ['States.Timeout', 'States.Timeout', 'SUCCEEDED'],
    ['States.ALL', 'States.Timeout', 'SUCCEEDED'],
    ['States.ALL', 'States.DataLimitExceeded', 'FAILED'],
    ['States.ALL', 'States.Runtime', 'FAILED'],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', 'SUCCEEDED'],
    ['boom', 'Boom', 'FAILED'],
  ])('for %s and the error %s: %s', async (name, error, status) => {
    expect((await caught([name], new StateError(error))).status).toBe(status);
  });
});

describe('a Choice (states language, "Choice Rule")', () => {
  const chosen = async (rule: object, input: unknown) => {
    const end = (Result: string) => ({ Type: 'Pass', Result, End: true });
    const { output, error } = await executed(
      {
        StartAt: 'C',
        States: {
          C: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
          Yes: end('yes'),
          No: end('no'),
        },
      },
      input,
    );
    return output ?? error;
  };

  test.each([
    [{ Variable: '$.a', StringEquals: 'x' }, { a: 'x' }, 'yes'],
    [{ Variable: '$.a', StringEquals: '1' }, { a: 1 }, 'no'],
    [{ Variable: '$.a', NumericGreaterThanEquals: 2 }, { a: 2 }, 'yes'],
    [{ Variable: '$.a', NumericLessThanPath: '$.b' }, { a: 1, b: 2 }, 'yes'],
    [{ Variable: '$.a', NumericEquals: 2 }, { a: '2' }, 'no'],
    [{ Variable: '$.a', BooleanEquals: false }, { a: false }, 'yes'],
    [
      { Variable: '$.a', TimestampLessThan: '2026-01-01T00:00:00Z' },
      { a: '2026-01-01T00:30:00+01:00' },
      'yes',
    ],
    [{ Variable: '$.a', StringMatches: 'log-*.txt' }, { a: 'log-2026.txt' }, 'yes'],
    [{ Variable: '$.a', StringMatches: 'log-\\*.txt' }, { a: 'log-2026.txt' }, 'no'],
    [{ Variable: '$.a', StringMatches: 'a.c' }, { a: 'abc' }, 'no'],
    [{ Variable: '$.a', IsPresent: false }, {}, 'yes'],
    [{ Variable: '$.a', IsPresent: true }, { a: null }, 'yes'],
    [{ Variable: '$.a', IsNull: true }, { a: null }, 'yes'],
    [{ Variable: '$.a', IsTimestamp: true }, { a: '2026-01-01' }, 'no'],
    [{ Not: { Variable: '$.a', IsString: true } }, { a: 1 }, 'yes'],
    [
      {
        And: [
          { Variable: '$.a', IsPresent: true },
          { Variable: '$.a', IsNumeric: true },
        ],
      },
      {},
      'no',
    ],
    [
      {
        Or: [
          { Variable: '$.a', NumericEquals: 1 },
          { Variable: '$.a', NumericEquals: 2 },
        ],
      },
      { a: 2 },
      'yes',
    ],
    [{ Variable: '$.nope', NumericEquals: 1 }, {}, 'States.Runtime'],
  ])('%j of %j: %s', async (rule, input, result) => {
    expect(await chosen(rule, input)).toBe(result);
  });

  test('without a default fails where no rule applies', async () => {
    const { error } = await executed(
      {
        StartAt: 'C',
        States: {
          C: { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: 1, Next: 'E' }] },
          E: { Type: 'Succeed' },
        },
      },
      { a: 2 },
    );
    expect(error).toBe('States.NoChoiceMatched');
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
    expect([waitsMs, output]).toEqual([[ms], input]);
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

describe('an execution', () => {
  test('that takes too long ends by its time-out, and its task is told', async () => {
    const { clock, execution } = started(
      { ...task(), TimeoutSeconds: 5 },
      {},
      {
        callTask: ({ signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      },
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(clock.nextInMs()).toBe(5_000);
    clock.move(5_000);
    await execution.ended;
    expect(execution.outcome().status).toBe('TIMED_OUT');
    expect(execution.history.events.at(-1)?.type).toBe('ExecutionTimedOut');
  });

  test('whose output is larger than 256 KiB fails (Step Functions guide, "Service quotas")', async () => {
    const { error, cause } = await executed(task(), {}, { callTask: async () => 'x'.repeat(262_143) });
    expect(error).toBe('States.DataLimitExceeded');
    // LocalStack's record of AWS, v2/error_handling/test_states_errors.snapshot.json.
    expect(cause).toBe(
      "The state/task 'A' returned a result with a size exceeding the maximum number of bytes service limit.",
    );
  });

  describe('that never ends', () => {
    const loop = {
      StartAt: 'A',
      States: {
        A: { Type: 'Choice', Choices: [{ Variable: '$.end', IsPresent: true, Next: 'E' }], Default: 'B' },
        B: { Type: 'Pass', Next: 'A' },
        E: { Type: 'Succeed' },
      },
    };

    test('fails when its history is full (Step Functions guide, "Service quotas")', async () => {
      const { error, cause, events } = await executed(loop);
      expect([error, cause]).toEqual([
        'States.Runtime',
        'The execution reached the maximum number of history events (25000).',
      ]);
      expect(events).toHaveLength(25_000);
    });

    test('can be stopped', async () => {
      const { execution } = started(loop);
      await new Promise((resolve) => setImmediate(resolve));
      execution.stop();
      await execution.ended;
      expect(execution.outcome().status).toBe('ABORTED');
      expect(execution.history.events.length).toBeLessThan(25_000);
    });
  });
});
