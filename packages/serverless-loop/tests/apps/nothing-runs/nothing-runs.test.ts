import { expect, test } from 'vitest';
import { runInProcess } from '../../command-in-process.ts';
import { missingOf, startApp } from '../app.ts';

test('a loop whose only function has no code starts, and says to who invokes it that nothing runs', async () => {
  const app = await startApp(import.meta.dirname);
  expect(missingOf(app.stack)).toEqual([
    expect.stringMatching(
      /^7: F: Code, expected the folder of the code \(CodeUri\), found nothing at .*dist$/,
    ),
  ]);
  const { status, stderr } = await runInProcess(['invoke', 'F', '--endpoint', app.loop.endpoint]);
  expect(status).toBe(2);
  expect(stderr).toContain('has no function "F"; it has none: what it printed at its start says why\n');
});
