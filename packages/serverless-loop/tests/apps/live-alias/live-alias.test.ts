import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { clientOptions } from '../../loop-in-process.ts';
import { startApp } from '../app.ts';

// SAM developer guide, "AutoPublishAlias"; Lambda developer guide, "Configuring provisioned concurrency for a function".
test('an alias runs the published version, and says by its own ARN that it was called; what has no effect here is told', async () => {
  const { loop, stack } = await startApp(import.meta.dirname);
  const [alias, version] = stack.outputs.map(({ value }) => value);
  const client = new LambdaClient(clientOptions(loop));
  const { Payload, ExecutedVersion } = await client.send(new InvokeCommand({ FunctionName: alias }));
  expect(JSON.parse(new TextDecoder().decode(Payload))).toEqual([alias, version]);
  expect(ExecutedVersion).toBe(version);
  const told = stack.resources.filter(({ reason }) => reason !== undefined).map(({ reason }) => reason);
  expect(told.join('; ')).toMatch(/provisioned concurrency/i);
});
