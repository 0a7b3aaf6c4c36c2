import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PAGES, pageOf, ROOT } from './pages.ts';

const { scripts }: { scripts: Record<string, string> } = JSON.parse(pageOf('package.json'));

/** The commands that a page names in a code span or a block. */
function named(page: string, pattern: RegExp): string[] {
  return [...pageOf(page).matchAll(pattern)].map(([, name = '']) => name);
}

test.each(PAGES)('%s names only scripts that package.json has', (page) => {
  const names = named(page, /\bnpm run (?:-s |--silent )?([a-z][\w:-]*)/g);
  expect(names.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test.each(PAGES)('%s names only shell scripts that are there', (page) => {
  const files = named(page, /`(?:\.\/)?([\w.-]+\.sh)[ `]/g);
  expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

test('the README names the scripts that a person runs', () => {
  const readme = named('README.md', /\bnpm run (?:-s )?([a-z][\w:-]*)/g);
  expect(readme).toEqual(
    expect.arrayContaining(['demo', 'invoke', 'order', 'redrive', 'republish', 'erase']),
  );
});
