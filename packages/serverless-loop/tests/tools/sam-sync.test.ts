import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOptions } from '../loop-in-process.ts';
import { type DeployingLoop, deployingLoop, REGION } from './deploying.ts';
import { findTool } from './tool.ts';

const sam = await findTool('sam');
const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Teller:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: app/, Handler: index.handler, Runtime: nodejs24.x, AutoPublishAlias: live}
Outputs: {Name: {Value: !Ref Teller}, Alias: {Value: !Ref Teller.Alias}}
`;
const COMMON = ['--stack-name', 'synced', '--region', REGION, '--no-dependency-layer', '--no-use-container'];

describe.runIf(sam.expected)('sam sync against a loop', { concurrent: false }, () => {
  let loop: DeployingLoop;
  let project: string;
  beforeAll(async () => {
    loop = await deployingLoop(sam);
    project = path.join(loop.folder, 'project');
    mkdirSync(path.join(project, 'app'), { recursive: true });
    writeFileSync(path.join(project, 'template.yaml'), TEMPLATE);
    save('first');
  });
  afterAll(() => loop?.stop());

  function save(answer: string): void {
    writeFileSync(path.join(project, 'app/index.js'), `exports.handler = async () => "${answer}";\n`);
  }

  async function ask(output: 'Name' | 'Alias'): Promise<unknown> {
    const outputs = await loop.outputs('synced');
    const lambda = new LambdaClient(clientOptions(loop.loop));
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: outputs[output] }));
    return JSON.parse(new TextDecoder().decode(Payload));
  }

  /** It asks whether this is a development stack. */
  const sync = (...args: string[]) =>
    sam.run(['sync', ...args, ...COMMON], { cwd: project, env: loop.env, input: 'y\n' });

  test('makes the stack without a change set', async () => {
    const { stdout, stderr } = await sync('--no-watch');
    expect(`${stdout}${stderr}`).toContain('Stack creation succeeded. Sync infra completed.');
    expect(await ask('Alias')).toBe('first');
  });

  test('--code brings saved code to the function and its alias', async () => {
    save('second');
    await sync('--code', '--resource-id', 'Teller');
    expect(await ask('Name')).toBe('second');
    expect(await ask('Alias')).toBe('second');
  });

  test('--watch brings each saved file', async () => {
    const watching = spawn('sam', ['sync', '--watch', ...COMMON], {
      cwd: project,
      env: { ...process.env, ...loop.env, SAM_CLI_TELEMETRY: '0' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [watching.stdout, watching.stderr])
      stream.on('data', (chunk) => {
        said += String(chunk);
      });
    watching.stdin.write('y\n');
    try {
      await expect
        .poll(() => said, { timeout: 120_000 })
        .toContain('Finished syncing Lambda Function Teller');
      save('third');
      await expect.poll(() => ask('Alias'), { timeout: 120_000 }).toBe('third');
    } finally {
      watching.kill('SIGINT');
      await once(watching, 'exit');
    }
  });
});
