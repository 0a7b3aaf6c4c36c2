import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

const here = import.meta.dirname;

test('a bundle with an unresolved import keeps no other function from serving, and is told with its place', async () => {
  const app = await startApp(here);
  expect(await app.call('Whole')).toBe('nothing');
  expect(app.facts.filter(({ kind }) => kind === 'build.failed')).toMatchObject([
    { errors: [expect.stringMatching(/^broken\/app\.mjs:1:8: Could not resolve "\.\/not-there\.js"/)] },
  ]);
});
