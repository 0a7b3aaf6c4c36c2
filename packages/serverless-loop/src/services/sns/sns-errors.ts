import { AwsError } from '../../aws/errors.ts';

/** InvalidParameterException, by the name that the query protocol has for it. */
export function invalidParameter(reason: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${reason}`);
}

/** InvalidParameterValueException, likewise. */
export function invalidParameterValue(message: string): AwsError {
  return new AwsError('ParameterValueInvalid', message);
}
