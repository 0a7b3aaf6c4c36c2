import { frameworkDialect } from '../../aws/dialect.ts';
import { AwsError } from '../../aws/errors.ts';

/** Words of the framework, by which Kinesis refuses what breaks its model. */
export const KINESIS_DIALECT = frameworkDialect();

export function invalidArgument(message: string): AwsError {
  return new AwsError('InvalidArgumentException', message);
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}

export function inUse(message: string): AwsError {
  return new AwsError('ResourceInUseException', message);
}

/** LocalStack's record, test_kinesis.snapshot.json, test_cbor_exceptions. */
export function noSuchStream(name: string, accountId: string): AwsError {
  return notFound(`Stream ${name} under account ${accountId} not found.`);
}
