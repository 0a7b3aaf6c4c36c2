import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askRunningLoop } from '../../../src/cli/running-loop.ts';
import { runInProcess, startInProcess } from '../../command-in-process.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { type LoopProcess, runCommand } from '../../loop-process.ts';

const shell = promisify(execFile);

const PROJECT = {
  'template.yaml': `
Resources:
  Parcels: {Type: AWS::SQS::Queue}
Outputs:
  ParcelsUrl: {Value: !Ref Parcels}
  Motto: {Value: "it's $HOME \\"sweet\\" home"}
`,
  'samconfig.toml': '[default.deploy.parameters]\nregion = "eu-west-1"\n',
};

let loop: Omit<LoopProcess, 'pid'>;
let removeFolder = () => {};
beforeAll(async () => {
  const folder = projectFolder(PROJECT, (remove) => {
    removeFolder = remove;
  });
  const flags = ['--template', path.join(folder, 'template.yaml'), '--stack-name', 'mine'];
  loop = await startInProcess(['start', '--port', '0', '--no-watch', ...flags]);
});
afterAll(async () => {
  await loop.stop();
  removeFolder();
});

test('what it prints, a shell evaluates to the environment of the loop', async () => {
  const { status, stdout, stderr } = await runCommand(['env', '--endpoint', `${loop.endpoint}/`]);
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

/** A shell's variables after it has evaluated a text. */
async function evaluated(text: string, names: string[], env: Record<string, string> = {}): Promise<string[]> {
  const print = names.map((name) => `printf '%s\\0' "$${name}"`).join('; ');
  const { stdout } = await shell('/bin/sh', ['-euc', `eval "$1"; ${print}`, 'sh', text], {
    env: { PATH: process.env.PATH, ...env },
  });
  return stdout.split('\0').slice(0, -1);
}

test('with --outputs a shell has every output of the stack, of the loop or by its name from CloudFormation', async () => {
  const { outputs } = await askRunningLoop(loop.endpoint);
  const names = Object.keys(outputs);
  expect(names).toEqual(['ParcelsUrl', 'Motto']);

  const here = await runInProcess(['env', '--outputs', '--endpoint', loop.endpoint]);
  expect({ status: here.status, stderr: here.stderr }).toEqual({ status: 0, stderr: '' });
  expect(await evaluated(here.stdout, [...names, 'AWS_ENDPOINT_URL'])).toEqual([
    ...Object.values(outputs),
    loop.endpoint,
  ]);

  const account = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  const env = { ...account, AWS_ENDPOINT_URL: loop.endpoint };
  const named = await runInProcess(['env', '--outputs', '--stack-name', 'mine'], { env });
  expect({ status: named.status, stderr: named.stderr }).toEqual({ status: 0, stderr: '' });
  expect(await evaluated(named.stdout, names)).toEqual(Object.values(outputs));
  expect(named.stdout).not.toMatch(/AWS_|PROXY/i);

  const missing = await runInProcess(['env', '--outputs', '--stack-name', 'yours'], { env });
  expect(missing).toEqual({
    status: 1,
    stdout: '',
    stderr: 'ValidationError: Stack with id yours does not exist\n',
  });
});

test('a tool with a proxy set asks the loop itself, and keeps the exceptions that it had', async () => {
  const env = {
    NO_PROXY: 'intranet.example,127.0.0.1',
    HTTP_PROXY: 'http://127.0.0.1:9',
    http_proxy: 'http://127.0.0.1:9',
  };
  const { stdout } = await runInProcess(['env', '--endpoint', loop.endpoint], { env });
  const exceptions = 'intranet.example,127.0.0.1,localhost,::1';
  expect(await evaluated(stdout, ['NO_PROXY', 'no_proxy'], env)).toEqual([exceptions, exceptions]);
  const ask = `${process.execPath} -e 'fetch(process.env.AWS_ENDPOINT_URL + "/_loop/stack").then((it) => console.log(it.status))'`;
  const run = (script: string) =>
    shell('/bin/sh', ['-euc', script, 'sh', stdout], {
      env: {
        ...env,
        NO_PROXY: '',
        PATH: process.env.PATH,
        NODE_USE_ENV_PROXY: '1',
        AWS_ENDPOINT_URL: loop.endpoint,
      },
    });
  await expect(run(ask)).rejects.toThrow('fetch failed');
  expect((await run(`eval "$1"; ${ask}`)).stdout).toBe('200\n');
});

test.each([
  [{ AWS_REGION: '', AWS_PROFILE: '' }, 'the AWS SDK has no Region'],
  [{ AWS_REGION: 'eu-west-1' }, 'the AWS SDK has no Region or no credentials'],
  [{ AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'localhost:4580' }, 'AWS_ENDPOINT_URL: expected a URL'],
])('a stack by its name and the settings %j end in a line', async (settings, words) => {
  const env = { HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', ...settings };
  const { status, stdout, stderr } = await runInProcess(['env', '--outputs', '--stack-name', 'mine'], {
    env,
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(words);
  expect(stderr).not.toContain('    at ');
});

test('without a loop it prints nothing to evaluate, says so and ends with status 3', async () => {
  const { status, stdout, stderr } = await runInProcess(['env', '--endpoint', 'http://127.0.0.1:9']);
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
  expect(stderr).toContain(
    'No loop answers at http://127.0.0.1:9. Start one in another terminal with "npx serverless-loop start"',
  );
});

test('an endpoint without a scheme in the environment is told by its variable', async () => {
  const env = { AWS_ENDPOINT_URL: 'localhost:4580' };
  const { status, stderr } = await runInProcess(['env'], { env });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining('AWS_ENDPOINT_URL: expected a URL such as http://127.0.0.1:4580'),
  });
});

test.each([
  ['--endpoint', 'nowhere'],
  ['--endpoint', 'file:///etc/passwd'],
  ['--stack-name', 'mine'],
  ['extra'],
])('the command line %j %j is wrong', async (...args) => {
  const { status, stdout, stderr } = await runInProcess(['env', ...args]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('--help');
});
