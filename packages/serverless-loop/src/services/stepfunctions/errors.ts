import { AwsError } from '../../aws/errors.ts';

/** The errors of Step Functions, in the words of AWS's recorded answers (LocalStack, tests/aws/services/stepfunctions/v2/test_sfn_api*.snapshot.json). */

export function noSuchMachine(arn: string): AwsError {
  return new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

export function noSuchExecution(arn: string): AwsError {
  return new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

export function noSuchActivity(arn: string): AwsError {
  return new AwsError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
}

/** Of a version or an alias. */
export function noSuchResource(): AwsError {
  return new AwsError('ResourceNotFound', 'Request references a resource that does not exist.');
}

export function invalidArn(reason: string): AwsError {
  return new AwsError('InvalidArn', `Invalid Arn: '${reason}'`);
}

function invalidName(name: string): AwsError {
  return new AwsError('InvalidName', `Invalid Name: '${name}'`);
}

export function invalidToken(): AwsError {
  return new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
}

export function notOfThisType(): AwsError {
  return new AwsError(
    'StateMachineTypeNotSupported',
    'This operation is not supported by this type of state machine',
  );
}

export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

export function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message);
}

/** Refuses a text that is no ARN. Throws the AwsError InvalidArn. */
export function refuseNoArn(text: string): void {
  if (!text.startsWith('arn:')) throw invalidArn(`Invalid ARN prefix: ${text}`);
}

/** Characters that names can't have (API reference, "CreateStateMachine", "name"). */
const NOT_IN_NAMES = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\uFFFE\uFFFF]/u;

/** Refuses a name that a machine, an execution or an activity can't have. Throws the AwsError InvalidName. */
export function refuseName(name: string): void {
  if (NOT_IN_NAMES.test(name) || name.length > 80) throw invalidName(name);
}
