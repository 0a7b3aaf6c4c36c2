import { describe, expect, test } from 'vitest';
import { executed, started } from './executed.ts';

const RESOURCE = 'arn:aws:lambda:us-east-1:000000000000:function:f';

function one(state: object) {
  return { StartAt: 'A', States: { A: { End: true, ...state } } };
}

const task = (more: object = {}) => one({ Type: 'Task', Resource: RESOURCE, ...more });

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
