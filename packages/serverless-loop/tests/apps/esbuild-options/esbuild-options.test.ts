import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

// SAM developer guide, "Building Node.js Lambda functions with esbuild".
test("esbuild's options of a template shape the bundle", async () => {
  const { call } = await startApp(import.meta.dirname);
  expect(await call('Bundled')).toEqual({
    mode: 'fast',
    words: 'of a file',
    now: 42,
    name: 'handler',
    missing: 'ERR_MODULE_NOT_FOUND',
    banner: 'on top',
  });
});

test("without EntryPoints the handler's file is bundled, and found by its name alone", async () => {
  const { call } = await startApp(import.meta.dirname);
  expect(await call('ByItsPath')).toBe('late');
});
