import { expect, test } from 'vitest';
import { missingOf, startApp } from '../app.ts';

const here = import.meta.dirname;

test('a circle through a role makes unavailable what is in it, and the rest runs', async () => {
  const app = await startApp(here);
  const circle =
    'CloudFormation refuses it: circular dependency between resources: Again -> AgainRole -> Again';
  expect(missingOf(app.stack)).toEqual([`10: Again: ${circle}`, `10: AgainRole: ${circle}`]);
  expect(await app.call('Whole')).toBe('nothing');
});
