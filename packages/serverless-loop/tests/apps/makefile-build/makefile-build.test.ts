import { expect, test } from 'vitest';
import { missingOf, startApp } from '../app.ts';

test("a function that a Makefile builds is named with sam build's command, and one of npm's build runs as it is", async () => {
  const app = await startApp(import.meta.dirname);
  expect(await app.call('Plain')).toBe('not made');
  expect(missingOf(app.stack)).toEqual([
    '4: Made: the build method makefile is not run: sam build && serverless-loop start --template .aws-sam/build/template.yaml runs what it makes',
  ]);
});
