import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { commandLine, onlyInMatrix, runCommand, runInProcess, sampleOf } from 'serverless-loop/tests';
import { describe, expect, onTestFinished, test } from 'vitest';
import { projectFolder } from '../../loop.ts';
import { smallTemplate } from './small-project.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const STACK_TRACE = /^ {4,}at /m;
const ACCOUNT = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

const COMMANDS: Record<string, string[]> = {
  env: [],
  invoke: ['AFunction'],
  'scripts/order.ts': ['an-order'],
  'scripts/redrive.ts': ['--queue', 'rule', '--yes'],
  'scripts/republish.ts': ['--older-than', '15m', '--yes'],
  'scripts/erase.ts': ['an-order'],
};

describe.each(Object.entries(COMMANDS))('%s', (command, args) => {
  test('refuses an endpoint without a scheme, by the name of where it is from', async () => {
    const env = { AWS_ENDPOINT_URL: 'localhost:4580' };
    const { status, stderr } = await runInProcess([command, ...args], { env });
    expect(status).toBe(2);
    expect(stderr).toContain('AWS_ENDPOINT_URL: expected a URL such as');
  });

  test('takes an empty endpoint for none', async () => {
    const { status, stderr } = await runInProcess([command, ...args, '--endpoint', 'http://127.0.0.1:9'], {
      env: { AWS_ENDPOINT_URL: '', AWS_REGION: '', AWS_PROFILE: '', STACK_OUTPUTS: '', XDG_CACHE_HOME: '' },
    });
    expect(status).toBe(3);
    expect(stderr).toContain('No loop answers at http://127.0.0.1:9');
  });

  test('takes no option twice that has one value', async () => {
    const twice = ['--endpoint', 'http://127.0.0.1:9', '--endpoint', 'http://127.0.0.1:10'];
    const { status, stdout, stderr } = await runInProcess([command, ...args, ...twice]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('--endpoint: given twice');
  });
});

test.each(['scripts/redrive.ts', 'scripts/erase.ts', 'scripts/republish.ts'])(
  '%s refuses a wrong endpoint of a stack on AWS, too',
  async (command) => {
    const env = { ...ACCOUNT, AWS_ENDPOINT_URL: 'localhost:4580', STACK_OUTPUTS: '{"OrdersTableName": "t"}' };
    const { status, stderr } = await runInProcess([command, ...(COMMANDS[command] ?? [])], { env });
    expect(status).toBe(2);
    expect(stderr).toContain('AWS_ENDPOINT_URL: expected a URL');
  },
);

test.each([
  [{ HOME: '/nonexistent', AWS_REGION: 'eu-west-1' }, /credentials/],
  [{ HOME: '/nonexistent', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }, /Region/],
  [{ ...ACCOUNT, AWS_ENDPOINT_URL: '127.0.0.1:9' }, /AWS_ENDPOINT_URL: expected a URL/],
])('order with a table on AWS says what is missing of %j', async (settings, words) => {
  const env = { AWS_EC2_METADATA_DISABLED: 'true', ...settings };
  const { status, stderr } = await runInProcess(['scripts/order.ts', 'id', '--table', 'orders'], { env });
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(words) });
  expect(stderr).not.toMatch(STACK_TRACE);
});

test('options of a start are given once, but for those that add up', async () => {
  const twice = async (...args: string[]) => (await runInProcess(['start', ...args])).stderr;
  expect(await twice('--port', '1', '-p', '2')).toBe(
    '--port: given twice (as -p), and it takes one value\nSee --help.\n',
  );
  expect(
    await twice(
      '--json',
      '--json',
      '--parameter-overrides',
      'A=1',
      '--parameter-overrides',
      'B=2',
      '--port',
      'x',
    ),
  ).toContain('--port: expected a whole number');
});

