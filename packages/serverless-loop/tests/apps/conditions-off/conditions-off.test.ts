import { expect, test } from 'vitest';
import { inspectApp, startApp } from '../app.ts';

const here = import.meta.dirname;

// CloudFormation user guide, "CloudFormation template Conditions syntax".
test('what a condition takes out of the stack is neither there nor looked at', async () => {
  const dev = await startApp(here);
  expect(await dev.call('Always')).toEqual({ mode: 'quiet', hasQueue: false });
  expect([dev.stack.queues, dev.stack.outputs, dev.stack.functions.length]).toEqual([[], [], 1]);
});

test('with another parameter it is', () => {
  const prod = inspectApp(here, { parameterOverrides: { Stage: 'prod' } });
  expect(prod.outputs).toMatchObject([{ name: 'Alerts', value: expect.stringContaining('app-Alerts-') }]);
  expect(prod.functions[0]?.environment).toMatchObject({ MODE: 'loud', QUEUE: prod.outputs[0]?.value });
});
