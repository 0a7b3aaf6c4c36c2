import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { onlyInMatrix } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Account, environment, loopAsAccount } from './account.ts';
import { fakeCheckout } from './checkout.ts';
import { type ScriptOptions, startScript } from './script.ts';

const SCRIPT = 'deploy-and-test-cd.sh';

/** Tests that only a build by the real SAM CLI can pass are in tests/tools; here no function takes the marked order. */
describe('deploy-and-test-cd.sh', () => {
  const checkout = fakeCheckout();
  let account: Account;
  beforeAll(async () => {
    account = await loopAsAccount();
  });
  afterAll(async () => {
    await account?.stop();
    checkout.dispose();
  });

  let count = 0;
  function start(options: ScriptOptions = {}) {
    count += 1;
    const [stackName, stageStack, reports] = [`throw-away-${count}`, `stage-${count}`, `reports-${count}`];
    const script = startScript(checkout, SCRIPT, {
      ...options,
      env: {
        ...environment(account.endpoint),
        STAGE: 'dev',
        STACK_NAME: stackName,
        STAGE_STACK: stageStack,
        REPORTS: path.join(checkout.root, reports),
        FORCE_COLOR: '1',
        ...options.env,
      },
    });
    const report = (name: string) => readFileSync(path.join(checkout.root, reports, name), 'utf8');
    const hasReport = (name: string) => existsSync(path.join(checkout.root, reports, name));
    return { stackName, stageStack, script, report, hasReport };
  }

  async function run(options: ScriptOptions = {}) {
    const started = start(options);
    return { ...started, ...(await started.script.ended) };
  }

  test('deploys no stage when a test of the throw-away stack fails', async () => {
    const says = ' Tests  1 failed | 2 passed (3)';
    const { status, said, stackName, stageStack, report, hasReport } = await run({
      fake: { 'vitest e2e': { says, status: 1 } },
    });
    expect(status).toBe(14);
    expect(said).toMatch(new RegExp(`Deploy ${stageStack} +not run`));
    expect(await account.statusOf(stackName)).toBeUndefined();
    expect(await account.statusOf(stageStack)).toBeUndefined();
    expect(report('steps.xml')).toContain('<failure type="test" message="vitest');
    expect(report('steps.xml')).toContain(`name="Deploy ${stageStack}" time="0.000"><skipped/>`);
    expect(JSON.parse(report('test-outputs.json'))).toEqual({
      OrdersTableName: expect.stringContaining(`${stackName}-OrdersTable`),
    });
    expect(hasReport('stage-outputs.json')).toBe(false);
  });

  onlyInMatrix(() => {
    test('deploys no stage when the throw-away stack is not gone', async () => {
      const says = 'Error: DELETE_FAILED';
      const { status, stageStack } = await run({ fake: { 'sam delete': { says, status: 1 } } });
      expect(status).toBe(15);
      expect(await account.statusOf(stageStack)).toBeUndefined();
    });
  });

  onlyInMatrix(() => {
    test('whose marked order gets nowhere in a new stage says that there is nothing to go back to', async () => {
      const { status, said, stageStack, stackName } = await run();
      expect(said).toContain('the stack has no output OrderCreatorFunctionName');
      expect(said).toContain(`there was no ${stageStack} before, so there is nothing to go back to`);
      expect(status).toBe(14);
      expect(await account.statusOf(stackName)).toBeUndefined();
      expect(await account.statusOf(stageStack)).toBe('CREATE_COMPLETE');
    });
  });

  onlyInMatrix(() => {
    test('says nothing in colour, and folds its log only on GitHub', async () => {
      const fake: ScriptOptions['fake'] = { tsc: { says: '::error::not ours', status: 1 } };
      const elsewhere = await run({ fake });
      expect(elsewhere.said).not.toContain('\u001b');
      expect(elsewhere.said).not.toContain('::group::');
      expect(elsewhere.said).toContain('=== Types');
      const onGitHub = await run({ fake, env: { GITHUB_ACTIONS: 'true' } });
      expect(onGitHub.said).not.toContain('\u001b');
      expect(onGitHub.said).toContain('::group::Types\n | : :error: :not ours\n::endgroup::\n');
      expect(onGitHub.said).toContain('::error title=Types::tsc ended with status 1');
    });
  });

  onlyInMatrix(() => {
    test('ends a step that takes too long', async () => {
      const { status, said, script } = await run({
        fake: { 'sam deploy': 'hangs' },
        env: { TIME_LIMITS: 'deploy=1 unit=60' },
      });
      expect(said).toMatch(/Deploy throw-away-\d+: FAILED {2}took longer than its limit of 1 s/);
      expect(script.calls().filter(({ call }) => call === 'sam deploy')).toHaveLength(1);
      expect(status).toBe(13);
    });
  });

  onlyInMatrix(() => {
    test.each(['SIGINT', 'SIGTERM'] as const)(
      'by %s in the deployment of a stage tries to go back',
      async (signal) => {
        const next = `stage-${count + 1}`;
        const { script, stackName, report } = start({ fake: { [`sam deploy ${next}`]: 'hangs' } });
        await script.saying('sam deploy hangs');
        script.kill(signal);
        const { status, said } = await script.ended;
        expect(status).toBe(signal === 'SIGINT' ? 130 : 143);
        expect(said).toMatch(new RegExp(`Deploy ${next} +\\d+\\.\\d s {2}interrupted`));
        expect(said).toContain(`there was no ${next} before`);
        expect(report('steps.xml')).toContain('<failure type="interrupted" message="interrupted"/>');
        expect(await account.statusOf(stackName)).toBeUndefined();
      },
    );
  });
});
