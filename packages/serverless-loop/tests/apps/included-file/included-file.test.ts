import { expect, test } from 'vitest';
import { missingOf, startApp } from '../app.ts';

const here = import.meta.dirname;

test('AWS::Include takes local files in, and names one that is elsewhere', async () => {
  const app = await startApp(here);
  expect(await app.call('F')).toBe('box');
  expect(missingOf(app.stack)).toEqual([
    expect.stringMatching(/^15: Far: AWS::Include of s3:\/\/bucket\/queue\.yaml can't be known here/),
  ]);
});
