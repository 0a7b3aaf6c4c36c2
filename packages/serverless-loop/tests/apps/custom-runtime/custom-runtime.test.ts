import { expect, test } from 'vitest';
import { missingOf, startApp } from '../app.ts';

// Lambda developer guide, "Tutorial: Building a custom runtime".
test("a bootstrap that is there runs by the Runtime API; one that a build makes is named with the build's command", async () => {
  const app = await startApp(import.meta.dirname);
  expect(await app.call('Shell', { n: 1 })).toEqual({ greet: 'hello', event: { n: 1 } });
  expect(missingOf(app.stack)).toEqual([
    '11: Unbuilt: the build method go1.x is not run: sam build && serverless-loop start --template .aws-sam/build/template.yaml runs what it makes',
  ]);
});
