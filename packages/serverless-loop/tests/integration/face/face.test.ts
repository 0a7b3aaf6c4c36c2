import path from 'node:path';
import process from 'node:process';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Fact, FactTimeoutError, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { type RunningSystem, startSystem } from './project.ts';

let remove = () => {};
let system: RunningSystem;
beforeAll(async () => {
  system = await startSystem(
    { stackName: 'face', region: 'eu-north-1', parameters: { Greeting: 'good day' }, retrySpeed: 1_000 },
    (undo) => {
      remove = undo;
    },
  );
});
afterAll(async () => {
  await system?.loop.stop();
  remove();
});
beforeEach(() => system.loop.reset());

describe('a loop in a test', () => {
  test('says where it is and what it runs', () => {
    const { loop } = system;
    expect(loop.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(loop.environment).toEqual({
      AWS_ENDPOINT_URL: loop.endpoint,
      AWS_REGION: 'eu-north-1',
      AWS_DEFAULT_REGION: 'eu-north-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
    expect(loop.outputs.FailuresUrl).toBe(loop.physicalId('Failures'));
    expect(loop.resources).toContainEqual({
      logicalId: 'Writer',
      type: 'AWS::Lambda::Function',
      physicalId: loop.outputs.WriterName,
    });
    expect(() => loop.physicalId('Nobody')).toThrow(/found "Nobody"; there are .*Writer/);
  });

  test('invokes a function, by its alias unless something else is said', async () => {
    const { loop } = system;
    const done = await loop.invoke('Writer', { id: 'a' });
    expect(done).toEqual({
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      payload: { id: 'a', greeting: 'good day' },
      logs: expect.stringContaining('got {"id":"a"}'),
    });
    await loop.invoke(loop.outputs.WriterName ?? '', { id: 'b' }, { qualifier: '$LATEST' });
    const started = loop.facts
      .soFar()
      .flatMap((fact) => (fact.kind === 'invocation.started' ? [fact.qualifier] : []));
    expect(started).toEqual(['live', '$LATEST']);
  });

  test('tells the error of a function that failed, and rejects where Lambda refuses', async () => {
    const { loop } = system;
    expect(await loop.invoke('Writer', { fails: true })).toMatchObject({
      error: { functionError: 'Unhandled', type: 'TypeError', message: 'as it was told' },
      payload: { errorType: 'TypeError' },
    });
    await expect(loop.invoke('Nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('waits for a fact, of the past too', async () => {
    const { loop, publish } = system;
    const written = loop.facts.waitFor((fact) => fact.kind === 'table.written');
    await publish({ id: 'c' });
    const { key } = await written;
    expect(key).toContain('c');
    expect(await loop.facts.waitFor((fact) => fact.kind === 'table.written', { withinMs: 0 })).toEqual(
      await written,
    );
  });

  test('lets its facts be read in a loop: those so far, and those that come', async () => {
    const { loop, publish } = system;
    await loop.invoke('Writer', { id: 'g' });
    const kinds: string[] = [];
    for await (const fact of loop.facts) {
      kinds.push(fact.kind);
      if (fact.kind !== 'table.written') continue;
      if (fact.key.includes('h')) break;
      // Not before the first ones are read.
      await publish({ id: 'h' });
    }
    expect(kinds.filter((kind) => kind === 'table.written')).toHaveLength(2);
    expect(kinds.indexOf('table.written')).toBeLessThan(kinds.indexOf('event.published'));
  });

  test('gives up on a fact that doesn’t come, with the last facts', async () => {
    const { loop } = system;
    await loop.invoke('Writer', { id: 'd' });
    const never = loop.facts.waitFor(({ kind }) => kind === 'build.failed', { withinMs: 10 });
    const error = await never.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FactTimeoutError);
    expect(error).toMatchObject({
      message: expect.stringMatching(
        /^No fact was the one waited for: none came within 10 ms\. The last facts:\n(?: {2}.*\n)* {2}table\.written \{ tableName: /,
      ),
    });
  });

  test('is emptied without a restart', async () => {
    const { loop, count, depth, send, settings } = system;
    await loop.invoke('Writer', { id: 'e' });
    await loop.invoke('Writer', { fails: true }, { async: true });
    await send('a message');
    const dynamodb = new DynamoDBClient(settings);
    const byCall = { TableName: 'made-by-a-call' };
    await dynamodb.send(
      new CreateTableCommand({
        ...byCall,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
    await dynamodb.send(new PutItemCommand({ ...byCall, Item: { id: { S: 'e' } } }));
    const logs = new CloudWatchLogsClient(settings);
    const logGroupName = `/aws/lambda/${loop.outputs.WriterName}`;
    const lines = async () =>
      (await logs.send(new FilterLogEventsCommand({ logGroupName }))).events?.length ?? 0;
    expect([await count(), (await lines()) > 0, loop.segments().length > 0]).toEqual([1, true, true]);

    await loop.reset();
    expect([await count(), await depth(), await lines()]).toEqual([0, 0, 0]);
    expect((await dynamodb.send(new ScanCommand(byCall))).Count).toBe(0);
    expect(loop.segments()).toEqual([]);
    expect(loop.facts.soFar()).toEqual([]);
    await loop.idle();
    expect(loop.facts.soFar().filter(({ kind }) => kind.startsWith('invocation'))).toEqual([]);
    expect((await loop.invoke('Writer', { id: 'f' })).payload).toMatchObject({ id: 'f' });
    expect([await count(), (await lines()) > 0]).toEqual([1, true]);
  });
});

test('`await using` stops it, and whoever waits for a fact hears of that', async () => {
  let endpoint = '';
  let waiting: Promise<unknown> = Promise.resolve();
  const read: string[] = [];
  let reading: Promise<void> = Promise.resolve();
  {
    await using loop = await startLoop({});
    endpoint = loop.endpoint;
    waiting = loop.facts.waitFor(({ kind }) => kind === 'log').catch(({ message }: Error) => message);
    reading = (async () => {
      for await (const { kind } of loop.facts) read.push(kind);
    })();
    await loop.stop();
  }
  expect(await waiting).toContain('the loop has stopped');
  await reading;
  await expect(fetch(endpoint)).rejects.toThrow();
});

test('two loops of one template know nothing of each other', async () => {
  const one = await startSystem();
  onTestFinished(() => one.loop.stop());
  const other = await startSystem({ template: one.template });
  onTestFinished(() => other.loop.stop());
  expect(one.loop.endpoint).not.toBe(other.loop.endpoint);

  await one.loop.invoke('Writer', { id: 'a' });
  await one.send('a message');
  expect([await one.count(), await one.depth()]).toEqual([1, 1]);
  expect([await other.count(), await other.depth()]).toEqual([0, 0]);
  expect(one.loop.facts.soFar().map(({ kind }) => kind)).toContain('invocation.ended');
  expect(other.loop.facts.soFar().filter(({ kind }) => /^(invocation|table|queue)/.test(kind))).toEqual([]);

  await one.loop.stop();
  expect((await other.loop.invoke('Writer', { id: 'b' })).payload).toMatchObject({ id: 'b' });
});

test('it listens on the port that it is told', async () => {
  const port = Number(new URL(system.loop.endpoint).port);
  await expect(startLoop({ port })).rejects.toMatchObject({ name: 'PortTakenError', port });
});

test('whoever is to hear of facts hears all of them, the start’s included', async () => {
  const heard: string[] = [];
  const { loop } = await startSystem({ report: ({ kind }) => heard.push(kind) });
  onTestFinished(() => loop.stop());
  await loop.invoke('Writer', { id: 'a' });
  expect(heard).toContain('invocation.ended');
  expect(heard).toEqual(loop.facts.soFar().map(({ kind }) => kind));
});

test('a start that is under way is ended by its signal, and leaves no process', async () => {
  const template = path.join(
    projectFolder({
      'template.yaml': `
Transform: AWS::Serverless-2016-10-31
Resources:
  Endless:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs24.x, Handler: endless.handler, CodeUri: code/ }
`,
      'code/endless.mjs': `console.log('process', process.pid);
await new Promise((resolve) => setTimeout(resolve, 60_000));
export const handler = async () => {};
`,
    }),
    'template.yaml',
  );
  const controller = new AbortController();
  const reason = new Error('no longer wanted');
  const pids: number[] = [];
  function report(fact: Fact): void {
    const [, pid] = (fact.kind === 'log' && /process (\d+)/.exec(fact.line)) || [];
    if (pid === undefined) return;
    pids.push(Number(pid));
    controller.abort(reason);
  }
  await expect(startLoop({ template, signal: controller.signal, report })).rejects.toBe(reason);
  expect(pids).toHaveLength(1);
  expect(() => process.kill(pids[0] ?? 0, 0)).toThrow('ESRCH');
  await expect(startLoop({ template, signal: controller.signal })).rejects.toBe(reason);
});

test('tables are kept by another DynamoDB where its URL is given, and reset empties them there', async () => {
  const there = await startLoop({});
  onTestFinished(() => there.stop());
  const { loop, count, put } = await startSystem({ dynamoDbUrl: there.endpoint });
  onTestFinished(() => loop.stop());
  const written = () => there.facts.soFar().filter(({ kind }) => kind === 'table.written').length;
  await loop.invoke('Writer', { id: 'a' });
  // More than one call deletes.
  for (let at = 0; at < 30; at += 1) await put(String(at), 2 ** 31);
  expect([await count(), written()]).toEqual([31, 31]);
  await loop.reset();
  expect([await count(), written()]).toEqual([0, 62]);
});

test.each([
  [
    'a template that is not there',
    { template: '/nowhere/template.yaml' },
    'found none at /nowhere/template.yaml',
  ],
  ['an environment without samconfig.toml', { configEnv: 'prod' }, 'found "prod"'],
  ['a pace of nothing', { retrySpeed: 0 }, 'retrySpeed: expected a number above 0, found 0'],
])('%s is refused', async (_, options, words) => {
  const folder = projectFolder({ 'template.yaml': 'Resources: {}' });
  await expect(startLoop({ template: `${folder}/template.yaml`, ...options })).rejects.toThrow(words);
});

test('samconfig.toml is read where its environment is named, and what is said here wins', async () => {
  const folder = projectFolder({
    'template.yaml':
      'Parameters: { A: { Type: String, Default: a }, B: { Type: String, Default: b } }\nResources: { Q: { Type: AWS::SQS::Queue } }\nOutputs: { Both: { Value: !Join [" ", [!Ref A, !Ref B]] } }\n',
    'samconfig.toml':
      'version = 0.1\n[default.deploy.parameters]\nstack_name = "named"\nregion = "eu-west-3"\nparameter_overrides = "A=x B=y"\n',
  });
  const template = `${folder}/template.yaml`;
  const named = await startLoop({ template, configEnv: 'default', parameters: { B: 'z' } });
  onTestFinished(() => named.stop());
  const plain = await startLoop({ template });
  onTestFinished(() => plain.stop());
  expect([named.stackName, named.region, named.outputs.Both]).toEqual(['named', 'eu-west-3', 'x z']);
  expect([plain.stackName, plain.region, plain.outputs.Both]).toEqual(['test', 'us-east-1', 'a b']);
});
