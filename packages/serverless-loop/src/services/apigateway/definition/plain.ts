import { lowerFirst } from '../../../aws/first-letter.ts';
import { isObject } from '../../../aws/json-object.ts';

/** A map of a definition; of anything else an empty one. */
export function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Numbers and booleans are told as text, too. */
export function wordOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function wordsOf(value: unknown): string[] {
  return listOf(value).flatMap((item) => wordOf(item) ?? []);
}

export function numberOf(value: unknown): number | undefined {
  const number = Number(wordOf(value));
  return Number.isFinite(number) ? number : undefined;
}

export function isTrue(value: unknown): boolean {
  return wordOf(value) === 'true';
}

export function wordMapOf(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mapOf(value)).flatMap(([name, member]) => {
      const word = wordOf(member);
      return word === undefined ? [] : [[name, word]];
    }),
  );
}

/** `AllowOrigins` is `allowOrigins` in a definition. */
export function inSmallLetters(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [lowerFirst(name), value]));
}
