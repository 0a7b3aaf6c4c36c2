import { runCommand, runInProcess, sampleOf } from 'serverless-loop/tests';
import { describe, expect, test } from 'vitest';
import { projectFolder } from '../../loop.ts';

const COMMANDS = ['scripts/redrive.ts', 'scripts/republish.ts', 'scripts/erase.ts', 'scripts/order.ts'];
const ACCOUNT = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
/** The stack that the commands look for. */
const OUTPUTS = [
  'OrdersTableName',
  'OrderBusName',
  'OrderCreatedDeadLetterQueueUrl',
  'OrderProcessorFunctionArn',
];
const NOWHERE = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };

/** As a process, too; the others differ in nothing but their words. */
const AS_PROCESS = sampleOf(COMMANDS, 1);

describe.each(COMMANDS)('%s', (command) => {
  const complete = {
    'scripts/redrive.ts': ['--queue', 'rule', '--yes'],
    'scripts/republish.ts': ['--older-than', '15m', '--yes'],
    'scripts/erase.ts': ['an-order'],
    'scripts/order.ts': ['an-order'],
  }[command];
  const args = complete ?? [];

  test('says how to use it, its exit statuses and its version', async () => {
    const help = await (AS_PROCESS.includes(command) ? runCommand : runInProcess)([command, '--help']);
    expect({ status: help.status, stderr: help.stderr }).toEqual({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(/usage: npm run[\s\S]*exit status: 0/);
    const version = await runInProcess([command, '--version']);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('refuses an unknown option', async () => {
    const { status, stderr } = await runInProcess([command, '--nonsense']);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/--nonsense[\s\S]*--help/),
    });
  });

  test('says how to name a stack when there is none', async () => {
    const { status, stderr } = await runInProcess([command, ...args], { env: NOWHERE });
    expect(status).toBe(3);
    expect(stderr).toMatch(/No loop answers at http:\/\/127\.0\.0\.1:9[\s\S]*STACK_OUTPUTS/);
  });

  test.each([
    [{ ...ACCOUNT, AWS_REGION: '' }, /Region/],
    [{ AWS_REGION: 'eu-west-1' }, /credentials/],
    [{ ...ACCOUNT, AWS_ENDPOINT_URL: 'localhost:4580' }, /AWS_ENDPOINT_URL: expected a URL/],
    [{ STACK_OUTPUTS: '', AWS_ENDPOINT_URL: 'localhost:4580' }, /AWS_ENDPOINT_URL: expected a URL/],
  ])('says what the SDK lacks, given the settings %j', async (settings, words) => {
    const nobody = { HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', STACK_OUTPUTS: '{}' };
    const { status, stderr } = await runInProcess([command, ...args], { env: { ...nobody, ...settings } });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(words) });
    expect(stderr).not.toContain('    at ');
  });

  test('says in a line that nobody answers at an endpoint', async () => {
    const STACK_OUTPUTS = JSON.stringify(
      Object.fromEntries(OUTPUTS.map((name) => [name, `http://127.0.0.1:9/${name}`])),
    );
    const { status, stderr } = await runInProcess([command, ...args], {
      env: { ...ACCOUNT, ...NOWHERE, STACK_OUTPUTS },
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^No answer from AWS, or from the endpoint that is set: .*ECONNREFUSED.*\n$/);
  });

  test('takes a stack by its name, but not beside its outputs', async () => {
    const stack = ['--stack-name', 'mine'];
    const asked = await runInProcess([command, ...args, ...stack], { env: { ...ACCOUNT, ...NOWHERE } });
    expect({ status: asked.status, stderr: asked.stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^No answer from AWS.*\n$/),
    });
    const both = await runInProcess([command, ...args, ...stack, '--outputs', 'package.json'], {
      env: ACCOUNT,
    });
    expect(both).toMatchObject({ status: 2, stderr: expect.stringContaining('--stack-name') });
  });

  test.each([
    ['not JSON', /outputs\.json: expected JSON/],
    ['7', /outputs\.json: expected a stack's outputs/],
    ['[{"OutputKey": "A"}]', /outputs\.json: expected a stack's outputs/],
    ['{"A": 1}', /outputs\.json: expected a stack's outputs/],
    ['{}', /the stack has no output/],
    ['[]', /the stack has no output/],
  ])('refuses the outputs %s', async (text, reason) => {
    const folder = projectFolder({ 'outputs.json': text });
    const outputs = ['--outputs', `${folder}/outputs.json`];
    const env = { ...NOWHERE, ...ACCOUNT };
    const { status, stderr } = await runInProcess([command, ...args, ...outputs], { env });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(reason) });
  });
});

test.each([
  [['scripts/redrive.ts', '--yes'], '--queue'],
  [['scripts/redrive.ts', '--yes', '--queue', 'toString'], '--queue'],
  [['scripts/redrive.ts', '--yes', '--queue', 'rule', 'more'], 'more'],
  [['scripts/redrive.ts', '--yes', '--queue', 'rule', '--limit', '0'], '--limit'],
  [['scripts/redrive.ts', '--yes', '--queue', 'rule', '--limit', '1e3'], '--limit'],
  [['scripts/republish.ts', '--yes'], '--older-than'],
  [['scripts/republish.ts', '--yes', '--older-than', '15'], '--older-than'],
  [['scripts/republish.ts', '--yes', '--older-than=-5m'], '--older-than'],
  [['scripts/order.ts', '--status', 'LOST'], '--status: expected NEW or PROCESSED'],
  [['scripts/order.ts', '--limit', '0'], '--limit'],
  [['scripts/order.ts', 'one', '--status', 'NEW'], '--status'],
  [['scripts/order.ts', 'one', 'two'], 'two'],
  [['scripts/order.ts', ''], 'empty'],
  [['scripts/erase.ts'], 'which order'],
  [['scripts/erase.ts', 'one', 'two'], 'two'],
])('%j is refused before anything is asked', async (args, words) => {
  const { status, stdout, stderr } = await runInProcess(args, { env: NOWHERE });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(words);
});
