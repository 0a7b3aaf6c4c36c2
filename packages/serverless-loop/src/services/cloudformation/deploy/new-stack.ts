import { required, text } from '../../../aws/members.ts';
import { readerApart } from '../../../aws/service.ts';
import { CLOUDFORMATION_DIALECT, validationError } from '../errors.ts';
import type { OnFailure } from '../shapes.ts';

/** Letters, digits and hyphens, beginning with a letter (API reference, "CreateStack"). */
export const NEW_STACK = {
  StackName: required(text({ max: 128, pattern: '[a-zA-Z][-a-zA-Z0-9]*' })),
} as const;

const readNewStack = readerApart(NEW_STACK, CLOUDFORMATION_DIALECT);

/** The name for a stack, of an operation that takes those of others, too. Throws CloudFormation's error. */
export function newStackName(name: string): string {
  return readNewStack({ StackName: name }).StackName;
}

/** Says what becomes of a failed creation: `DisableRollback` and `OnFailure` say the same thing twice. */
export function onFailureOf({
  OnFailure: onFailure,
  DisableRollback: isDisabled,
}: {
  OnFailure?: OnFailure | undefined;
  DisableRollback?: boolean | undefined;
}): OnFailure {
  if (onFailure !== undefined && isDisabled !== undefined)
    throw validationError('You can specify either OnFailure or DisableRollback, but not both.');
  return onFailure ?? (isDisabled ? 'DO_NOTHING' : 'ROLLBACK');
}
