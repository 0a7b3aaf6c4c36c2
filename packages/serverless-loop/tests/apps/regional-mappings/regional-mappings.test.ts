import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

// CloudFormation user guide, "CloudFormation template Mappings syntax".
test("what a mapping has for the stack's Region reaches the function, as it is written", async () => {
  const { call } = await startApp(import.meta.dirname);
  expect(await call('F')).toEqual({ GREETING: 'hello', RATE: '1.10', ZONES: 'a+b', FIRST: 'a' });
});
