import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../pages/commands.ts';
import { RUN_BY } from '../../pages/run-by.ts';
import { ROOT } from './pages.ts';

test('every command in the blocks of a page is run by a test, or tests/pages/run-by.ts says who runs it else', () => {
  const unknown = COMMANDS.filter(({ command }) => RUN_BY[command] === undefined);
  expect(unknown).toEqual([]);
});

test('tests/pages/run-by.ts names no command that is on no page', () => {
  const onPages = new Set(COMMANDS.map(({ command }) => command));
  expect(Object.keys(RUN_BY).filter((command) => !onPages.has(command))).toEqual([]);
});

test('what is run elsewhere is run by a file that is there', () => {
  const files = Object.values(RUN_BY).flatMap((runBy) => (typeof runBy === 'string' ? [] : [runBy.by]));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});
