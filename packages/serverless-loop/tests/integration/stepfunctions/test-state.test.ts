import { TestStateCommand, type TestStateCommandInput } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAY, type StatesLoop, startStatesLoop, WORKER } from './states-loop.ts';

// Answers are those of LocalStack's records of AWS, tests/aws/services/stepfunctions/v2/test_state; each test names its record.

let states: StatesLoop;
beforeAll(async () => {
  states = await startStatesLoop();
});
afterAll(() => states?.stop());

type More = Omit<TestStateCommandInput, 'definition' | 'input'>;

async function tested(definition: object, input: unknown = {}, more: More = {}) {
  const { $metadata: _metadata, ...answer } = await states.sfn.send(
    new TestStateCommand({
      definition: JSON.stringify(definition),
      input: JSON.stringify(input),
      inspectionLevel: 'DEBUG',
      ...more,
    }),
  );
  return answer;
}

const TASK = { Type: 'Task', Resource: WORKER, End: true };

test('data is told on its way through a state (test_test_state_scenarios, "test_base_inspection_level_debug[IO_PASS_STATE]")', async () => {
  const input = { data: { a: 1 } };
  const state = {
    Type: 'Pass',
    InputPath: '$.data',
    Parameters: { 'b.$': '$.a' },
    ResultPath: '$.result',
    Next: 'Other',
  };
  expect(await tested(state, input)).toEqual({
    status: 'SUCCEEDED',
    output: '{"data":{"a":1},"result":{"b":1}}',
    nextState: 'Other',
    inspectionData: {
      input: '{"data":{"a":1}}',
      afterInputPath: '{"a":1}',
      afterParameters: '{"b":1}',
      afterResultSelector: '{"b":1}',
      afterResultPath: '{"data":{"a":1},"result":{"b":1}}',
    },
  });
  expect(await tested(state, input, { inspectionLevel: 'INFO' })).not.toHaveProperty('inspectionData');
});

test('a result of its own follows no input, and a choice leads on (the same, "[BASE_RESULT_PASS_STATE]", "[BASE_CHOICE_STATE]")', async () => {
  expect((await tested({ Type: 'Pass', Result: { x: 1 }, End: true }, { a: 1 })).inspectionData).toEqual({
    input: '{"a":1}',
    result: '{"x":1}',
    afterResultSelector: '{"x":1}',
    afterResultPath: '{"x":1}',
  });
  const choice = {
    Type: 'Choice',
    Choices: [{ Variable: '$.n', NumericGreaterThan: 20, Next: 'Large' }],
    Default: 'Small',
  };
  expect(await tested(choice, { n: 22 })).toMatchObject({ nextState: 'Large', status: 'SUCCEEDED' });
  expect(await tested({ Type: 'Fail', Error: 'SomeFailure', Cause: 'why' })).toMatchObject({
    status: 'FAILED',
    error: 'SomeFailure',
    cause: 'why',
    inspectionData: { input: '{}', afterInputPath: '{}' },
  });
});

test('a task calls its function by the rights of the role (the same, "test_base_lambda_task_state")', async () => {
  expect(await tested(TASK, { a: 1 }, { roleArn: MAY })).toMatchObject({
    status: 'SUCCEEDED',
    output: '{"got":{"a":1}}',
    inspectionData: { result: '{"got":{"a":1}}' },
  });
  await expect(tested(TASK)).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'RoleArn must be specified when testing a Task state',
  });
});

