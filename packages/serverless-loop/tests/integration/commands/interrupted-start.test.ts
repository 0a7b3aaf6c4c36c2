import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import { projectFolder } from '../../loop-in-process.ts';
import { onlyInMatrix, sampleOf } from '../../matrix.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../../..');

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: nodejs24.x, Handler: index.handler}}
Resources:
  Slow: {Type: AWS::Serverless::Function, Properties: {CodeUri: code/}}
  Bundled:
    Type: AWS::Serverless::Function
    Metadata: {BuildMethod: esbuild, BuildProperties: {EntryPoints: [index.ts]}}
    Properties: {CodeUri: src/}
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
`;

/** Its initialisation never ends. */
const SLOW = 'setInterval(() => {}, 1000); console.log("initialising"); await new Promise(() => {});';

/** Starts a loop of its own that can not become ready. */
function startLoop(args: string[] = []) {
  const folder = realpathSync(
    projectFolder({
      'template.yaml': TEMPLATE,
      'code/index.mjs': SLOW,
      'src/index.ts': 'export const handler = async (): Promise<null> => null;',
    }),
  );
  const cache = path.join(folder, 'cache');
  mkdirSync(cache);
  const child = spawn(
    process.execPath,
    [
      path.join(ROOT, 'packages/serverless-loop/bin/serverless-loop.mjs'),
      'start',
      '--port',
      '0',
      '--json',
      ...args,
    ],
    { cwd: folder, env: { PATH: process.env.PATH, HOME: process.env.HOME, XDG_CACHE_HOME: cache } },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, folder, ...heard(child) };
}

function heard(child: ChildProcessWithoutNullStreams) {
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += String(chunk);
  });
  return {
    stdout: () => text,
    async until(part: string): Promise<void> {
      while (!text.includes(part)) await once(child.stdout, 'data');
    },
  };
}

/** The processes that work in the folder: those of the functions start in the loop's cache. */
function processesIn(folder: string): number[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && workingFolder(name)?.startsWith(folder))
    .map(Number);
}

function workingFolder(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

async function endedWell({ child, folder, stdout }: ReturnType<typeof startLoop>): Promise<void> {
  const [status, signal] = await once(child, 'close');
  expect({ status, signal }).toEqual({ status: 0, signal: null });
  expect(stdout()).not.toContain('"ready"');
  await expect.poll(() => processesIn(folder)).toEqual([]);
}

test.each(sampleOf(['SIGINT', 'SIGTERM', 'SIGHUP'] as const, 1))(
  '%s while a function is built ends the start, and nothing is left',
  async (signal) => {
    const loop = startLoop();
    await loop.until('build.started');
    loop.child.kill(signal);
    await endedWell(loop);
  },
);

test('an interrupt while a function initialises ends the start, and nothing is left', async () => {
  const loop = startLoop();
  await loop.until('initialising');
  expect(processesIn(loop.folder).length).toBeGreaterThan(process.platform === 'linux' ? 1 : -1);
  loop.child.kill('SIGINT');
  await endedWell(loop);
});

onlyInMatrix(() => {
  test('an interrupt while the tables are waited for ends the start, and nothing is left', async () => {
    const connected = Promise.withResolvers<void>();
    const silent = createServer(() => connected.resolve()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const loop = startLoop(['--dynamodb', `http://127.0.0.1:${port}`]);
    await connected.promise;
    loop.child.kill('SIGINT');
    await endedWell(loop);
  });
});
