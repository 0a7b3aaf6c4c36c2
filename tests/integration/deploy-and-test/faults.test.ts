import { onlyInMatrix, sampleOf } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultProxy } from '../scripts/fault-proxy.ts';
import { type Account, loopAsAccount } from './account.ts';
import { fakeCheckout } from './checkout.ts';
import { runScript, startScript } from './script.ts';

const SCRIPT = 'deploy-and-test.sh';

describe('deploy-and-test.sh', () => {
  const checkout = fakeCheckout();
  let account: Account;
  beforeAll(async () => {
    account = await loopAsAccount();
  });
  afterAll(async () => {
    await account?.stop();
    checkout.dispose();
  });

  test('deploys, tests and removes, and ends with 0', async () => {
    const { stackName, options } = account.aRun();
    const script = startScript(checkout, SCRIPT, options);
    const { status, said } = await script.ended;

    expect(status, said).toBe(0);
    expect(said).toMatch(/Credentials +\d+\.\d s {2}ok {2}account 000000000000, eu-west-1, as arn:aws:iam::/);
    expect(said).toMatch(/End-to-end tests +\d+\.\d s {2}ok {2}3 passed \(3\)/);
    expect(said).toMatch(new RegExp(`Delete ${stackName} +\\d+\\.\\d s {2}ok {2}gone, with 2 resources`));
    expect(await account.statusOf(stackName)).toBeUndefined();
    expect(script.calls().filter(({ call }) => call === 'sam delete')).toHaveLength(1);
  });

  onlyInMatrix(() => {
    test('without a SAM CLI says what to install', async () => {
      const { status, said } = await runScript(
        checkout,
        SCRIPT,
        account.aRun({ env: { PATH: checkout.binWithoutSam } }).options,
      );
      expect(said).toContain('SAM CLI: sam was not found on the PATH');
      expect(said).toContain('Install it: https://');
      expect(status).toBe(10);
    });
  });

  onlyInMatrix(() => {
    test.each([
      [
        'an old SAM CLI',
        'sam --version',
        'SAM CLI, version 1.99.0',
        'SAM CLI 1.99.0 is too old, 1.149.0 or newer',
      ],
      ['an old npm', 'npm --version', '8.19.4', 'npm 8.19.4 is too old, 10.0.0 or newer'],
      ['a SAM CLI that tells no version', 'sam --version', 'what?', 'sam --version gives no version: what?'],
    ])('with %s says so', async (_name, call, says, message) => {
      const { options } = account.aRun({ fake: { [call]: { says, status: 0 } } });
      const { status, said } = await runScript(checkout, SCRIPT, options);
      expect(said).toContain(message);
      expect(status).toBe(10);
    });
  });

  test.each(
    sampleOf(
      [
        ['sam validate', 'Error: [InvalidResource] no Handler', 10],
        ['npm ls', 'npm error invalid: esbuild@0.1.0', 12],
        ['tsc', "src/a.ts(1,1): error TS2322: Type 'string'", 12],
        ['vitest run', ' Tests  1 failed | 2 passed (3)', 12],
        ['sam build', 'Build Failed', 12],
        ['sam deploy', 'Error: Failed to create/update the stack: Waiter StackCreateComplete failed', 13],
      ],
      1,
    ),
  )(
    'whose %s fails shows why, leaves no stack, and has a status of its kind',
    async (call, says, expected) => {
      const { stackName, options } = account.aRun({ fake: { [call]: { says, status: 1 } } });
      const { status, said } = await runScript(checkout, SCRIPT, options);
      expect(said).toMatch(/FAILED {2}\w+ .*ended with status 1: /);
      expect(said.split(says.trim()).length).toBeGreaterThan(2);
      expect(said).toMatch(/End-to-end tests +not run/);
      expect(status).toBe(expected);
      expect(await account.statusOf(stackName)).toBeUndefined();
    },
  );

  onlyInMatrix(() => {
    test('whose end-to-end tests fail removes the stack all the same', async () => {
      const says = ' Tests  1 failed | 2 passed (3)';
      const { stackName, options } = account.aRun({ fake: { 'vitest e2e': { says, status: 1 } } });
      const { status, said } = await runScript(checkout, SCRIPT, options);
      expect(said).toMatch(/End-to-end tests +\d+\.\d s {2}FAILED {2}vitest .*1 failed \| 2 passed/);
      expect(status).toBe(14);
      expect(await account.statusOf(stackName)).toBeUndefined();
    });
  });

  onlyInMatrix(() => {
    test.each([
      ['ExpiredToken', /The sign-in has ended: sign in again \(aws sso login\)/],
      ['InvalidClientTokenId', /AWS doesn't take these keys/],
    ])('whose credentials meet %s says what to do, and deploys nothing', async (code, advice) => {
      const endpoint = await faultProxy(account.endpoint, ({ body }) =>
        body.includes('Action=GetCallerIdentity') ? { status: 403, code } : undefined,
      );
      const { stackName, options } = account.aRun({}, endpoint);
      const script = startScript(checkout, SCRIPT, options);
      const { status, said } = await script.ended;
      expect(said).toMatch(advice);
      expect(status).toBe(11);
      expect(await account.statusOf(stackName)).toBeUndefined();
      expect(script.calls().map(({ call }) => call)).not.toContain('sam build');
    });
  });

  onlyInMatrix(() => {
    test('without credentials says so', async () => {
      const { options } = account.aRun({
        env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true' },
      });
      const { status, said } = await runScript(checkout, SCRIPT, options);
      expect(said).toContain('There are no credentials: set AWS_PROFILE, or sign in');
      expect(status).toBe(11);
    });
  });

  onlyInMatrix(() => {
    test('whose stack can not be deleted names all that is left, and how to remove it', async () => {
      const says = 'Error: Failed to delete the stack: DELETE_FAILED';
      const { stackName, options } = account.aRun({ fake: { 'sam delete': { says, status: 1 } } });
      const { status, said } = await runScript(checkout, SCRIPT, options);
      expect(said).toMatch(
        new RegExp(`Delete ${stackName} .*FAILED {2}sam delete ended with status 1: ${says}`),
      );
      expect(said).toContain(`left: stack ${stackName} (CREATE_COMPLETE), AWS::`);
      expect(said).toContain(`The stack ${stackName} is still there. Remove it with`);
      expect(said).toContain(`sam delete --stack-name ${stackName} --region eu-west-1`);
      expect(status).toBe(15);
      expect(await account.statusOf(stackName)).toBe('CREATE_COMPLETE');
    });

    test('whose deletion does nothing is found out, and each thing that is left is named', async () => {
      const fake = { 'sam delete': { says: 'Deleted successfully', status: 0 } };
      const { stackName, options } = account.aRun({ fake, args: ['--time-limit', 'delete=6'] });
      const { status, said } = await runScript(checkout, SCRIPT, options);
      expect(said).toContain(`left: stack ${stackName} (CREATE_COMPLETE)`);
      expect(said).toMatch(new RegExp(`left: AWS::DynamoDB::Table ${stackName}-OrdersTable-`));
      expect(said).toMatch(/left: AWS::SQS::Queue http/);
      expect(status).toBe(15);
    });

    test('told to keep the stack says how to remove it, and the next run of that name does', async () => {
      const { stackName, options } = account.aRun({ args: ['--keep'] });
      const { status, said } = await runScript(checkout, SCRIPT, options);
      expect(said).toContain(`sam delete --stack-name ${stackName} --region eu-west-1`);
      expect(said).toMatch(/Remove test data .*ok {2}0 orders removed/);
      expect(status).toBe(0);
      expect(await account.statusOf(stackName)).toBe('CREATE_COMPLETE');

      const next = await runScript(checkout, SCRIPT, {
        ...options,
        args: ['--yes', '--stack-name', stackName],
      });
      expect(next.said).toContain('left by an earlier run (CREATE_COMPLETE)');
      expect(next.status, next.said).toBe(0);
      expect(await account.statusOf(stackName)).toBeUndefined();
    });
  });

  onlyInMatrix(() => {
    test('told to keep a stack on its own loop leaves both, and says how to end them', async () => {
      const { status, said } = await runScript(checkout, SCRIPT, { args: ['--local', '--keep'] });
      expect(status, said).toBe(0);
      const [, endpoint = ''] =
        /AWS_ENDPOINT_URL=(\S+) sam delete --stack-name serverless-snacks-test-/.exec(said) ?? [];
      const pid = Number(/^ {2}kill (\d+)$/m.exec(said)?.[1]);
      try {
        expect((await fetch(endpoint)).status).toBeGreaterThan(0);
      } finally {
        process.kill(pid);
      }
      await expect.poll(() => fetch(endpoint).then(String, () => 'ended')).toBe('ended');
    });
  });

  test("touches nobody else's stack", async () => {
    await account.make('of-somebody-else', 'Resources: {Theirs: {Type: AWS::SQS::Queue}}');
    const { options } = account.aRun({ args: ['--stack-name', 'of-somebody-else'] });
    const { status, said } = await runScript(checkout, SCRIPT, options);
    expect(said).toContain('there is a stack of-somebody-else already, and no run of this script made it');
    expect(status).toBe(10);
    expect(await account.statusOf('of-somebody-else')).toBe('CREATE_COMPLETE');
  });
});
