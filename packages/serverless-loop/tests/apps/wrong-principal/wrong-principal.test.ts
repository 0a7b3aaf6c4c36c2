import { expect, test } from 'vitest';
import { missingOf, startApp } from '../app.ts';

const here = import.meta.dirname;

test("a role with a Principal that isn't valid is unavailable with its function, and the other runs", async () => {
  const app = await startApp(here);
  expect(missingOf(app.stack)).toEqual([
    '16: Needy: its role Role is unavailable',
    expect.stringMatching(
      /^22: Role: AssumeRolePolicyDocument\.Statement\[0\]\.Principal, expected "\*" or a map/,
    ),
  ]);
  expect(await app.call('Whole')).toBe('nothing');
});
