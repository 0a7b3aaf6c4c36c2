import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOptions } from '../../packages/serverless-loop/tests/loop-in-process.ts';
import { type DeployingLoop, deployingLoop } from './deploying.ts';
import { findTool } from './tool.ts';

const sam = await findTool('sam');

/** A function that needs a while to be ready, which the deployment waits for. */
const slow = (edition: number) => `
Resources:
  Slow:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Role: !GetAtt SlowRole.Arn
      Code:
        ZipFile: 'const end = Date.now() + 6000; while (Date.now() < end); exports.handler = async () => ${edition};'
  SlowRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: lambda.amazonaws.com}}}
`;

describe.runIf(sam.expected)('a deployment that is under way', () => {
  let loop: DeployingLoop;
  let client: CloudFormationClient;
  beforeAll(async () => {
    loop = await deployingLoop(sam);
    client = new CloudFormationClient(clientOptions(loop.loop));
  });
  afterAll(() => loop?.stop());

  function templateOf(edition: number): string {
    const file = path.join(loop.folder, `slow-${edition}.yaml`);
    writeFileSync(file, slow(edition));
    return file;
  }

  const until = (StackName: string, status: string) =>
    expect
      .poll(
        async () => {
          const { Stacks = [] } = await client
            .send(new DescribeStacksCommand({ StackName }))
            .catch(() => ({ Stacks: [] }));
          return Stacks[0]?.StackStatus;
        },
        { timeout: 30_000 },
      )
      .toBe(status);

  test('goes on when the tool is interrupted, and the next one finds what it made', async () => {
    const tool = loop.startDeploy(templateOf(1), 'interrupted');
    await until('interrupted', 'CREATE_IN_PROGRESS');
    tool.kill('SIGINT');
    await once(tool, 'exit');
    await until('interrupted', 'CREATE_COMPLETE');
    const { stdout } = await loop.deploy(templateOf(1), 'interrupted', '--no-fail-on-empty-changeset');
    expect(stdout).toContain('is up to date');
  });

  test('lets no second one in, which says what it waits for', async () => {
    const first = loop.startDeploy(templateOf(1), 'contended');
    await until('contended', 'CREATE_IN_PROGRESS');
    const said = await loop.failingDeploy(templateOf(2), 'contended');
    expect(said).toMatch(/is in CREATE_IN_PROGRESS state and can not be updated/);
    await once(first, 'exit');
    expect(first.exitCode).toBe(0);
    await until('contended', 'CREATE_COMPLETE');
  });
});
