import { randomUUID } from 'node:crypto';
import { formatArn } from '../../../aws/arn.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import { text } from '../../../aws/members.ts';
import { readInput } from '../executions/execution-input.ts';
import type { TestedState, TestResult } from '../interpreter/test-state.ts';
import type { State } from '../language/machine.ts';
import { operation, type StepFunctionsContext } from './context.ts';
import { refuseContext } from './mocked-context.ts';
import { mockOf, refuseUnmockable } from './mocked-result.ts';
import { CAUSE, DATA, ERROR } from './shapes.ts';
import { INPUT, INSPECTION, type TestStateInput } from './test-state-shapes.ts';
import { objectMember, testedState } from './tested-state.ts';

/** Members of the inspection that are no JSON texts. */
const PLAIN = ['errorDetails', 'toleratedFailureCount', 'toleratedFailurePercentage', 'maxConcurrency'];

export const TEST_STATE_OPERATION = {
  TestState: operation({
    input: INPUT,
    output: {
      output: DATA,
      error: ERROR,
      cause: CAUSE,
      inspectionData: INSPECTION,
      nextState: text(),
      status: text(),
    },
    needs: ({ roleArn, revealSecrets }) => [
      '*',
      ...(roleArn === undefined ? [] : [{ action: 'iam:PassRole', resource: roleArn }]),
      ...(revealSecrets ? [{ action: 'states:RevealSecrets', resource: '*' }] : []),
    ],
    async handle(given, context, { signal }) {
      const state = testedState(given.definition, given.stateName);
      refuseUnmockable(state, given);
      const result = await context.testState(testOf(state, given, context), signal);
      return answerOf(result, given.inspectionLevel);
    },
  }),
};

function testOf(state: State, given: TestStateInput, context: StepFunctionsContext): TestedState {
  const { stateConfiguration = {}, variables = '{}' } = given;
  const { retrierRetryCount = 0, mapIterationFailureCount = 0 } = stateConfiguration;
  const input = readInput(given.input ?? '{}');
  const mock = mockOf(state, given);
  return {
    state,
    input,
    variables: objectMember(variables, 'Variables'),
    context:
      given.context === undefined
        ? contextOf(state, input, given, context)
        : givenContext(state, given.context),
    ...(mock && { mock }),
    retryCount: retrierRetryCount,
    failureCount: mapIterationFailureCount,
  };
}

function givenContext(state: State, text: string): JsonObject {
  const given = objectMember(text, 'Context');
  refuseContext(given, state);
  return given;
}

/** As of an Express execution of a machine that nobody named (LocalStack's record "test_state_with_variables" of AWS, v2/test_state). */
function contextOf(
  { name, type }: State,
  input: unknown,
  { roleArn, stateConfiguration }: TestStateInput,
  { place, now }: StepFunctionsContext,
): JsonObject {
  const [machineName, executionName] = [randomUUID(), randomUUID()];
  const time = new Date(now()).toISOString();
  const isTried = ['Task', 'Map', 'Parallel'].includes(type);
  return {
    Execution: {
      Id: formatArn(place, 'states', `express:${machineName}:${executionName}`),
      Input: input,
      StartTime: time,
      Name: executionName,
      RoleArn: roleArn ?? null,
    },
    StateMachine: { Id: formatArn(place, 'states', `stateMachine:${machineName}`), Name: machineName },
    State: {
      Name: name,
      EnteredTime: time,
      ...(isTried && { RetryCount: stateConfiguration?.retrierRetryCount ?? 0 }),
    },
  };
}

function answerOf({ inspection, output, ...end }: TestResult, level = 'INFO') {
  const members = Object.entries(inspection).map(([name, value]) => [
    name,
    PLAIN.includes(name) ? value : JSON.stringify(value),
  ]);
  return {
    ...end,
    ...(output !== undefined && { output: JSON.stringify(output) }),
    ...(level !== 'INFO' && { inspectionData: Object.fromEntries(members) }),
  };
}
