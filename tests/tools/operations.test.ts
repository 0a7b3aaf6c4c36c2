import { askRunningLoop, type RunningStack } from 'serverless-loop/commands';
import { findTool, type LoopProcess, startCommand } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firstCommand, partsOfAlarms } from '../integration/operations/runbook.ts';

const cli = await findTool('aws');
const shell = await findTool('sh');

const text = [...partsOfAlarms().values()].map((part) => part.lookAt + part.do).join('\n');
const commands = [...new Set([...text.matchAll(/`(aws [^`]+)`/g)].map(([, command = '']) => command))];

describe.runIf(cli.expected)('the AWS CLI on docs/operations.md', () => {
  let loop: LoopProcess;
  let stack: RunningStack;
  /** Of a reader of the page, who begins at its top; in a shell with a proxy that leads nowhere. */
  let env: Record<string, string>;
  beforeAll(async () => {
    loop = await startCommand(['start', '--port', '0', '--no-watch']);
    stack = await askRunningLoop(loop.endpoint);
    const { stdout } = await shell.run(['-euc', `${firstCommand()}\nenv -0`], {
      env: {
        AWS_ENDPOINT_URL: loop.endpoint,
        HTTP_PROXY: 'http://127.0.0.1:9',
        http_proxy: 'http://127.0.0.1:9',
      },
    });
    env = Object.fromEntries(
      [...stdout.matchAll(/([^=\0]+)=([^\0]*)\0/g)].map(([, name = '', value = '']) => [name, value]),
    );
  });
  afterAll(() => loop.stop());

  async function type(command: string): Promise<string> {
    const typed = command.replace(/^aws sqs /, 'aws --endpoint-url "$AWS_ENDPOINT_URL" sqs ');
    return (await shell.run(['-euc', typed], { env })).stdout;
  }

  test.each(commands)('%s', async (command) => {
    const answer = JSON.parse(await type(command));
    expect(Object.keys(answer).length).toBeGreaterThan(0);
  });

  test('what is added is in the policy that is looked at', async () => {
    const look = commands.find((command) => command.startsWith('aws lambda get-policy')) ?? '';
    const add = commands.find((command) => command.startsWith('aws lambda add-permission')) ?? '';
    const id = `Another${Date.now()}`;
    await type(add.replace(/--statement-id \w+/, `--statement-id ${id}`));
    const { Policy } = JSON.parse(await type(look));
    expect(JSON.parse(Policy).Statement).toContainEqual(
      expect.objectContaining({
        Sid: id,
        Resource: stack.outputs.OrderProcessorFunctionArn,
        Condition: { ArnLike: { 'aws:SourceArn': stack.outputs.OrderCreatedRuleArn } },
      }),
    );
  });
});
