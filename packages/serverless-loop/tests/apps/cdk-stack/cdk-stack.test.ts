import path from 'node:path';
import { startLoop } from 'serverless-loop';
import { expect, onTestFinished, test } from 'vitest';
import { startCommand } from '../../loop-process.ts';

const here = import.meta.dirname;

// AWS CDK API reference, "ArtifactManifest": a stack's `environment` is aws://account/region, which its permissions name, too.
test("a template of the CDK's runs in the account and the Region that its manifest names", async () => {
  const loop = await startCommand(
    ['start', '--port', '0', '--no-watch', '--template', 'cdk.out/Greetings.template.json'],
    { cwd: here },
  );
  onTestFinished(async () => void (await loop.stop()));
  const [stack] = loop.facts.filter(({ kind }) => kind === 'stack');
  expect(stack).toMatchObject({ accountId: '123456789012', region: 'eu-north-1' });
  const apis: { kind: unknown; apis?: Record<string, string> }[] = JSON.parse(JSON.stringify(loop.facts));
  const { Front = '' } = apis.find(({ kind }) => kind === 'ready')?.apis ?? {};
  const { host, port } = new URL(Front);
  const response = await fetch(`http://127.0.0.1:${port}/_aws/execute-api/${host.split('.')[0]}/you`);
  expect(await response.text()).toBe('hello you from eu-north-1,123456789012');
});

test('a stack that may be anywhere runs where the loop does', async () => {
  await using loop = await startLoop({ template: path.join(here, 'cdk.out/Anywhere.template.json') });
  expect(loop.outputs.Arn).toMatch(/^arn:aws:sqs:us-east-1:000000000000:/);
});

test('in a test it runs there, too, unless the test says where', async () => {
  const template = path.join(here, 'cdk.out/Greetings.template.json');
  await using loop = await startLoop({ template, region: 'eu-west-1' });
  const greeter = await loop.invoke('Greeter', { pathParameters: { name: 'you' } });
  expect(greeter.payload).toMatchObject({ body: 'hello you from eu-west-1,123456789012' });
});
