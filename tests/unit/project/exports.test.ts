import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const LOOP = 'packages/serverless-loop/src';
const EXPORTED = /^export (?:async )?(?:function\*?|const) (\w+)/gm;

test('a function or a constant of the loop is exported for a file that asks for it', () => {
  const files = globSync(
    ['packages/*/{bin,src,tests,bench}/**/*.{ts,mjs}', '{scripts,tests,bench}/**/*.ts'],
    {
      cwd: ROOT,
    },
  );
  const filesWith = new Map<string, number>();
  for (const file of files)
    for (const word of new Set(readFileSync(path.join(ROOT, file), 'utf8').match(/\w+/g)))
      filesWith.set(word, (filesWith.get(word) ?? 0) + 1);
  const sources = files.filter((file) => file.startsWith(LOOP));
  expect(sources.length).toBeGreaterThan(500);
  const forNobody = sources.flatMap((file) =>
    [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(EXPORTED)]
      .map(([, name = '']) => name)
      .filter((name) => filesWith.get(name) === 1)
      .map((name) => `${file}: ${name}`),
  );
  expect(forNobody, 'exported, and named in no other file: leave out `export`').toEqual([]);
});
