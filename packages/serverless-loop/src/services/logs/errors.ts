import { type Dialect, frameworkDialect, validationErrors } from '../../aws/dialect.ts';
import { AwsError } from '../../aws/errors.ts';

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

export function noSuchGroup(): AwsError {
  return new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
}

export function noSuchStream(): AwsError {
  return new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
}

export function noSuchSubscription(): AwsError {
  return new AwsError('ResourceNotFoundException', 'The specified subscription filter does not exist.');
}

export function noSuchMetricFilter(): AwsError {
  return new AwsError('ResourceNotFoundException', 'The specified metric filter does not exist.');
}

export function limitExceeded(): AwsError {
  return new AwsError('LimitExceededException', 'Resource limit exceeded.');
}

export function alreadyExists(what: 'group' | 'stream'): AwsError {
  return new AwsError('ResourceAlreadyExistsException', `The specified log ${what} already exists`);
}

export function invalidToken(): AwsError {
  return invalidParameter('The specified nextToken is invalid.');
}

/** The framework's words, but for what is too long or too many and has words of its own. */
export const LOGS_DIALECT: Dialect = frameworkDialect('InvalidParameterException', {
  refusal(problems) {
    const own = problems.find(({ rule, kind }) => rule === 'max' && kind.reason !== undefined);
    return invalidParameter(own?.kind.reason ?? validationErrors(problems));
  },
});
