import { isObject } from '../../../aws/json-object.ts';
import type { JsonObject } from '../../../aws/operation.ts';
import { constraint, validationError } from '../errors.ts';
import { optionalChoice, optionalText, requiredText } from '../input.ts';
import type { StackTag } from '../stack-record.ts';

/** The structures of a list; none when it is absent or empty. Throws AwsError for anything else. */
export function objectsIn(input: JsonObject, member: string): JsonObject[] {
  const value = input[member] ?? '';
  if (value === '') return [];
  if (!Array.isArray(value)) throw validationError(`${member} must be a list.`);
  return value.map((item: unknown) => {
    if (!isObject(item)) throw validationError(`${member} must be a list of structures.`);
    return item;
  });
}

export function textsIn(input: JsonObject, member: string): string[] {
  const value = input[member] ?? '';
  if (value === '') return [];
  if (!Array.isArray(value)) throw validationError(`${member} must be a list.`);
  return value.map(String);
}

export function isTrue(input: JsonObject, member: string): boolean {
  return optionalChoice(input, member, ['true', 'false']) === 'true';
}

/** A new stack's name: letters, digits and hyphens, beginning with a letter (API reference, "CreateStack"). */
export function newStackName(input: JsonObject, pattern = '[a-zA-Z][-a-zA-Z0-9]*'): string {
  const name = requiredText(input, 'StackName');
  if (/^[A-Za-z][-A-Za-z0-9]{0,127}$/.test(name)) return name;
  throw constraint(
    `'${name}'`,
    'stackName',
    name.length > 128
      ? 'Member must have length less than or equal to 128'
      : `Member must satisfy regular expression pattern: ${pattern}`,
  );
}

export function tagsIn(input: JsonObject): StackTag[] {
  return objectsIn(input, 'Tags').map((tag) => ({
    key: requiredText(tag, 'Key'),
    value: optionalText(tag, 'Value') ?? '',
  }));
}

export const ON_FAILURE = ['DO_NOTHING', 'ROLLBACK', 'DELETE'] as const;

/** What becomes of a failed creation: `DisableRollback` and `OnFailure` say the same thing twice. */
export function onFailureOf(input: JsonObject, member: 'OnFailure' | 'OnStackFailure') {
  const onFailure = optionalChoice(input, member, ON_FAILURE);
  const isDisabled = isTrue(input, 'DisableRollback');
  if (onFailure !== undefined && input.DisableRollback !== undefined)
    throw validationError(`You can specify either ${member} or DisableRollback, but not both.`);
  return onFailure ?? (isDisabled ? 'DO_NOTHING' : 'ROLLBACK');
}
