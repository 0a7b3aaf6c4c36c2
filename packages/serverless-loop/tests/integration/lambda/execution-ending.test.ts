import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderFunction, isAlive, testFolder, testLambda } from './test-lambda.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../../..');

/** Starts children of every kind, notes all pids in `out`, and answers or works on without an end. */
const SOURCE = `
const { spawn, spawnSync } = require('node:child_process');
const { writeFileSync, renameSync } = require('node:fs');
const quiet = { stdio: 'ignore' };
const start = (options) => spawn('sleep', ['1000'], { ...quiet, ...options }).pid;
const orphan = () => Number(spawnSync('sh', ['-c', 'sleep 1000 >/dev/null 2>&1 & echo $!'], { encoding: 'utf8' }).stdout);
const daemon = () => Number(spawnSync(process.execPath, ['-e',
  "const child = require('node:child_process').spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });" +
  "console.log(child.pid); process.exit();"], { encoding: 'utf8' }).stdout);
exports.handler = async ({ out, works }) => {
  const pids = { own: process.pid, child: start({}), detached: start({ detached: true }),
    bare: start({ detached: true, env: { PATH: process.env.PATH } }), orphan: orphan(), daemon: daemon() };
  writeFileSync(out + '.new', JSON.stringify(pids));
  renameSync(out + '.new', out);
  if (works) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  return pids;
};`;

function processes(pids: unknown): Record<string, number> {
  const known = Object.fromEntries(Object.entries(Object(pids)).map(([name, pid]) => [name, Number(pid)]));
  onTestFinished(() => {
    for (const pid of Object.values(known)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });
  return known;
}

function living(pids: Record<string, number>): string[] {
  return Object.entries(pids).flatMap(([name, pid]) => (isAlive(pid) ? [name] : []));
}

describe('what a function has started ends', () => {
  it('when the loop stops, detached and orphaned children too', async () => {
    const lambda = await testLambda([folderFunction(SOURCE, { timeoutMs: 10_000 })]);
    const { answer } = await lambda.call({ out: path.join(testFolder(), 'pids') });
    const pids = processes(answer);
    expect(living(pids)).toEqual(['own', 'child', 'detached', 'bare', 'orphan', 'daemon']);
    await lambda.stop();
    expect(living(pids)).toEqual([]);
  });

  it('when the function runs out of time', async () => {
    const lambda = await testLambda([folderFunction(SOURCE, { timeoutMs: 2_000 })]);
    const out = path.join(testFolder(), 'pids');
    expect(await lambda.call({ out, works: true })).toMatchObject({ errorType: 'Sandbox.Timedout' });
    const pids = processes(JSON.parse(readFileSync(out, 'utf8')));
    await expect.poll(() => living(pids)).toEqual([]);
  });

  it('when the loop is killed, although the function is busy', async () => {
    const out = path.join(testFolder(), 'pids');
    const program = `
      import { startLambda } from ${JSON.stringify(pathToFileURL(path.join(ROOT, 'packages/serverless-loop/src/services/lambda/functions.ts')))};
      const lambda = await startLambda({
        functions: [${JSON.stringify(folderFunction(SOURCE, { timeoutMs: 600_000 }))}],
        place: { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' },
        endpoint: 'http://127.0.0.1:1',
        report: () => {},
        recordSegment: () => {},
        credentialsFor: () => ({ accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'token' }),
        xrayDaemonAddress: '127.0.0.1:2000',
        cacheDir: ${JSON.stringify(testFolder())},
        projectDir: '/',
        watch: false,
      });
      await lambda.invoke({ functionName: 'packer', requestId: 'req', attempt: 1,
        payload: Buffer.from(JSON.stringify({ out: ${JSON.stringify(out)}, works: true })) });`;
    const loop = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' });
    onTestFinished(() => void loop.kill('SIGKILL'));
    await expect.poll(() => existsSync(out)).toBe(true);
    const pids = processes(JSON.parse(readFileSync(out, 'utf8')));
    expect(living(pids)).toContain('own');
    loop.kill('SIGKILL');
    // A process with neither the mark nor a parent left is beyond the watchdog: it looks when the family is an orphan.
    await expect.poll(() => living(pids).filter((name) => name !== 'bare')).toEqual([]);
  });
});
