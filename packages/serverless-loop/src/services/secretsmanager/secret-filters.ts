import { list, oneOf, structure, text } from '../../aws/members.ts';
import type { Secret } from './secret.ts';

const KEYS = [
  'description',
  'name',
  'tag-key',
  'tag-value',
  'primary-region',
  'owning-service',
  'all',
] as const;

export const FILTERS = list(
  structure({
    Key: oneOf(KEYS),
    Values: list(text({ min: 1, max: 512 }), { min: 1, max: 10 }),
  }),
  { max: 10 },
);

interface Filter {
  Key?: (typeof KEYS)[number];
  Values?: string[];
}

/** Secrets that every filter lets through (Secrets Manager API, "Filter"): a value begins a word, with `!` before it none. */
export function filteredSecrets(secrets: readonly Secret[], filters: readonly Filter[] = []): Secret[] {
  return secrets.filter((secret) => filters.every((filter) => passes(secret, filter)));
}

function passes(secret: Secret, { Key = 'all', Values = [] }: Filter): boolean {
  const texts = textsOf(secret, Key);
  return Values.some((value) =>
    value.startsWith('!')
      ? !texts.some((text) => matches(text, value.slice(1), Key))
      : texts.some((text) => matches(text, value, Key)),
  );
}

/** Names, tags' keys and values match by their beginning and case; a description by words without it. */
function matches(text: string, value: string, key: string): boolean {
  if (key === 'name' || key === 'tag-key' || key === 'tag-value') return text.startsWith(value);
  const own = wordsOf(text);
  const wanted = wordsOf(value);
  return wanted.length > 0 && wanted.every((word) => own.some((it) => it.startsWith(word)));
}

/** Punctuation parts words, and so does a capital: COMPANYthings is COMPAN and Ythings (getmoto/moto, tests/test_secretsmanager/test_list_secrets.py, run against AWS). */
function wordsOf(text: string): string[] {
  const words = text.split(/[\s/_+=.@-]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
  return words.filter((word) => word !== '').map((word) => word.toLowerCase());
}

function textsOf({ name, description, tags }: Secret, key: string): string[] {
  const all = {
    name: [name],
    description: description === undefined ? [] : [description],
    'tag-key': [...tags.keys()],
    'tag-value': [...tags.values()],
  };
  if (key === 'name' || key === 'description' || key === 'tag-key' || key === 'tag-value') return all[key];
  return key === 'all' ? Object.values(all).flat() : [];
}
