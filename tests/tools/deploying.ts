import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import type { LoopOptions } from '../../packages/serverless-loop/src/loop/loop.ts';
import { clientOptions, runLoop } from '../../packages/serverless-loop/tests/loop-in-process.ts';
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

export type DeployingLoop = Awaited<ReturnType<typeof deployingLoop>>;

/** A loop, empty unless the options say otherwise, and `sam deploy` of what was built into a folder. */
export async function deployingLoop(sam: Tool, options: Partial<LoopOptions> = { isEmpty: true }) {
  const running = await runLoop('template.yaml', options);
  const { loop } = running;
  const folder = mkdtempSync(path.join(tmpdir(), 'deploying-'));
  const env = awsEnvironment(loop.endpoint);
  const cloudformation = new CloudFormationClient(clientOptions(loop));
  const lambda = new LambdaClient(clientOptions(loop));
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(loop)));
  const run = (args: string[]) => sam.run(args, { env });

  const deployed = (template: string, stackName: string, more: string[]) => [
    'deploy',
    ...['--template-file', template, '--stack-name', stackName, '--region', REGION],
    ...['--resolve-s3', '--capabilities', 'CAPABILITY_IAM', '--no-progressbar', '--no-confirm-changeset'],
    ...more,
  ];

  return {
    loop,
    folder,
    env,
    run,
    /** Builds the project into a folder, and gives the template there. */
    async build(name: string): Promise<string> {
      const buildDir = path.join(folder, name);
      await sam.run(['build', '--build-dir', buildDir]);
      return path.join(buildDir, 'template.yaml');
    },
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
    /** Places an order by a stack's creator, and waits until its own processor has fulfilled it. */
    async fulfilOrder(outputs: Record<string, string>): Promise<string> {
      const { Payload, LogResult = '' } = await lambda.send(
        new InvokeCommand({
          FunctionName: outputs.OrderCreatorFunctionName,
          LogType: 'Tail',
          Payload: JSON.stringify({
            customer: { name: 'Ada', email: 'ada@example.com' },
            snacks: [{ sku: 'PRETZEL', quantity: 2 }],
            delivery: {
              method: 'STANDARD',
              address: { line1: '1 Byte Street', city: 'Cork', postcode: 'T12', country: 'IE' },
            },
          }),
        }),
      );
      const answer = JSON.parse(new TextDecoder().decode(Payload));
      expect(answer).toMatchObject({ accepted: true });
      await expect
        .poll(
          async () => {
            const { Item } = await table.send(
              new GetCommand({ TableName: outputs.OrdersTableName, Key: { orderId: answer.orderId } }),
            );
            return Item?.status;
          },
          { timeout: 20_000 },
        )
        .toBe('PROCESSED');
      return Buffer.from(LogResult, 'base64').toString();
    },
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
