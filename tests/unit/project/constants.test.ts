import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** A number, a text, an expression, a list, or a Map or Set with something in it, declared by a module. */
const CONSTANT =
  /^(?:export )?const ([a-z]\w*)(?:: [^=\n]+)? =\s*(?:-?\d|['"`]|\/[^/*]|\[|new (?:Map|Set)(?:<[^\n]*?>)?\(\s*[^)\s])/gm;

function inSmallLetters(text: string): string[] {
  return [...text.matchAll(CONSTANT)].map(([, name = '']) => name);
}

test.each([
  ['const mostItems = 100;', ['mostItems']],
  ["export const methods = ['GET', 'PUT'] as const;", ['methods']],
  ['const known: ReadonlySet<string> = new Set(\n  NAMES,\n);', ['known']],
  ['const pattern = /^a+$/;', ['pattern']],
  ['const MAX_ITEMS = 100;', []],
  ['const seen = new Map<string, number>();', []],
  ['const isEven = (count: number) => count % 2 === 0;', []],
  ['  const inside = 1;', []],
])('%j', (text, names) => {
  expect(inSmallLetters(text)).toEqual(names);
});

test('a module names its constants in one way, in capitals', () => {
  const files = globSync(['packages/*/src/**/*.ts', '{src,scripts}/**/*.ts'], { cwd: ROOT });
  expect(files.length).toBeGreaterThan(1_000);
  const otherwise = files.flatMap((file) =>
    inSmallLetters(readFileSync(path.join(ROOT, file), 'utf8')).map((name) => `${file}: ${name}`),
  );
  expect(otherwise).toEqual([]);
});
