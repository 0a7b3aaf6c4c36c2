import { AwsError } from '../../../aws/errors.ts';

/** Lambda's error for values that no description refuses. */
export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { members: { Type: 'User' } });
}

export function conflict(message: string): AwsError {
  return new AwsError('ResourceConflictException', message, { status: 409, members: { Type: 'User' } });
}

/** Refuses a change of what the caller hasn't seen last (LocalStack's record, test_lambda_api.snapshot.json, test_publish_with_wrong_revisionid). */
export function refuseOldRevision(
  given: string | undefined,
  current: string,
  operations = 'GetFunction/GetAlias',
): void {
  if (given === undefined || given === current) return;
  const message = `The Revision Id provided does not match the latest Revision Id. Call the ${operations} API to retrieve the latest Revision Id`;
  throw new AwsError('PreconditionFailedException', message, { status: 412, members: { Type: 'User' } });
}
