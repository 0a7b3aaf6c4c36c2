import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { findTool } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Account, environment, loopAsAccount } from '../integration/deploy-and-test/account.ts';
import { type FakeCheckout, fakeCheckout } from '../integration/deploy-and-test/checkout.ts';
import { startScript } from '../integration/deploy-and-test/script.ts';

const sam = await findTool('sam');
const ROOT = path.resolve(import.meta.dirname, '../..');
const DELETED = /Delete serverless-snacks-test-\w+ +\d+\.\d s {2}ok {2}gone, with \d\d resources/;

/** A script of the checkout itself, with the real tools, in dash. */
function run(file: string, args: string[]): Promise<{ status: number | null; said: string }> {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, SAM_CLI_TELEMETRY: '0' };
  return new Promise((resolve) => {
    const options = { cwd: tmpdir(), env, maxBuffer: 64_000_000 };
    const child = execFile('dash', [path.join(ROOT, file), ...args], options, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode, said: stdout + stderr }),
    );
  });
}

describe.runIf(sam.expected)('with the real SAM CLI on a loop of its own', { timeout: 600_000 }, () => {
  const reports = mkdtempSync(path.join(tmpdir(), 'reports-'));
  afterAll(() => rmSync(reports, { recursive: true, force: true }));

  test('deploy-and-test-cd.sh deploys, tests, removes, and then deploys prod and sees an order PROCESSED', async () => {
    const { status, said } = await run('deploy-and-test-cd.sh', [
      '--local',
      '--stage',
      'prod',
      '--reports',
      reports,
    ]);
    expect(status, said.slice(-4_000)).toBe(0);
    expect(said).toContain('Successfully created/updated stack - serverless-snacks-test-');
    expect(said).toMatch(/End-to-end tests +\d+\.\d s {2}ok {2}\d+ passed \(\d+\)/);
    expect(said).toMatch(DELETED);
    expect(said).toMatch(/Marked order +\d+\.\d s {2}ok {2}[0-9a-f-]{36} is PROCESSED/);
    const report = (name: string) => readFileSync(path.join(reports, name), 'utf8');
    expect(report('steps.xml')).toMatch(/<testsuite name="deploy-and-test" tests="\d+" failures="0"/);
    expect(report('end-to-end.xml')).toMatch(/<testsuites [^>]*failures="0"/);
    expect(JSON.parse(report('test-outputs.json')).OrderBusName).toMatch(/^serverless-snacks-test-/);
    expect(JSON.parse(report('stage-outputs.json')).OrderBusName).toBe('serverless-snacks-orders-prod');
    expect(existsSync(path.join(reports, 'before-stack.json'))).toBe(false);
  });
});

/** The types, the unit and end-to-end tests are left out here: what they find has been looked at above. */
describe.runIf(sam.expected)('with the real SAM CLI and no other tool', { timeout: 600_000 }, () => {
  let account: Account;
  let checkout: FakeCheckout;
  beforeAll(async () => {
    const folders = (process.env.PATH ?? '').split(path.delimiter);
    const file = folders.map((folder) => path.join(folder, 'sam')).find((each) => existsSync(each));
    checkout = fakeCheckout({ sam: file ?? '' });
    account = await loopAsAccount();
  });
  afterAll(async () => {
    await account?.stop();
    checkout?.dispose();
  });

  test('deploy-and-test.sh deploys to a loop of its own, tests, removes and leaves nothing', async () => {
    const options = { args: ['--local'], env: { SAM_CLI_TELEMETRY: '0' } };
    const { status, said } = await startScript(checkout, 'deploy-and-test.sh', options).ended;
    expect(status, said.slice(-4_000)).toBe(0);
    expect(said).toContain('Successfully created/updated stack - serverless-snacks-test-');
    expect(said).toMatch(/End-to-end tests +\d+\.\d s {2}ok {2}\d+ passed \(\d+\)/);
    expect(said).toMatch(DELETED);
    const endpoint = /Loop +\S+ s {2}ok {2}(http\S+)/.exec(said)?.[1] ?? '';
    await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
  });

  async function describeStack(StackName: string): Promise<Stack> {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new CloudFormationClient({ endpoint: account.endpoint, region: 'eu-west-1', credentials });
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks[0] ?? expect.fail(`no stack ${StackName}`);
  }

  test('a release that does not take an order is put back to what was there before', async () => {
    const release = (args: string[]) =>
      startScript(checkout, 'deploy-and-test-cd.sh', {
        args: ['--stage', 'dev', '--reports', path.join(checkout.root, 'reports'), ...args],
        env: { ...environment(account.endpoint), SAM_CLI_TELEMETRY: '0', SAM_CLI_POLL_DELAY: '0.2' },
      }).ended;
    const first = await release(['--parameter-overrides', 'LogLevel=WARN']);
    expect(first.status, first.said.slice(-4_000)).toBe(0);

    const slow = ['--parameter-overrides', 'FulfilmentMs=15000', '--time-limit', 'order=6'];
    const second = await release(slow);
    expect(second.said).toContain('Marked order: FAILED  took longer than its limit of 6 s');
    expect(second.said).toMatch(
      /Restore serverless-snacks-dev +\d+\.\d s {2}ok {2}deployed again as it was before/,
    );
    expect(second.status).toBe(14);

    const { StackStatus, Parameters } = await describeStack('serverless-snacks-dev');
    expect(StackStatus).toBe('UPDATE_COMPLETE');
    expect(Parameters).toContainEqual({ ParameterKey: 'FulfilmentMs', ParameterValue: '0' });
    expect(Parameters).toContainEqual({ ParameterKey: 'LogLevel', ParameterValue: 'WARN' });
  });

  test('a template that will not deploy shows the reason, and leaves nothing', async () => {
    const { stackName, options } = account.aRun({
      env: { SAM_CLI_TELEMETRY: '0', SAM_CLI_POLL_DELAY: '0.2' },
    });
    await account.make(
      'holder',
      `Resources: {Bus: {Type: AWS::Events::EventBus, Properties: {Name: ${stackName}}}}`,
    );
    const { status, said } = await startScript(checkout, 'deploy-and-test.sh', options).ended;
    expect(said).toContain('CREATE_FAILED');
    expect(said).toMatch(new RegExp(`Deploy ${stackName} +\\d+\\.\\d s {2}FAILED`));
    expect(status).toBe(13);
    expect(await account.statusOf(stackName)).toBeUndefined();
    expect(await account.statusOf('holder')).toBe('CREATE_COMPLETE');
  });
});
