import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

// Lambda developer guide, "Using ES modules and top-level await": initialisation ends when the module has settled.
test('a module that awaits is ready when it has settled, and its failure is one of initialisation', async () => {
  const app = await startApp(import.meta.dirname);
  expect(await app.call('Settled', { amount: 2 })).toBe(6);
  expect(await app.call('Failing')).toMatchObject({
    errorType: 'RangeError',
    errorMessage: 'no rates today',
  });
});
