import type { JsonObject } from '../../aws/operation.ts';
import { shown } from '../../aws/shown.ts';
import { constraint, validationError } from './errors.ts';

/** A text member of a form; an empty one is as good as absent. Throws AwsError for a structure or list. */
export function optionalText(input: JsonObject, member: string): string | undefined {
  const value = input[member];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw validationError(`${member} must be text.`);
}

export function requiredText(input: JsonObject, member: string): string {
  const value = optionalText(input, member);
  if (value === undefined) throw constraint('null', lowerFirst(member), 'Member must not be null');
  return value;
}

/** A member that is one of few words. */
export function optionalChoice<Word extends string>(
  input: JsonObject,
  member: string,
  words: readonly Word[],
): Word | undefined {
  const value = optionalText(input, member);
  if (value === undefined) return undefined;
  return asOneOf(value, lowerFirst(member), words);
}

/** A list of words; empty when it is absent, as `Member=` is too. */
export function choiceList<Word extends string>(
  input: JsonObject,
  member: string,
  words: readonly Word[],
): Word[] {
  const value = input[member] ?? '';
  if (value === '') return [];
  if (!Array.isArray(value)) throw validationError(`${member} must be a list.`);
  return value.map((item, index) => asOneOf(shown(item), `${lowerFirst(member)}.${index + 1}.member`, words));
}

function asOneOf<Word extends string>(value: string, member: string, words: readonly Word[]): Word {
  const word = words.find((known) => known === value);
  if (word !== undefined) return word;
  throw constraint(`'${value}'`, member, `Member must satisfy enum value set: [${words.join(', ')}]`);
}

function lowerFirst(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}
