import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

test('ES modules run without a build, with await at the top and files beside them', async () => {
  const app = await startApp(import.meta.dirname);
  expect(await app.call('Plain', { n: 2 })).toEqual({ n: 20, hasRequire: 'undefined' });
});
