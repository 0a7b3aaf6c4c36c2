import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

test('two functions of one folder run apart: each has its own handler, process and state', async () => {
  const app = await startApp(import.meta.dirname);
  expect(await app.call('Writer')).toEqual(['writer', 1]);
  expect(await app.call('Writer')).toEqual(['writer', 2]);
  expect(await app.call('Reader')).toEqual(['reader', 1]);
});
