import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

// Lambda developer guide, "Using a wrapper script".
test("a layer's wrapper script starts the runtime, with the function's environment", async () => {
  const app = await startApp(import.meta.dirname);
  expect(await app.call('Wrapped')).toMatch(/^wrapper of app-Wrapped-/);
});
