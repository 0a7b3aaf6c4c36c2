import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

const here = import.meta.dirname;

test('YAML that PyYAML takes is taken', async () => {
  const app = await startApp(here);
  expect(await app.call('F')).toBe('one two');
});
