import { expect, test } from 'vitest';
import { missingOf, startApp } from '../app.ts';

const here = import.meta.dirname;

test('an export of another stack makes one function unavailable, and the other runs', async () => {
  const app = await startApp(here);
  expect(missingOf(app.stack)).toEqual([
    "16: Needy: Environment: the export shared-vpc-id can't be known here: no other stack runs here; give it with --import shared-vpc-id=value",
  ]);
  expect(await app.call('Whole')).toBe('nothing');
});

test('it can be given', async () => {
  const app = await startApp(here, { given: { values: {}, imports: { 'shared-vpc-id': 'vpc-1' } } });
  expect(missingOf(app.stack)).toEqual([]);
  expect(await app.call('Needy')).toBe('vpc-1');
});
