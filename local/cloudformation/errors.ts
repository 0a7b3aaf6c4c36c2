import { AwsError } from '../aws/errors.ts';
import { TemplateError } from '../template/error.ts';

/** CloudFormation's error for whatever is wrong with a call. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

export function noSuchStack(nameOrId: string): AwsError {
  return validationError(`Stack with id ${nameOrId} does not exist`);
}

/** What operations say that change stacks, or tell of their change sets and events. */
export function noStackNamed(nameOrId: string): AwsError {
  return validationError(`Stack [${nameOrId}] does not exist`);
}

/** CloudFormation's words for what is wrong with a template, where they are known; the loop's own in a frame otherwise. */
export function wordsFor(error: unknown, frame: 'format' | 'error'): string {
  if (error instanceof TemplateError && error.words !== undefined) return error.words;
  const message = error instanceof Error ? error.message : String(error);
  return `Template ${frame === 'format' ? 'format error' : 'error'}: ${message}`;
}

/** A violated constraint of the API model, in AWS's words. */
export function constraint(value: string, member: string, rule: string): AwsError {
  return validationError(
    `1 validation error detected: Value ${value} at '${member}' failed to satisfy constraint: ${rule}`,
  );
}
