import { describe, expect, test } from 'vitest';
import { StateError } from '../../../src/services/stepfunctions/interpreter/state-error.ts';
import { executed } from './executed.ts';

const RESOURCE = 'arn:aws:lambda:us-east-1:000000000000:function:f';

function one(state: object) {
  return { StartAt: 'A', States: { A: { End: true, ...state } } };
}

const task = (more: object = {}) => one({ Type: 'Task', Resource: RESOURCE, ...more });

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
    // LocalStack's records "test_task_lambda_catch_state_all_data_limit_exceeded_*" and "test_catch_states_runtime" of AWS.
    ['States.ALL', 'States.DataLimitExceeded', 'SUCCEEDED'],
    ['States.Runtime', 'States.Runtime', 'FAILED'],
    ['States.ALL', 'States.Runtime', 'FAILED'],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', 'SUCCEEDED'],
    ['boom', 'Boom', 'FAILED'],
  ])('for %s and the error %s: %s', async (name, error, status) => {
    expect((await caught([name], new StateError(error))).status).toBe(status);
  });
});
