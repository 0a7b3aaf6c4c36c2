import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOptions } from '../loop-in-process.ts';
import { type DeployingLoop, deployingLoop } from './deploying.ts';
import { findTool } from './tool.ts';

const sam = await findTool('sam');

/**
 * So many, one after the other, that a deployment of them waits for whatever a tool needs a while for; of two stacks as many
 * as the loop starts ahead.
 */
const FUNCTIONS = 6;

/** Functions that wait, each as long as an initialisation may take at most (10 s), until the file of the gate is there. */
const waiting = (gate: string, edition: number) => `
Resources:${Array.from({ length: FUNCTIONS }, (_, at) => waitingFunction(at, gate, edition)).join('')}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: lambda.amazonaws.com}}}
`;

const waitingFunction = (at: number, gate: string, edition: number) => `
  Waiting${at}:
    Type: AWS::Lambda::Function${at === 0 ? '' : `\n    DependsOn: Waiting${at - 1}`}
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Role: !GetAtt Role.Arn
      Code:
        ZipFile: |
          const { existsSync } = require('node:fs');
          const cell = new Int32Array(new SharedArrayBuffer(4));
          while (!existsSync(${JSON.stringify(gate)})) Atomics.wait(cell, 0, 0, 20);
          exports.handler = async () => ${edition};`;

describe.runIf(sam.expected)('a deployment that is under way', () => {
  let loop: DeployingLoop;
  let client: CloudFormationClient;
  beforeAll(async () => {
    loop = await deployingLoop(sam);
    client = new CloudFormationClient(clientOptions(loop.loop));
  });
  afterAll(() => loop?.stop());

  const gateOf = (name: string) => path.join(loop.folder, `${name}.gate`);
  const openGate = (name: string) => writeFileSync(gateOf(name), '');

  function templateOf(name: string, edition: number): string {
    const file = path.join(loop.folder, `${name}-${edition}.yaml`);
    writeFileSync(file, waiting(gateOf(name), edition));
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
        { timeout: 120_000 },
      )
      .toBe(status);

  test('goes on when the tool is interrupted, and the next one finds what it made', async () => {
    const tool = loop.startDeploy(templateOf('interrupted', 1), 'interrupted');
    await until('interrupted', 'CREATE_IN_PROGRESS');
    tool.kill('SIGINT');
    await once(tool, 'exit');
    openGate('interrupted');
    await until('interrupted', 'CREATE_COMPLETE');
    const { stdout } = await loop.deploy(
      templateOf('interrupted', 1),
      'interrupted',
      '--no-fail-on-empty-changeset',
    );
    expect(stdout).toContain('is up to date');
  });

  test('lets no second one in, which says what it waits for', async () => {
    const first = loop.startDeploy(templateOf('contended', 1), 'contended');
    await until('contended', 'CREATE_IN_PROGRESS');
    const said = await loop.failingDeploy(templateOf('contended', 2), 'contended');
    expect(said).toMatch(/is in CREATE_IN_PROGRESS state and can not be updated/);
    openGate('contended');
    await once(first, 'exit');
    expect(first.exitCode).toBe(0);
    await until('contended', 'CREATE_COMPLETE');
  });
});
