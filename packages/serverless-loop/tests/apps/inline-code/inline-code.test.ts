import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

// CloudFormation, "AWS::Lambda::Function Code", ZipFile: the file index.js, beside which only AWS's runtime's SDK is there.
test('code in the template runs, with the SDK of the runtime', async () => {
  const app = await startApp(import.meta.dirname);
  expect(await app.call('Inline', { n: 1 })).toEqual([1, 'function']);
  expect(await app.call('Plain', { n: 2 })).toEqual({ plain: 2 });
});
