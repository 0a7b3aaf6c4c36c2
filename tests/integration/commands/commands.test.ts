import {
  onlyInMatrix,
  runCommand,
  runInProcess,
  sampleOf,
  startCommand,
  startInProcess,
  startScript,
} from 'serverless-loop/tests';
import { expect, onTestFinished, test } from 'vitest';
import { smallTemplate } from './small-project.ts';

const COMMANDS = ['start', 'env', 'invoke', 'scripts/demo.ts', 'scripts/order.ts'];
/** One of the loop's; one of the project's, which have another launcher, is in ../scripts/command-line.test.ts. */
const AS_PROCESS = sampleOf(COMMANDS, 1);

test.each(COMMANDS)('%s --help says how to use it and its exit statuses', async (command) => {
  const run = AS_PROCESS.includes(command) ? runCommand : runInProcess;
  const { status, stdout, stderr } = await run([command, '--help']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^usage: (npm|serverless-loop) /m);
  expect(stdout).toContain('exit status: 0');
});

test.each(COMMANDS)('%s --version prints the version', async (command) => {
  const { status, stdout } = await runInProcess([command, '--version']);
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

test.each(COMMANDS)('%s refuses an unknown option with exit status 2', async (command) => {
  const { status, stderr } = await runInProcess([command, '--nonsense']);
  expect(status).toBe(2);
  expect(stderr).toContain('--nonsense');
  expect(stderr).toContain('--help');
});

test.each(sampleOf(['SIGINT', 'SIGTERM', 'SIGHUP'] as const, 1))(
  'a loop ends with status 0 at %s and leaves no process',
  async (signal) => {
    const loop = await startCommand(['start', '--port', '0', '--no-watch', '-t', smallTemplate()]);
    const group = await childrenOf(loop.pid);
    expect(group.length).toBeGreaterThan(0);
    expect(await loop.stop(signal)).toBe(0);
    for (const pid of group) await expect.poll(() => alive(pid)).toBe(false);
  },
);

test('the end of npm start is the end of the loop that it started', async () => {
  const loop = await startScript('start', ['--port', '0', '--no-watch', '-t', smallTemplate()]);
  await loop.stop('SIGTERM');
  await expect.poll(() => answers(loop.endpoint)).toBe(false);
});

test('the demo takes the order to PROCESSED and shows both within one screen', async () => {
  const env = { FORCE_COLOR: '1', COLUMNS: '80' };
  const { status, stderr, ...shown } = await runCommand(['scripts/demo.ts'], { env });
  const stdout = shown.stdout.replaceAll(/.\[\d+m/g, '');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('NEW, then PROCESSED');
  expect(stdout).toMatch(/is NEW\n.*is PROCESSED\n.*\n {2}NEW +20\S+Z\n {2}PROCESSED +20\S+Z\n/s);
  const rows = stdout.split('\n');
  expect(rows.length).toBeLessThanOrEqual(24);
  expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(80);
});

onlyInMatrix(() => {
  test('the demo of a failure has the event tried three times, kept and sent again, within a screen or so', async () => {
    const env = { FORCE_COLOR: '1', COLUMNS: '80' };
    const { status, stderr, ...shown } = await runInProcess(['scripts/demo.ts', '--failure'], { env });
    const stdout = shown.stdout.replaceAll(/.\[\d+m/g, '');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.match(/OrderProcessorFunction failed after/g)).toHaveLength(3);
    for (const step of [
      'is NEW\n',
      'attempt 2 in 60 s (1 s at --retry-speed 60)',
      'attempt 3 in 120 s (2 s at --retry-speed 60)',
      'record sent to',
      '1 sent again and deleted',
      'is PROCESSED\n',
    ])
      expect(stdout).toContain(step);
    // Where a minute ends meanwhile, alarms are judged, and told in some lines each.
    const screen = stdout.replace(/^.* -> ALARM .*\n(?: {12}.*\n)*/gm, '');
    expect(screen.split('\n').length, stdout).toBeLessThanOrEqual(32);
  });
});

onlyInMatrix(() => {
  test('the demo shows what functions log and the whole item when asked', async () => {
    const { stdout } = await runCommand(['scripts/demo.ts', '--verbose']);
    expect(stdout).toMatch(/OrderProcessorFunction \| INFO order processed .*"status": "PROCESSED"/s);
    expect(stdout).toContain('"customer": {');
  });
});

onlyInMatrix(() => {
  test('the demo ends with status 1 when the order is refused, and shows why', async () => {
    const { status, stdout, stderr } = await runCommand(['scripts/demo.ts', '-e', 'package.json']);
    expect(status).toBe(1);
    expect(stdout).toContain('InvalidOrder');
    expect(stderr).toContain('was not accepted');
  });
});

test.each([
  [['-e', 'no-such.json'], 'no-such.json'],
  [['-e', 'README.md'], 'README.md'],
  [['-e', 'src'], 'src'],
])('the demo refuses an unreadable order: %j', async (args, words) => {
  const { status, stderr } = await runInProcess(['scripts/demo.ts', ...args]);
  expect(status).toBe(2);
  expect(stderr).toContain(words);
});

test('invoke and order say how to start a loop when none answers', async () => {
  const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
  for (const args of [
    ['invoke', 'OrderCreatorFunction'],
    ['scripts/order.ts', 'some-id'],
  ]) {
    const { status, stderr } = await runInProcess(args, { env });
    expect(status).toBe(3);
    expect(stderr).toContain('No loop answers at http://127.0.0.1:9');
    expect(stderr).toContain('npx serverless-loop start');
  }
});

test('invoke places an order from a file and from standard input, and order shows it', async () => {
  const loop = await startInProcess(['start', '--port', '0', '--no-watch']);
  onTestFinished(async () => void (await loop.stop()));
  const env = { AWS_ENDPOINT_URL: loop.endpoint };

  // For a machine a start tells of every resource.
  expect(loop.facts.find(({ kind }) => kind === 'stack')).toMatchObject({
    region: 'eu-west-1',
    resources: expect.arrayContaining([
      expect.objectContaining({ logicalId: 'OrderCreatorRole', status: 'emulated' }),
      expect.objectContaining({ logicalId: 'OrderArchive', status: 'emulated' }),
    ]),
  });

  const fromFile = await runInProcess(['invoke', 'OrderCreatorFunction', '-e', 'events/order.json'], {
    env,
  });
  expect({ status: fromFile.status, stderr: fromFile.stderr }).toEqual({ status: 0, stderr: '' });
  const { orderId } = JSON.parse(fromFile.stdout);

  const fromInput = await runCommand(['invoke', 'OrderCreatorFunction', '-e', '-', '--logs'], {
    env,
    input: '{}',
  });
  expect(JSON.parse(fromInput.stdout)).toMatchObject({ accepted: false, error: 'InvalidOrder' });
  expect(fromInput.stderr).toContain('requestId');

  // By the alias, unless told otherwise.
  const called = () =>
    loop.facts.filter(
      ({ kind, functionName }) =>
        kind === 'invocation.started' && /-Order(Creator|Processor)Function-/.test(String(functionName)),
    );
  await expect.poll(() => called().length).toBe(3);
  for (const fact of called()) expect(fact).toMatchObject({ qualifier: 'live', executedVersion: '1' });
  const latest = ['invoke', 'OrderCreatorFunction', '--qualifier', '$LATEST'];
  expect(await runInProcess(latest, { env })).toMatchObject({ status: 0, stderr: '' });
  await expect
    .poll(() => called().at(-1))
    .toMatchObject({ qualifier: '$LATEST', executedVersion: '$LATEST' });
  const beta = await runInProcess(['invoke', 'OrderCreatorFunction', '--qualifier', 'beta'], { env });
  expect(beta).toMatchObject({ status: 1, stderr: expect.stringMatching(/Function not found: .*:beta/) });

  await expect.poll(() => loop.facts.filter(({ kind }) => kind === 'table.written').length).toBe(2);
  const shown = await runInProcess(['scripts/order.ts', orderId], { env });
  expect(shown).toMatchObject({ status: 0, stderr: '' });
  expect(shown.stdout).toMatch(/is PROCESSED\n.*NEW\n.*PROCESSED\n$/s);

  const missing = await runInProcess(['scripts/order.ts', 'no-such-order'], { env });
  expect(missing).toMatchObject({ status: 1, stderr: expect.stringContaining('No order no-such-order') });

  const unknown = await runInProcess(['invoke', 'Nobody'], { env });
  expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining('OrderCreatorFunction') });
});

async function childrenOf(parent: number): Promise<number[]> {
  const { execFileSync } = await import('node:child_process');
  return execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, ppid]) => ppid === parent)
    .map(([pid = 0]) => pid);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function answers(endpoint: string): Promise<boolean> {
  return fetch(endpoint).then(
    () => true,
    () => false,
  );
}
