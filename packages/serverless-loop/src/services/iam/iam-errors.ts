import { type Dialect, queryDialect, validationErrors } from '../../aws/dialect.ts';
import { AwsError } from '../../aws/errors.ts';

/**
 * IAM says the rule that a value breaks, and not the value (localstack/localstack, tests/aws/services/iam/test_iam.snapshot.json,
 * recorded: `1 validation error detected: Value at 'status' failed to satisfy constraint: …`).
 */
export const IAM_DIALECT: Dialect = queryDialect({
  emptyText: 'missing',
  refusal: (problems) => new AwsError('ValidationError', validationErrors(problems, { tellsValues: false })),
});

export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, { status: 404 });
}

export function noSuchRole(name: string): AwsError {
  return noSuchEntity(`The role with name ${name} cannot be found.`);
}

export function invalidMarker(marker: string): AwsError {
  return new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${marker}' at 'marker' failed to satisfy constraint: no list here gave it`,
  );
}

export function alreadyExists(message: string): AwsError {
  return new AwsError('EntityAlreadyExists', message, { status: 409 });
}

export function deleteConflict(message: string): AwsError {
  return new AwsError('DeleteConflict', message, { status: 409 });
}

export function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceeded', message, { status: 409 });
}
