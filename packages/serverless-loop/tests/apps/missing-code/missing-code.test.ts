import { expect, test } from 'vitest';
import { missingOf, startApp } from '../app.ts';

const here = import.meta.dirname;

test('functions without their code are named, and the one that has it runs', async () => {
  const app = await startApp(here);
  expect(missingOf(app.stack)).toEqual([
    expect.stringMatching(
      /^13: NoFolder: Code, expected the folder of the code \(CodeUri\), found nothing at /,
    ),
    expect.stringMatching(/^20: NoFile: Handler, expected the handler's file at .*other\.js/),
  ]);
  expect(await app.call('Whole')).toBe('nothing');
});
