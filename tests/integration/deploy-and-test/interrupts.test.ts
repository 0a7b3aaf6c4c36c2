import { onlyInMatrix, sampleOf } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Account, loopAsAccount } from './account.ts';
import { fakeCheckout } from './checkout.ts';
import { startScript } from './script.ts';

const SCRIPT = 'deploy-and-test.sh';

/** True while a process is there, and is no zombie that only waits for its parent. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('deploy-and-test.sh, interrupted', () => {
  const checkout = fakeCheckout();
  let account: Account;
  beforeAll(async () => {
    account = await loopAsAccount();
  });
  afterAll(async () => {
    await account?.stop();
    checkout.dispose();
  });

  test.each(
    sampleOf(
      [
        ['sam --version', 'SIGINT', 130],
        ['sam validate', 'SIGHUP', 129],
        ['npm ls', 'SIGTERM', 143],
        ['tsc', 'SIGINT', 130],
        ['vitest run', 'SIGINT', 130],
        ['sam build', 'SIGINT', 130],
        ['sam deploy', 'SIGINT', 130],
        ['vitest e2e', 'SIGTERM', 143],
      ] as const,
      1,
    ),
  )('at %s by %s takes back what was started, and ends the tool', async (call, signal, expected) => {
    const { stackName, options } = account.aRun({ fake: { [call]: 'hangs' } });
    const script = startScript(checkout, SCRIPT, options);
    await expect
      .poll(() => script.calls().map((each) => each.call))
      .toContainEqual(expect.stringContaining(call));
    script.kill(signal);
    const { status, said } = await script.ended;

    expect(said).toContain(`Interrupted (${signal}): taking back what was started.`);
    expect(said).toMatch(/ {2}interrupted$/m);
    expect(status).toBe(expected);
    expect(await account.statusOf(stackName)).toBeUndefined();
    expect(script.calls().filter(({ pid }) => runs(pid))).toEqual([]);
    const deletions = script.calls().filter((each) => each.call === 'sam delete');
    expect(deletions).toHaveLength(call === 'vitest e2e' ? 1 : 0);
  });

  onlyInMatrix(() => {
    test('while it removes the stack goes on with that, once', async () => {
      const { stackName, options } = account.aRun();
      const script = startScript(checkout, SCRIPT, options);
      await script.saying(`Delete ${stackName}`);
      script.kill('SIGINT');
      const { status, said } = await script.ended;
      expect(said).toMatch(new RegExp(`Delete ${stackName} .*ok {2}gone`));
      expect(script.calls().filter(({ call }) => call === 'sam delete')).toHaveLength(1);
      expect(status).toBe(130);
      expect(await account.statusOf(stackName)).toBeUndefined();
    });
  });

  onlyInMatrix(() => {
    test('twice leaves the stack, and says how to remove it', async () => {
      const { stackName, options } = account.aRun({ fake: { 'vitest e2e': 'hangs', 'sam delete': 'hangs' } });
      const script = startScript(checkout, SCRIPT, options);
      await script.saying('vitest e2e hangs');
      script.kill('SIGINT');
      await script.saying('sam delete hangs');
      script.kill('SIGINT');
      const { status, said } = await script.ended;
      expect(said).toContain('Interrupted again (SIGINT): leaving things as they are.');
      expect(said).toContain(`sam delete --stack-name ${stackName} --region eu-west-1`);
      expect(script.calls().filter(({ pid }) => runs(pid))).toEqual([]);
      expect(status).toBe(130);
      expect(await account.statusOf(stackName)).toBe('CREATE_COMPLETE');
    });
  });

  onlyInMatrix(() => {
    test('with --local stops its loop', async () => {
      const script = startScript(checkout, SCRIPT, { args: ['--local'], fake: { tsc: 'hangs' } });
      await script.saying('tsc --noEmit hangs');
      script.kill('SIGINT');
      const { status, said } = await script.ended;
      const endpoint = /Loop +\S+ s {2}ok {2}(http\S+)/.exec(said)?.[1] ?? '';
      await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
      expect(status).toBe(130);
    });
  });

  onlyInMatrix(() => {
    test('by the end of its terminal cleans up all the same', async () => {
      const { stackName, options } = account.aRun({ fake: { 'vitest e2e': 'hangs' } });
      const script = startScript(checkout, SCRIPT, options);
      await script.saying('vitest e2e hangs');
      script.closeOutput();
      script.kill('SIGHUP');
      expect((await script.ended).status).toBe(129);
      expect(await account.statusOf(stackName)).toBeUndefined();
    });
  });
});
