import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { expect } from 'vitest';
import type { Output, Tool } from './tool.ts';

export const REGION = 'eu-west-1';

/** The environment that lets a tool take the loop for AWS. */
export function awsEnvironment(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: REGION,
    SAM_CLI_POLL_DELAY: '0.2',
  };
}

export type SamDeploy = ReturnType<typeof samDeployTo>;

/** `sam deploy` to the loop that listens there, and a folder for what it deploys, until `remove`. */
export function samDeployTo(endpoint: string, sam: Tool) {
  const folder = mkdtempSync(path.join(tmpdir(), 'deploying-'));
  const env = awsEnvironment(endpoint);
  const cloudformation = new CloudFormationClient({
    endpoint,
    region: REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  const run = (args: string[]) => sam.run(args, { env });

  const deployed = (template: string, stackName: string, more: string[]) => [
    'deploy',
    ...['--template-file', template, '--stack-name', stackName, '--region', REGION],
    ...['--resolve-s3', '--capabilities', 'CAPABILITY_IAM', '--no-progressbar', '--no-confirm-changeset'],
    ...more,
  ];

  return {
    folder,
    env,
    run,
    deploy: (template: string, stackName: string, ...more: string[]): Promise<Output> =>
      run(deployed(template, stackName, more)),
    /** Its words when it fails, which it has to. */
    async failingDeploy(template: string, stackName: string, ...more: string[]): Promise<string> {
      const failure: unknown = await run(deployed(template, stackName, more)).catch(
        (error: unknown) => error,
      );
      const { code, stdout, stderr } = Object(failure);
      expect(code, stdout).toBe(1);
      return `${stdout}${stderr}`;
    },
    startDeploy: (template: string, stackName: string, ...more: string[]) =>
      sam.start(deployed(template, stackName, more), { env }),
    async outputs(stackName: string): Promise<Record<string, string>> {
      const { stdout } = await run(['list', 'stack-outputs', '--stack-name', stackName, '--output', 'json']);
      const outputs: { OutputKey: string; OutputValue: string }[] = JSON.parse(stdout);
      return Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
    },
    /** The reasons in a stack's events. */
    async reasonsOf(StackName: string): Promise<(string | undefined)[]> {
      const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
      return StackEvents.map(({ ResourceStatusReason }) => ResourceStatusReason);
    },
    remove() {
      cloudformation.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type DeployingLoop = Awaited<ReturnType<typeof deployingLoop>>;

/** An empty loop with `sam deploy` to it. */
export async function deployingLoop(sam: Tool) {
  // This loads the loop, which an application's tests start in their own way.
  const { runLoop } = await import('../loop-in-process.ts');
  const running = await runLoop('', { isEmpty: true, startsAhead: true });
  const deploying = samDeployTo(running.loop.endpoint, sam);
  return {
    ...deploying,
    loop: running.loop,
    async stop() {
      await running.stop();
      deploying.remove();
    },
  };
}
