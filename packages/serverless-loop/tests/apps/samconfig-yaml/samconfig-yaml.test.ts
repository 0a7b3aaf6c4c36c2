import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

const here = import.meta.dirname;

test('samconfig.yaml says the name of the stack, and parameters in a file; those of another template stop nothing', async () => {
  const app = await startApp(here);
  expect(await app.call('F')).toBe('snacks/from file/b+c');
});
