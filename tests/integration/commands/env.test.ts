import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { runCommand, startCommand } from '../../loop-process.ts';

const shell = promisify(execFile);

test('what it prints, a shell evaluates to the environment of the loop', async () => {
  const loop = await startCommand(['local/main.ts', '--port', '0', '--no-watch']);
  onTestFinished(async () => void (await loop.stop()));
  const { status, stdout, stderr } = await runCommand(['local/env.ts', '--endpoint', `${loop.endpoint}/`]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { stdout: evaluated } = await shell('/bin/sh', ['-euc', 'eval "$1"; env', 'sh', stdout], {
    env: { PATH: process.env.PATH, AWS_SESSION_TOKEN: 'real', AWS_PROFILE: 'work' },
  });
  const aws = evaluated.split('\n').filter((line) => line.startsWith('AWS_'));
  expect(aws.sort()).toEqual([
    'AWS_ACCESS_KEY_ID=local',
    'AWS_DEFAULT_REGION=eu-west-1',
    `AWS_ENDPOINT_URL=${loop.endpoint}`,
    'AWS_REGION=eu-west-1',
    'AWS_SECRET_ACCESS_KEY=local',
  ]);
});

test('without a loop it prints nothing to evaluate, says so and ends with status 3', async () => {
  const { status, stdout, stderr } = await runCommand(['local/env.ts', '--endpoint', 'http://127.0.0.1:9']);
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
  expect(stderr).toContain(
    'No loop answers at http://127.0.0.1:9. Start one in another terminal with "npm start"',
  );
});

test.each([['--endpoint', 'nowhere'], ['--endpoint', 'file:///etc/passwd'], ['extra']])(
  'the command line %j %j is wrong',
  async (...args) => {
    const { status, stdout, stderr } = await runCommand(['local/env.ts', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('--help');
  },
);