describe('an event', () => {
  test.each(
    sampleOf(
      [
        ['no JSON', '{"a":', 'standard input is no JSON'],
        ['nothing', '', 'standard input is empty'],
      ] as const,
      1,
    ),
  )('of %s is refused with its reason', async (_what, input, words) => {
    const { status, stderr } = await runCommand(['invoke', 'F', '-e', '-'], { input });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(words) });
  });

  const order = readFileSync(path.join(ROOT, 'events/order.json'), 'utf8');
  test.each(
    sampleOf(
      [
        ['UTF-16', Buffer.from(`\ufeff${order}`, 'utf16le')],
        ['UTF-8 with a byte-order mark', Buffer.from(`\ufeff${order}`)],
      ] as const,
      1,
    ),
  )('in %s is read', async (_what, bytes) => {
    const folder = projectFolder({});
    const file = path.join(folder, 'order.json');
    writeFileSync(file, bytes);
    // Read first, then sent.
    const sent = await runInProcess(['invoke', 'F', '-e', file, '--endpoint', 'http://127.0.0.1:9']);
    expect(sent).toMatchObject({ status: 3, stderr: expect.stringContaining('No loop answers') });
  });

  onlyInMatrix(() => {
    test('in UTF-16 is taken by the demo', async () => {
      const folder = projectFolder({});
      const file = path.join(folder, 'order.json');
      writeFileSync(file, Buffer.from(`\ufeff${order}`, 'utf16le'));
      const { status, stderr } = await runInProcess(['scripts/demo.ts', '-e', file]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    });
  });

  test('that is no text is refused with its reason', async () => {
    const folder = projectFolder({});
    const file = path.join(folder, 'order.json');
    writeFileSync(file, Buffer.from(order, 'utf16le'));
    for (const command of [['invoke', 'F'], ['scripts/demo.ts']]) {
      const { status, stderr } = await runInProcess([...command, '-e', file]);
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: expect.stringContaining('UTF-16 without a byte-order mark'),
      });
    }
  });
});

/** A command whose output is read by nobody, or goes to `stdout`. */
function started(command: string[], options: { stdout?: number; env?: Record<string, string> } = {}) {
  const child = spawn(process.execPath, commandLine(command), {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...options.env },
    stdio: ['ignore', options.stdout ?? 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function ended(child: ChildProcess): Promise<{ status: unknown; stderr: string }> {
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const [status] = await once(child, 'close');
  return { status, stderr };
}

test.each(sampleOf([['start'], ['scripts/redrive.ts'], ['invoke']] as const, 1))(
  'a reader of %s that goes away is no error',
  async (command) => {
    const child = started([command, '--help']);
    child.stdout?.destroy();
    expect(await ended(child)).toEqual({ status: 0, stderr: '' });
  },
);

test('a loop whose reader goes away stops, as at a signal', async () => {
  const child = started(['start', '--port', '0', '--no-watch', '-t', smallTemplate()]);
  if (child.stdout) await once(child.stdout, 'data');
  child.stdout?.destroy();
  expect(await ended(child)).toEqual({ status: 0, stderr: '' });
});

describe.runIf(existsSync('/dev/full'))('a disk that is full', () => {
  test.each(
    sampleOf([[['start', '--help']], [['start', '--port', '0', '--no-watch']], [['scripts/demo.ts']]], 1),
  )('ends what writes its output there: %j', async (command) => {
    const { status, stderr } = await ended(started(command, { stdout: openSync('/dev/full', 'w') }));
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^Can't write the output: ENOSPC: .*\n$/),
    });
  });
});

/** A file system of a few kilobytes, where this machine lets a test have one. */
const TINY = 'mount -t tmpfs -o size=64k tmpfs "$1" && shift && exec "$@"';
const hasTiny =
  process.platform === 'linux' &&
  spawnSync('unshare', ['-m', 'sh', '-c', TINY, 'sh', '/mnt', 'true']).status === 0;

onlyInMatrix(() => {
  describe.runIf(hasTiny)('a cache on a disk that is full', () => {
    test('is named, with the way to another', async () => {
      const folder = projectFolder({ 'cache/.keep': '' });
      const cache = path.join(folder, 'cache');
      const loop = [
        process.execPath,
        'packages/serverless-loop/bin/serverless-loop.mjs',
        'start',
        '--port',
        '0',
        '--json',
      ];
      const child = spawn('unshare', ['-m', 'sh', '-c', TINY, 'sh', cache, ...loop], {
        cwd: ROOT,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, XDG_CACHE_HOME: cache },
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      child.stdout.resume();
      const { status, stderr } = await ended(child);
      expect(status).toBe(1);
      expect(stderr).toContain(`Can't write to ${cache}/serverless-loop: its disk is full (ENOSPC).`);
      expect(stderr).not.toMatch(STACK_TRACE);
    });
  });
});

const UNWRITABLE = { HOME: '/dev/null/home', XDG_CACHE_HOME: '/dev/null/cache', AWS_REGION: '' };

test('a home and a cache that can not be written are none to fail of', async () => {
  const flags = ['--json', '--port', '0', '--no-watch', '-t', smallTemplate()];
  const child = started(['start', ...flags], { env: UNWRITABLE });
  const end = ended(child);
  let facts = '';
  child.stdout?.on('data', (chunk) => {
    facts += String(chunk);
    if (facts.includes('"kind":"ready"')) child.kill('SIGINT');
  });
  expect(await end).toEqual({ status: 0, stderr: '' });
  expect(facts).toContain('"kind":"build.succeeded"');
});

onlyInMatrix(() => {
  test('the demo does not fail of them either', async () => {
    const { status, stderr } = await runInProcess(['scripts/demo.ts'], { env: UNWRITABLE });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
