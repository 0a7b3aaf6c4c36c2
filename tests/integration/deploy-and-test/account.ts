import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { startLoop } from 'serverless-loop';
import type { ScriptOptions } from './script.ts';

/** A loop in the place of an account: what a run leaves on it can be looked at afterwards. */
export async function loopAsAccount() {
  const loop = await startLoop({ region: 'eu-west-1' });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudFormationClient({ endpoint: loop.endpoint, region: 'eu-west-1', credentials });
  let count = 0;
  return {
    endpoint: loop.endpoint,
    stop: () => loop.stop(),

    /** The person's script on this account, each time with a stack of another name. */
    aRun(options: ScriptOptions = {}, endpoint = loop.endpoint) {
      count += 1;
      const { args: given = [] } = options;
      const named = given[given.indexOf('--stack-name') + 1];
      const stackName = given.includes('--stack-name') && named ? named : `throw-away-${count}`;
      const args = ['--yes', ...(named === stackName ? [] : ['--stack-name', stackName]), ...given];
      return { stackName, options: { ...options, args, env: { ...environment(endpoint), ...options.env } } };
    },

    async statusOf(stackName: string): Promise<string | undefined> {
      const { Stacks = [] } = await client
        .send(new DescribeStacksCommand({ StackName: stackName }))
        .catch(() => ({ Stacks: [] }));
      return Stacks[0]?.StackStatus;
    },

    /** A stack that somebody else has made. */
    async make(StackName: string, TemplateBody: string): Promise<void> {
      await client.send(new CreateStackCommand({ StackName, TemplateBody }));
      await waitUntilStackCreateComplete(
        { client, maxWaitTime: 30, minDelay: 0.1, maxDelay: 0.2 },
        { StackName },
      );
    },
  };
}

export type Account = Awaited<ReturnType<typeof loopAsAccount>>;

export function environment(endpoint: string): Record<string, string> {
  return { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
}
