import { randomInt } from 'node:crypto';
import { invalidParameter } from './secret-errors.ts';

export interface PasswordRules {
  length?: number;
  excludeCharacters?: string;
  excludeNumbers?: boolean;
  excludePunctuation?: boolean;
  excludeUppercase?: boolean;
  excludeLowercase?: boolean;
  includeSpace?: boolean;
  requireEachIncludedType?: boolean;
}

const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz';
const UPPERCASE = LOWERCASE.toUpperCase();
const DIGITS = '0123456789';
/** Secrets Manager API, "GetRandomPassword", ExcludePunctuation. */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** A password as Secrets Manager draws one (Secrets Manager API, "GetRandomPassword"). Throws AwsError for rules that leave none. */
export function randomPassword(rules: PasswordRules): string {
  const { length = 32, excludeCharacters = '', requireEachIncludedType = true } = rules;
  const types = [
    rules.excludeLowercase ? '' : LOWERCASE,
    rules.excludeUppercase ? '' : UPPERCASE,
    rules.excludeNumbers ? '' : DIGITS,
    rules.excludePunctuation ? '' : PUNCTUATION,
    rules.includeSpace ? ' ' : '',
  ]
    .map((characters) => [...characters].filter((it) => !excludeCharacters.includes(it)))
    .filter((characters) => characters.length > 0);
  const all = types.flat();
  if (all.length === 0)
    throw invalidParameter('The password can have no characters: all of them are excluded.');
  if (requireEachIncludedType && types.length > length)
    throw invalidParameter(
      `The password length of ${length} is too short for the ${types.length} required character types.`,
    );
  const drawn = requireEachIncludedType ? types.map(oneOf) : [];
  while (drawn.length < length) drawn.push(oneOf(all));
  return shuffled(drawn).join('');
}

function oneOf(characters: readonly string[]): string {
  return characters[randomInt(characters.length)] ?? '';
}

function shuffled(characters: readonly string[]): string[] {
  const left = [...characters];
  return characters.flatMap(() => left.splice(randomInt(left.length), 1));
}
