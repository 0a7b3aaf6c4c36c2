import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

test("a layer's packages and files are there for the functions that name it, and for no other", async () => {
  const app = await startApp(import.meta.dirname);
  expect(await app.call('Layered', { name: 'you' })).toEqual(['hello you', ['of the layer']]);
  expect(await app.call('Bare', { name: 'you' })).toMatchObject({
    errorType: 'Error',
    errorMessage: expect.stringContaining("Cannot find module 'greeting'"),
  });
});
