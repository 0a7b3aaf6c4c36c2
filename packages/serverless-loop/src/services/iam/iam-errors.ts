import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';

export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, { status: 404 });
}

/** A text member of a form that must be there. Throws the error of IAM and STS when it isn't. */
export function requiredText(input: JsonObject, member: string): string {
  const value = input[member];
  if (typeof value === 'string' && value !== '') return value;
  throw validationError('null', member, 'Member must not be null');
}

export function optionalText(input: JsonObject, member: string): string | undefined {
  return input[member] === undefined ? undefined : requiredText(input, member);
}

/** A violated constraint of the API model, in AWS's words. */
export function validationError(value: string, member: string, rule: string): AwsError {
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  return new AwsError(
    'ValidationError',
    `1 validation error detected: Value ${value} at '${name}' failed to satisfy constraint: ${rule}`,
  );
}
