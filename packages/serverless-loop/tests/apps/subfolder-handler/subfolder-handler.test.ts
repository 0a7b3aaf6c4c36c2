import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

test('a handler in a folder of the code is found, and one that is nested in what its file exports', async () => {
  const app = await startApp(import.meta.dirname);
  expect(await app.call('Nested', { n: 1 })).toEqual({
    kind: 'created',
    n: 1,
    root: 'handlers/orders/create.api.handler',
  });
  expect(await app.call('Dotted', { n: 2 })).toMatchObject({ kind: 'listed', n: 2 });
});
