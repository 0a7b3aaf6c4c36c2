import { expect, test } from 'vitest';
import { executed, linesOf, started } from './executed.ts';

// The histories are those of LocalStack's records of AWS, tests/aws/services/stepfunctions/v2; each test names its record.

const FAIL = { Type: 'Fail', Error: 'FailureType', Cause: 'Cause description' };
const PASS = { Type: 'Pass', End: true };

test('of a Fail state (base/test_base, "test_state_fail")', async () => {
  const { events, status, error, cause } = await executed({ StartAt: 'A', States: { A: FAIL } });
  expect(linesOf(events)).toEqual(['1 0 ExecutionStarted', '2 0 FailStateEntered', '3 2 ExecutionFailed']);
  expect([status, error, cause]).toEqual(['FAILED', 'FailureType', 'Cause description']);
  expect(events[2]?.details).toEqual({
    member: 'executionFailedEventDetails',
    value: { error: 'FailureType', cause: 'Cause description' },
  });
});

test('of a Fail state without error and cause (base/test_base, "test_state_fail_empty")', async () => {
  const { events, error, cause } = await executed({ StartAt: 'A', States: { A: { Type: 'Fail' } } });
  expect([error, cause, events[2]?.details?.value]).toEqual([undefined, undefined, {}]);
});

test('of a Parallel state that is caught (scenarios/test_base_scenarios, "test_parallel_state_catch")', async () => {
  const { events, output } = await executed({
    StartAt: 'P',
    States: {
      P: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'Branch1', States: { Branch1: FAIL } }],
        Catch: [{ ErrorEquals: ['FailureType'], Next: 'Caught' }],
        End: true,
      },
      Caught: PASS,
    },
  });
  expect(linesOf(events)).toEqual([
    '1 0 ExecutionStarted',
    '2 0 ParallelStateEntered',
    '3 2 ParallelStateStarted',
    '4 3 FailStateEntered',
    '5 4 ParallelStateFailed',
    '6 5 ParallelStateExited',
    '7 6 PassStateEntered',
    '8 7 PassStateExited',
    '9 8 ExecutionSucceeded',
  ]);
  expect(output).toEqual({ Error: 'FailureType', Cause: 'Cause description' });
});

test('of a Parallel state that is tried again (the same, "test_parallel_state_retry")', async () => {
  const { events } = await executed({
    StartAt: 'P',
    States: {
      P: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'Branch1', States: { Branch1: FAIL } }],
        Retry: [{ ErrorEquals: ['FailureType'], MaxAttempts: 2 }],
        End: true,
      },
    },
  });
  expect(linesOf(events).slice(2)).toEqual([
    '3 2 ParallelStateStarted',
    '4 3 FailStateEntered',
    '5 4 ParallelStateStarted',
    '6 5 FailStateEntered',
    '7 6 ParallelStateStarted',
    '8 7 FailStateEntered',
    '9 8 ParallelStateFailed',
    '10 9 ExecutionFailed',
  ]);
});

function mapOf(state: object, more: object = {}) {
  return {
    StartAt: 'M',
    States: {
      M: {
        Type: 'Map',
        MaxConcurrency: 1,
        ItemProcessor: { StartAt: 'Item', States: { Item: state } },
        End: true,
        ...more,
      },
    },
  };
}

test('of a Map one item at a time (the same, "test_map_state")', async () => {
  const { events, output } = await executed(mapOf(PASS), ['a', null]);
  expect(linesOf(events)).toEqual([
    '1 0 ExecutionStarted',
    '2 0 MapStateEntered',
    '3 2 MapStateStarted',
    '4 3 MapIterationStarted',
    '5 4 PassStateEntered',
    '6 5 PassStateExited',
    '7 6 MapIterationSucceeded',
    '8 6 MapIterationStarted',
    '9 8 PassStateEntered',
    '10 9 PassStateExited',
    '11 10 MapIterationSucceeded',
    '12 11 MapStateSucceeded',
    '13 11 MapStateExited',
    '14 13 ExecutionSucceeded',
  ]);
  expect(output).toEqual(['a', null]);
});

test('of a Map that is tried again (the same, "test_map_state_retry")', async () => {
  const retry = { Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }] };
  const { events } = await executed(mapOf(FAIL, retry), [1]);
  expect(linesOf(events).slice(2)).toEqual([
    '3 2 MapStateStarted',
    '4 3 MapIterationStarted',
    '5 4 FailStateEntered',
    '6 5 MapIterationFailed',
    '7 5 MapStateStarted',
    '8 7 MapIterationStarted',
    '9 8 FailStateEntered',
    '10 9 MapIterationFailed',
    '11 9 MapStateFailed',
    '12 11 ExecutionFailed',
  ]);
});

test('of a Map without a limit: all iterations start first (timeouts/test_timeouts, "test_service_lambda_map_timeout")', async () => {
  const { events } = await executed(mapOf(PASS, { MaxConcurrency: 0 }), [1, 2]);
  expect(linesOf(events).slice(3, 6)).toEqual([
    '4 3 MapIterationStarted',
    '5 3 MapIterationStarted',
    '6 4 PassStateEntered',
  ]);
});

test('of an execution that is stopped (test_sfn_api, "test_stop_execution")', async () => {
  const { execution } = started({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } });
  await new Promise((resolve) => setImmediate(resolve));
  execution.stop({ error: 'Enough', cause: 'of it' });
  await execution.ended;
  expect(linesOf(execution.history.events)).toEqual([
    '1 0 ExecutionStarted',
    '2 0 WaitStateEntered',
    '3 0 ExecutionAborted',
  ]);
  expect(execution.outcome()).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'of it' });
});

test('with the variables that a state sets (assign/test_assign_base, "BASE_SCOPE_MAP")', async () => {
  const { events, output } = await executed({
    StartAt: 'Set',
    States: {
      Set: { Type: 'Pass', Assign: { x: 42, items: [1, 2] }, Next: 'M' },
      M: {
        Type: 'Map',
        ItemsPath: '$items',
        MaxConcurrency: 1,
        ItemProcessor: {
          StartAt: 'Inner',
          States: { Inner: { Type: 'Pass', Assign: { 'innerX.$': '$x' }, End: true } },
        },
        Next: 'End',
      },
      End: { Type: 'Pass', Assign: { 'final.$': '$x' }, End: true },
    },
  });
  const set = events.flatMap(({ details }) => details?.value.assignedVariables ?? []);
  expect(set).toEqual([{ x: '42', items: '[1,2]' }, { innerX: '42' }, { innerX: '42' }, { final: '42' }]);
  expect(output).toEqual([1, 2]);
});
