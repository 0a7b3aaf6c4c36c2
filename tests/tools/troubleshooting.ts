import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** A message that docs/troubleshooting.md quotes: its test holds the page to what the tools say. */
export function quoted(message: string): string {
  expect(readFileSync('docs/troubleshooting.md', 'utf8')).toContain(message);
  return message;
}
