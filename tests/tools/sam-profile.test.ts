import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findTool, type LoopProcess, runCommand, startCommand } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const sam = await findTool('sam');
const folder = mkdtempSync(path.join(tmpdir(), 'sam-profile-'));

describe.runIf(sam.expected)('the SAM CLI finds the loop', () => {
  let loop: LoopProcess;
  let byProfile: Record<string, string>;
  beforeAll(async () => {
    loop = await startCommand(['start', '--port', '0', '--no-watch', '--retry-speed', '1000']);
    const config = path.join(folder, 'config');
    writeFileSync(config, profileOfReadme().replace('http://127.0.0.1:4580', loop.endpoint));
    byProfile = { AWS_CONFIG_FILE: config, SAM_CLI_POLL_DELAY: '0.2' };
    await sam.run(['build']);
  });
  afterAll(async () => {
    await loop.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The profile that a reader is told to write. */
  function profileOfReadme(): string {
    const profile = /^\[profile loop\]\n(?:\w+ = .*\n)+/m.exec(readFileSync('README.md', 'utf8'))?.[0];
    if (profile === undefined) throw new Error('README.md shows no profile');
    return profile;
  }

  const withProfile = (...args: string[]) => sam.run([...args, '--config-env', 'loop'], { env: byProfile });

  test.each([
    [['list', 'stack-outputs'], 'OrderCreatorFunctionName'],
    [['list', 'resources'], 'OrderProcessorFunctionOrderCreated'],
    [['list', 'endpoints'], 'OrderCreatorFunction'],
    [['remote', 'invoke', 'OrderCreatorFunction', '--event', '{}'], 'InvalidOrder'],
    [['logs', '-n', 'OrderCreatorFunction'], 'InvalidOrder|order refused|platform.start'],
    [['traces'], ''],
  ])('sam %j by the profile of --config-env loop', async (args, shown) => {
    expect((await withProfile(...args)).stdout).toMatch(new RegExp(shown));
  });

  test('sam deploy and sam delete by the profile make a stack beside the live one, and remove it', async () => {
    const own = ['--stack-name', 'beside-the-live-one'];
    const { stdout } = await withProfile(
      'deploy',
      ...own,
      '--parameter-overrides',
      'OrderBusName=beside',
      '--no-progressbar',
    );
    expect(stdout).toContain('Successfully created/updated stack - beside-the-live-one');
    expect((await withProfile('list', 'stack-outputs', ...own, '--output', 'json')).stdout).toContain(
      'beside-the-live-one-OrderCreatorFunction-',
    );
    const deleted = await withProfile('delete', ...own, '--no-prompts');
    expect(deleted.stdout).toContain('Deleted successfully');
  });

  test('sam sync by the profile makes a stack, and finds that its code is what it was', async () => {
    const own = ['--stack-name', 'synced', '--config-env', 'loop'];
    const sync = (...args: string[]) => sam.run(['sync', ...own, ...args], { env: byProfile, input: 'y\n' });
    const made = await sync('--no-watch', '--parameter-overrides', 'OrderBusName=synced');
    expect(made.stdout + made.stderr).toContain('Stack creation succeeded. Sync infra completed.');
    const again = await sync('--code');
    expect(again.stdout + again.stderr).toContain('Finished syncing Lambda Function OrderCreatorFunction');
    await withProfile('delete', '--stack-name', 'synced', '--no-prompts');
  });

  test('by what npm run env prints, too', async () => {
    const { stdout } = await runCommand(['env', '--endpoint', loop.endpoint]);
    const env = Object.fromEntries(
      [...stdout.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    expect((await sam.run(['list', 'stack-outputs'], { env })).stdout).toContain('OrderCreatorFunctionName');
  });
});
