import { expect, test } from 'vitest';
import { movableClock } from '../../../src/loop/movable-clock.ts';
import { StateError } from '../../../src/services/stepfunctions/interpreter/state-error.ts';
import { type TaskPorts, taskCaller } from '../../../src/services/stepfunctions/tasks/call-task.ts';
import { parseResource } from '../../../src/services/stepfunctions/tasks/resource.ts';
import { newTaskToken, TaskTokens } from '../../../src/services/stepfunctions/tasks/task-tokens.ts';
import { executed, linesOf, started } from './executed.ts';

// Histories are those of LocalStack's records of AWS, tests/aws/services/stepfunctions/v2; each test names its record.

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const TOKEN = newTaskToken();
const CALLBACK = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';

function machine(Resource: string, more: object = {}) {
  return { StartAt: 'T', States: { T: { Type: 'Task', Resource, End: true, ...more } } };
}

function parts(ports: Partial<TaskPorts> = {}) {
  const clock = movableClock(0, () => Date.parse('2026-11-28T10:00:00Z'));
  const tokens = new TaskTokens(clock);
  const callTask = taskCaller({
    clock,
    tokens,
    region: 'us-east-1',
    invokeFunction: async () => ({ done: true }),
    callService: async () => ({ MessageId: 'm' }),
    offerActivity: () => {},
    ...ports,
  });
  return { clock, tokens, given: { clock, callTask } };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('a function is scheduled, started and done (scenarios/test_base_scenarios, "test_catch_empty")', async () => {
  const { events, output } = await executed(machine(FUNCTION), { a: 1 }, parts().given);
  expect(linesOf(events).slice(2)).toEqual([
    '3 2 LambdaFunctionScheduled',
    '4 3 LambdaFunctionStarted',
    '5 4 LambdaFunctionSucceeded',
    '6 5 TaskStateExited',
    '7 6 ExecutionSucceeded',
  ]);
  expect(events[2]?.details).toEqual({
    member: 'lambdaFunctionScheduledEventDetails',
    value: { input: '{"a":1}', inputDetails: { truncated: false }, resource: FUNCTION },
  });
  expect(output).toEqual({ done: true });
});

test('a function that fails is tried again and caught (the same, "test_lambda_invoke_with_retry_base")', async () => {
  const { given } = parts({ invokeFunction: () => Promise.reject(new StateError('Exception', '{}')) });
  const handlers = { Retry: [{ ErrorEquals: ['Exception'], MaxAttempts: 1 }] };
  const { events, status } = await executed(machine(FUNCTION, handlers), {}, given);
  expect(linesOf(events).slice(2)).toEqual([
    '3 2 LambdaFunctionScheduled',
    '4 3 LambdaFunctionStarted',
    '5 4 LambdaFunctionFailed',
    '6 5 LambdaFunctionScheduled',
    '7 6 LambdaFunctionStarted',
    '8 7 LambdaFunctionFailed',
    '9 8 ExecutionFailed',
  ]);
  expect([status, events[4]?.details?.value]).toEqual(['FAILED', { error: 'Exception', cause: '{}' }]);
});

test('a function that takes too long is given up (timeouts/test_timeouts, "test_fixed_timeout_lambda")', async () => {
  const { given } = parts({ invokeFunction: () => new Promise(() => {}) });
  const { events, waitsMs, error, cause } = await executed(
    machine(FUNCTION, { TimeoutSeconds: 5 }),
    {},
    given,
  );
  expect(linesOf(events).slice(4)).toEqual(['5 4 LambdaFunctionTimedOut', '6 5 ExecutionFailed']);
  expect([waitsMs, error, cause]).toEqual([[5_000], 'States.Timeout', undefined]);
  expect(events[2]?.details?.value.timeoutInSeconds).toBe(5);
});

test('an operation of a service is told by its service and name (services/test_aws_sdk_task_service, "test_dynamodb_put_get_item")', async () => {
  const definition = machine('arn:aws:states:::aws-sdk:dynamodb:putItem', { Parameters: { TableName: 't' } });
  const { events } = await executed(definition, {}, parts({ callService: async () => ({}) }).given);
  const names = { resourceType: 'aws-sdk:dynamodb', resource: 'putItem' };
  expect(events.slice(2, 5).map(({ type, details }) => [type, details?.value])).toEqual([
    ['TaskScheduled', { ...names, region: 'us-east-1', parameters: '{"TableName":"t"}' }],
    ['TaskStarted', names],
    ['TaskSucceeded', { ...names, output: '{}', outputDetails: { truncated: false } }],
  ]);
});

test('a task waits until its token is sent back (callback/test_callback, "test_sqs_wait_for_task_token")', async () => {
  const { tokens, given } = parts();
  const definition = machine(CALLBACK, { Parameters: { 'MessageBody.$': '$$.Task.Token' } });
  const { execution } = started(definition, {}, { ...given, newToken: () => TOKEN });
  await turn();
  expect(execution.outcome().status).toBe('RUNNING');
  tokens.succeed(TOKEN, 'done');
  await execution.ended;
  expect(linesOf(execution.history.events).slice(2)).toEqual([
    '3 2 TaskScheduled',
    '4 3 TaskStarted',
    '5 4 TaskSubmitted',
    '6 5 TaskSucceeded',
    '7 6 TaskStateExited',
    '8 7 ExecutionSucceeded',
  ]);
  expect(execution.history.events[2]?.details?.value.parameters).toBe(JSON.stringify({ MessageBody: TOKEN }));
  expect(execution.outcome().output).toBe('done');
  expect(() => tokens.succeed(TOKEN, 'again')).toThrow(expect.objectContaining({ code: 'TaskTimedOut' }));
});

test('a token that is sent back before the operation has answered is kept', async () => {
  const { tokens, given } = parts({
    async callService() {
      tokens.fail(TOKEN, 'Refused');
      return {};
    },
  });
  const { error } = await executed(machine(CALLBACK), {}, { ...given, newToken: () => TOKEN });
  expect(error).toBe('Refused');
});

test('a failure without a name or a cause is caught with null (the same, "no_error_field")', async () => {
  const { tokens, given } = parts();
  const definition = {
    StartAt: 'T',
    States: {
      T: { Type: 'Task', Resource: CALLBACK, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'E' }], End: true },
      E: { Type: 'Succeed' },
    },
  };
  const { execution } = started(definition, {}, { ...given, newToken: () => TOKEN });
  await turn();
  tokens.fail(TOKEN);
  await execution.ended;
  expect(execution.outcome().output).toEqual({ Error: null, Cause: null });
});

