import { queryDialect } from '../../aws/dialect.ts';
import { AwsError } from '../../aws/errors.ts';

/** An empty member is as good as an absent one. */
export const CLOUDFORMATION_DIALECT = queryDialect({ emptyText: 'absent' });

/** CloudFormation's error for whatever is wrong with a call. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

export function noSuchStack(nameOrId: string): AwsError {
  return validationError(`Stack with id ${nameOrId} does not exist`);
}

/** In the words of operations that change stacks, or tell of their change sets and events. */
export function noStackNamed(nameOrId: string): AwsError {
  return validationError(`Stack [${nameOrId}] does not exist`);
}

/** CloudFormation's own words for what is wrong with a template, which the reader's error has where it knows them. */
export function wordsOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('words' in error)) return undefined;
  return typeof error.words === 'string' ? error.words : undefined;
}

/** Those words, or what the reader says in CloudFormation's frame. */
export function wordsFor(error: unknown, frame: 'format' | 'error'): string {
  const words = wordsOf(error);
  if (words !== undefined) return words;
  const message = error instanceof Error ? error.message : String(error);
  return `Template ${frame === 'format' ? 'format error' : 'error'}: ${message}`;
}

/** In AWS's words, where no description says that a member must be there: another would do. */
export function missing(member: string): AwsError {
  return validationError(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}
