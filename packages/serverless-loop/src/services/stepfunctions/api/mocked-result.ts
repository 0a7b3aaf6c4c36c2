import { AwsError } from '../../../aws/errors.ts';
import { isObject } from '../../../aws/json-object.ts';
import { invalid } from '../errors.ts';
import { StateError } from '../interpreter/state-error.ts';
import type { TestedState } from '../interpreter/test-state.ts';
import type { State } from '../language/machine.ts';
import type { TestStateInput } from './test-state-shapes.ts';
import { parsedMember } from './tested-state.ts';

const MOCKED = ['Task', 'Map', 'Parallel'];

/** Refuses a test that can't be, in the words of LocalStack's records of AWS, v2/test_state. Throws AwsError. */
export function refuseUnmockable({ type }: State, given: TestStateInput): void {
  const { mock, roleArn, revealSecrets, context, stateConfiguration } = given;
  if (mock && !MOCKED.includes(type))
    throw invalid(`State type '${type}' is not supported when a mock is specified`);
  if (mock?.result !== undefined && mock.errorOutput !== undefined)
    throw invalid('A test mock should have only one of the following fields: [result, errorOutput].');
  if (mock && revealSecrets)
    throw invalid('TestState does not support RevealSecrets when a mock is specified.');
  if (!mock && stateConfiguration?.mapIterationFailureCount !== undefined)
    throw invalid('TestState does not support MapIterationFailureCount when a mock is not specified.');
  if (!mock && (type === 'Map' || type === 'Parallel'))
    throw new AwsError(
      'InvalidDefinition',
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    );
  if (!mock && context !== undefined)
    throw invalid('A Context object can only be specified when a mock is specified');
  if (!mock && type === 'Task' && roleArn === undefined)
    throw invalid('RoleArn must be specified when testing a Task state');
}

/** The mock of the state's work; undefined without one. Throws AwsError. */
export function mockOf(
  state: State,
  { mock, stateConfiguration }: TestStateInput,
): NonNullable<TestedState['mock']> | undefined {
  if (!mock) return undefined;
  const { result, errorOutput } = mock;
  if (errorOutput) return { error: new StateError(errorOutput.error, errorOutput.cause) };
  const value = parsedMember(result ?? 'null', 'Mocked result must be valid JSON');
  refuseOtherKind(state, value);
  const failures = stateConfiguration?.mapIterationFailureCount ?? 0;
  if (Array.isArray(value) && failures > value.length)
    throw invalid('Map iteration failure count must be less than or equal to the number of Map iterations');
  return { result: value };
}

function refuseOtherKind({ type, fields, branches }: State, value: unknown): void {
  if (type === 'Map' && fields.ResultWriter !== undefined) {
    if (!isObject(value)) throw invalid('Mocked result must be a JSON object.');
    return;
  }
  if (type !== 'Map' && type !== 'Parallel') return;
  if (!Array.isArray(value)) throw invalid('Mocked result must be an array.');
  if (type === 'Parallel' && value.length !== branches.length)
    throw invalid('Mocked result must contain the same number of items as number of Parallel branches.');
}