test('heartbeats keep a task waiting, and the first that stays out ends it (timeouts/test_heartbeats, "test_heartbeat_timeout")', async () => {
  const { clock, tokens, given } = parts();
  const { execution } = started(
    machine(CALLBACK, { HeartbeatSeconds: 5 }),
    {},
    { ...given, newToken: () => TOKEN },
  );
  await turn();
  clock.move(4_000);
  tokens.beat(TOKEN);
  clock.move(4_000);
  expect(clock.nextInMs()).toBe(1_000);
  clock.move(1_000);
  clock.runNext();
  await execution.ended;
  expect(linesOf(execution.history.events).slice(5)).toEqual(['6 5 TaskTimedOut', '7 6 ExecutionFailed']);
  expect(execution.outcome()).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
});

test('a text that was never a token is refused as none (services/test_aws_sdk_task_service, "test_sfn_send_task_outcome_with_no_such_token")', () => {
  expect(() => parts().tokens.succeed('NoSuchTaskToken', 1)).toThrow(
    expect.objectContaining({ code: 'InvalidToken', message: "Invalid Token: 'Invalid token'" }),
  );
});

test('the end of the execution forgets the token', async () => {
  const { tokens, given } = parts();
  const { execution } = started(machine(CALLBACK), {}, { ...given, newToken: () => TOKEN });
  await turn();
  execution.stop();
  await execution.ended;
  expect(() => tokens.beat(TOKEN)).toThrow(expect.objectContaining({ code: 'TaskTimedOut' }));
});

// Step Functions guide, "Integrating services": the forms of `Resource`.
test.each([
  [FUNCTION, { kind: 'function' }],
  ['arn:aws:states:us-east-1:000000000000:activity:a', { kind: 'activity' }],
  [CALLBACK, { resourceType: 'sqs', action: 'sendMessage', pattern: 'callback' }],
  ['arn:aws:states:::states:startExecution.sync:2', { resource: 'startExecution.sync:2', pattern: 'job' }],
  ['arn:aws:states:::aws-sdk:s3:getObject', { resourceType: 'aws-sdk:s3', pattern: 'response' }],
])('%s is read', (text, resource) => {
  expect(parseResource(text)).toMatchObject(resource);
});

test('anything else names no resource', () => {
  expect(parseResource('arn:aws:states:::sqs')).toBeUndefined();
});

test('a task that fails in a branch is given up (callback/test_callback, "SQS_PARALLEL_WAIT_FOR_TASK_TOKEN")', async () => {
  const { tokens, given } = parts();
  const definition = {
    StartAt: 'P',
    States: {
      P: {
        Type: 'Parallel',
        Branches: [machine(CALLBACK)],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'E' }],
        End: true,
      },
      E: { Type: 'Pass', End: true },
    },
  };
  const { execution } = started(definition, {}, { ...given, newToken: () => TOKEN });
  await turn();
  tokens.fail(TOKEN);
  await execution.ended;
  expect(linesOf(execution.history.events).slice(6)).toEqual([
    '7 6 TaskSubmitted',
    '8 7 TaskFailed',
    '9 8 TaskStateAborted',
    '10 8 ParallelStateFailed',
    '11 10 ParallelStateExited',
    '12 11 PassStateEntered',
    '13 12 PassStateExited',
    '14 13 ExecutionSucceeded',
  ]);
});

test('an iteration that fails gives up the others (timeouts/test_timeouts, "test_service_lambda_map_timeout")', async () => {
  const callService = ({ signal }: { signal: AbortSignal }, input: unknown) =>
    input === 1
      ? Promise.reject(new StateError('Boom'))
      : new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  const { given } = parts({ callService: (_resource, call) => callService(call, call.input) });
  const definition = {
    StartAt: 'M',
    States: { M: { Type: 'Map', ItemProcessor: machine('arn:aws:states:::lambda:invoke'), End: true } },
  };
  const { events } = await executed(definition, [1, 2], given);
  expect(linesOf(events).slice(-7)).toEqual([
    '12 9 TaskFailed',
    '13 12 MapIterationFailed',
    '14 12 TaskStateAborted',
    '15 12 MapIterationAborted',
    '16 12 TaskStateAborted',
    '17 12 MapStateFailed',
    '18 17 ExecutionFailed',
  ]);
});
