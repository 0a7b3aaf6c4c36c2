import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FactTimeoutError, type RunningLoop, startLoop } from '../../../src/index.ts';

const PAGE = path.resolve(import.meta.dirname, '../../../docs/testing.md');
const MODULES = path.resolve(import.meta.dirname, '../../../../../node_modules');

/** A folder with the files that the page shows. */
function folderOfPage(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'testing-page-'));
  const files = readFileSync(PAGE, 'utf8').matchAll(/^`([\w./]+)`\n\n```\w+\n(.*?)^```$/gms);
  for (const [, name = '', text = ''] of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(path.join(folder, 'functions/package.json'), '{"type":"commonjs"}');
  return folder;
}

let folder: string;
beforeAll(() => {
  folder = folderOfPage();
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the example of the page runs as it stands there', { timeout: 60_000 }, async () => {
  const copy = mkdtempSync(path.join(tmpdir(), 'testing-page-run-'));
  cpSync(folder, copy, { recursive: true });
  symlinkSync(MODULES, path.join(copy, 'node_modules'));
  const conditions = { resolve: { conditions: ['serverless-loop-source'] } };
  writeFileSync(
    path.join(copy, 'vitest.config.js'),
    `export default ${JSON.stringify({ ...conditions, ssr: conditions, test: { testTimeout: 20_000 } })};`,
  );
  const run = promisify(execFile)(process.execPath, [path.join(MODULES, 'vitest/vitest.mjs'), 'run'], {
    cwd: copy,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1' },
  });
  const { stdout } = await run.finally(() => rmSync(copy, { recursive: true }));
  expect(stdout).toMatch(/Tests +2 passed/);
});

describe('a loop', () => {
  let loop: RunningLoop;
  beforeAll(async () => {
    loop = await startLoop({ template: path.join(folder, 'template.yaml'), stackName: 'face' });
  });
  afterAll(() => loop.stop());

  const client = () => ({
    endpoint: loop.endpoint,
    region: loop.environment.AWS_REGION ?? '',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

  test('tells where it is, and what its stack gives out', () => {
    expect(loop.environment).toMatchObject({ AWS_ENDPOINT_URL: loop.endpoint, AWS_REGION: 'us-east-1' });
    expect(loop.outputs).toMatchObject({ BusName: 'parcels' });
  });

  test('gives what a function fails with', async () => {
    const { error } = await loop.invoke('Packer', { detail: { weightGrams: 40_000 } });
    expect(error).toMatchObject({ errorType: 'Error', errorMessage: 'too heavy' });
  });

  test('rejects with the error of Lambda when there is no such function', async () => {
    await expect(loop.invoke('Nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('waits for a fact that has come, and tells the last ones when it never comes', async () => {
    await loop.invoke('Packer');
    expect(await loop.facts.waitFor(({ kind }) => kind === 'invocation.ended')).toMatchObject({
      kind: 'invocation.ended',
    });
    const never = loop.facts.waitFor(({ kind }) => kind === 'alarm.changed', { withinMs: 20 });
    await expect(never).rejects.toThrow(FactTimeoutError);
    await expect(never).rejects.toThrow(/no such fact within 20 ms[\s\S]*invocation\.ended/);
  });

  test('iterates over the facts of its past and those to come', async () => {
    const kinds = new Set<string>();
    for await (const { kind } of loop.facts) {
      kinds.add(kind);
      if (kind === 'invocation.ended') break;
    }
    expect(kinds).toContain('invocation.started');
  });

  test('is emptied without a restart', async () => {
    const dynamodb = new DynamoDBClient(client());
    const sqs = new SQSClient(client());
    const { CreateTableCommand } = await import('@aws-sdk/client-dynamodb');
    await dynamodb.send(
      new CreateTableCommand({
        TableName: 'parcels',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
    for (let at = 0; at < 30; at += 1)
      await dynamodb.send(new PutItemCommand({ TableName: 'parcels', Item: { id: { S: String(at) } } }));
    await sqs.send(new SendMessageCommand({ QueueUrl: loop.outputs.MissesUrl, MessageBody: 'x' }));
    await loop.reset();
    expect(await dynamodb.send(new ScanCommand({ TableName: 'parcels' }))).toMatchObject({ Count: 0 });
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: loop.outputs.MissesUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '0' });
  });
});

test('two loops of one template know nothing of each other, and end with their blocks', async () => {
  let endpoint = '';
  {
    const template = path.join(folder, 'template.yaml');
    await using one = await startLoop({ template });
    await using two = await startLoop({ template });
    endpoint = one.endpoint;
    await one.invoke('Packer');
    expect(one.facts.past.some(({ kind }) => kind === 'invocation.ended')).toBe(true);
    expect(two.facts.past.some(({ kind }) => kind === 'invocation.ended')).toBe(false);
    expect(one.endpoint).not.toBe(two.endpoint);
  }
  await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
});
