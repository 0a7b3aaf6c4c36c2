import { inspect } from 'node:util';
import { FolderError } from './folder-error.ts';
import { printable, printableLines } from './printable.ts';

/** Tells of a fault of the loop's own, with its stack, beside what the loop shows: such a fault is for its developers. */
export function complain(what: string, error: unknown): void {
  const words = error instanceof FolderError ? error.message : inspect(error);
  const lines = printableLines(words).split('\n');
  console.error([`${printable(what, 1_000)}:`, ...lines.map((line) => `    ${line}`)].join('\n'));
}
