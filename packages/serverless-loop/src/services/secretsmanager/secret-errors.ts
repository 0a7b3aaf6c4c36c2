import { AwsError } from '../../aws/errors.ts';

/** The words are recorded from AWS (LocalStack, tests/aws/services/secretsmanager/test_secretsmanager.snapshot.json). */
export function noSecret(what = ''): AwsError {
  return new AwsError(
    'ResourceNotFoundException',
    what === ''
      ? "Secrets Manager can't find the specified secret."
      : `Secrets Manager can't find the specified secret value for ${what}`,
  );
}

/** Throws the AwsError for a name that no secret can have (the same record, test_invalid_secret_name). */
export function refuseName(name: string): void {
  if (/^[\w/+=.@!-]+$/.test(name)) return;
  throw new AwsError(
    'ValidationException',
    'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
  );
}

export function invalidRequest(message: string): AwsError {
  return new AwsError('InvalidRequestException', message);
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

export function inUse(message: string): AwsError {
  return new AwsError('ResourceExistsException', message);
}
