import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { isText } from './json.ts';

/** A string member of a request; null is as good as absent. Throws AwsError for any other type. */
export function optionalText(input: JsonObject, member: string): string | undefined {
  const value = input[member] ?? undefined;
  if (value !== undefined && !isText(value)) throw wrongType(member, 'a string');
  return value;
}

/** A string member that must be there. */
export function requiredText(input: JsonObject, member: string): string {
  const value = optionalText(input, member);
  if (value === undefined) throw notNull(member);
  return value;
}

/** A list of strings, empty when absent. */
export function optionalTexts(input: JsonObject, member: string): string[] {
  const value = input[member] ?? [];
  if (!Array.isArray(value) || !value.every(isText)) throw wrongType(member, 'a list of strings');
  return value;
}

/** A time stamp: the awsJson protocols send it as epoch seconds, with fractions. */
export function epochSeconds(input: JsonObject, member: string): number | undefined {
  const value = input[member] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || Number.isNaN(new Date(value * 1_000).getTime()))
    throw wrongType(member, 'a time stamp in epoch seconds');
  return value;
}

/** `1 validation error detected: Value null at 'entries' failed …`, as AWS words a missing member. */
export function notNull(member: string): AwsError {
  return constraint(`Value null at '${lowerFirst(member)}'`, 'Member must not be null');
}

/** A violated constraint of the API model, in AWS's words. */
export function constraint(where: string, rule: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: ${where} failed to satisfy constraint: ${rule}`,
  );
}

function lowerFirst(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}

function wrongType(member: string, expected: string): AwsError {
  return new AwsError('SerializationException', `${member} must be ${expected}.`);
}
