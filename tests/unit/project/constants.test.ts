import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** A number, a text, an expression, a list, or a Map or Set with something in it, declared by a module. */
const CONSTANT =
  /^(?:export )?const ([a-z]\w*)(?:: [^=\n]+)? =\s*(?:-?\d|['"`]|\/[^/*]|\[|new (?:Map|Set)(?:<[^\n]*?>)?\(\s*[^)\s])/gm;

/** A limit that is not a MAX or a MIN. */
const OTHER_LIMIT =
  /^(?:export )?const ((?:MOST|LONGEST|LARGEST|MAXIMUM|LEAST|SHORTEST|SMALLEST|FEWEST|MINIMUM)(?:_\w+)?)\b/gm;

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

const SOURCES = globSync(['packages/*/src/**/*.ts', '{src,scripts}/**/*.ts'], { cwd: ROOT }).map((file) => ({
  file,
  text: readFileSync(path.join(ROOT, file), 'utf8'),
}));

test('a module names its constants in one way, in capitals', () => {
  expect(SOURCES.length).toBeGreaterThan(1_000);
  expect(SOURCES.flatMap(({ file, text }) => inSmallLetters(text).map((name) => `${file}: ${name}`))).toEqual(
    [],
  );
});

test('a module names a limit MAX or MIN', () => {
  const otherwise = SOURCES.flatMap(({ file, text }) =>
    [...text.matchAll(OTHER_LIMIT)].map(([, name = '']) => `${file}: ${name}`),
  );
  expect(otherwise).toEqual([]);
});