describe('an error that is mocked', () => {
  const mock = { errorOutput: { error: 'Mocked', cause: 'why' } };
  const state = {
    QueryLanguage: 'JSONata',
    ...TASK,
    Arguments: { a: '{% $kind %}' },
    Retry: [{ ErrorEquals: ['Mocked'], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 2 }],
    Catch: [
      { ErrorEquals: ['Other'], Next: 'Never' },
      { ErrorEquals: ['States.ALL'], Next: 'Mend', Output: '{% $states.errorOutput.Error %}' },
    ],
  };
  const after = (retrierRetryCount: number) =>
    tested(state, {}, { mock, stateConfiguration: { retrierRetryCount }, variables: '{"kind":"k"}' });

  test('is tried again while a retrier takes it (test_state_configuration, "test_state_configuration_retrier_retry_count")', async () => {
    expect(await after(1)).toEqual({
      status: 'RETRIABLE',
      error: 'Mocked',
      cause: 'why',
      inspectionData: {
        input: '{}',
        afterArguments: '{"a":"k"}',
        variables: '{"kind":"k"}',
        errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 4 },
      },
    });
  });

  test('is caught then (test_test_state_scenarios, "test_state_task_catch_error")', async () => {
    expect(await after(2)).toMatchObject({
      status: 'CAUGHT_ERROR',
      error: 'Mocked',
      output: '"Mocked"',
      nextState: 'Mend',
      inspectionData: { errorDetails: { catchIndex: 1 } },
    });
  });
});

describe('a Map', () => {
  const map = {
    Type: 'Map',
    ItemsPath: '$.values',
    ToleratedFailureCount: 1,
    MaxConcurrency: 2,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'P',
      States: { P: { Type: 'Pass', End: true } },
    },
    End: true,
  };
  const of = (result: unknown, more: More = {}) =>
    tested(map, { values: [1, 2, 3] }, { mock: { result: JSON.stringify(result) }, ...more });

  test('has its result mocked, and tells its limits (test_test_state_scenarios, "test_base_map_state_inspect")', async () => {
    expect(await of([1, 1, 1])).toMatchObject({
      status: 'SUCCEEDED',
      output: '[1,1,1]',
      inspectionData: { afterItemsPath: '[1,2,3]', maxConcurrency: 2, toleratedFailureCount: 1 },
    });
  });

  test('fails when more of its iterations fail than it tolerates (test_state_configuration, "test_map_state_failure_count")', async () => {
    const failing = (mapIterationFailureCount: number) =>
      of([1, 1, 1], { stateConfiguration: { mapIterationFailureCount } });
    expect((await failing(1)).status).toBe('SUCCEEDED');
    expect(await failing(2)).toMatchObject({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
    });
    await expect(failing(4)).rejects.toThrow(
      'Map iteration failure count must be less than or equal to the number of Map iterations',
    );
  });

  test('is not run (test_state_mock_validation, "test_state_type_requires_mock[MapState]")', async () => {
    await expect(tested(map)).rejects.toMatchObject({ name: 'InvalidDefinition' });
    await expect(of({})).rejects.toThrow('Mocked result must be an array.');
  });
});

test('a state is found within a machine (test_test_state_machine_scenarios)', async () => {
  const machine = {
    StartAt: 'M',
    States: {
      M: {
        Type: 'Map',
        ItemProcessor: { StartAt: 'Inner', States: { Inner: { Type: 'Pass', Result: 7, End: true } } },
        End: true,
      },
    },
  };
  expect((await tested(machine, {}, { stateName: 'Inner' })).output).toBe('7');
  await expect(tested(machine, {}, { stateName: 'Gone' })).rejects.toThrow('State not found in definition');
});

// test_state_mock_validation and test_state_context_object.
test.each([
  [
    { Type: 'Pass', End: true },
    { mock: { result: '1' } },
    "State type 'Pass' is not supported when a mock is specified",
  ],
  [TASK, { mock: { result: 'no JSON' } }, 'Mocked result must be valid JSON'],
  [
    TASK,
    { mock: { result: '1', errorOutput: {} } },
    'A test mock should have only one of the following fields: [result, errorOutput].',
  ],
  [
    TASK,
    { mock: { result: '1' }, revealSecrets: true },
    'TestState does not support RevealSecrets when a mock is specified.',
  ],
  [
    TASK,
    { mock: { result: '1' }, context: '{"Map":{}}' },
    "Invalid Context object provided: 'Map' field is not supported when mocking a Context object",
  ],
  [
    TASK,
    { mock: { result: '1' }, context: '{"Execution":{"Id":1}}' },
    'Invalid Context object provided: Execution.Id must be a string',
  ],
])('refuses what it can not test: %j %j', async (state, more, message) => {
  await expect(tested(state, {}, more)).rejects.toMatchObject({ name: 'ValidationException', message });
});
