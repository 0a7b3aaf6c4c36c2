import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoopUnderTest, runLoop } from '../loop-in-process.ts';
import { type BotoCaller, botoCaller, findBoto } from './boto-caller.ts';

const python = await findBoto();
const folder = mkdtempSync(path.join(tmpdir(), 'boto-states-'));

const TEMPLATE = `
Resources:
  May:
    Type: AWS::IAM::Role
    Properties:
      RoleName: may
      AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: states.amazonaws.com }, Action: sts:AssumeRole } }
`;

const roleArn = 'arn:aws:iam::000000000000:role/may';
const pass = JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });

describe.runIf(python)('Step Functions as boto3 reads it', () => {
  let running: LoopUnderTest & { stop(): Promise<void> };
  let boto: BotoCaller;
  beforeAll(async () => {
    const template = path.join(folder, 'template.yaml');
    writeFileSync(template, TEMPLATE);
    running = await runLoop(template);
    boto = botoCaller(python ?? '', running.loop.endpoint);
  });
  afterAll(async () => {
    boto.stop();
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const call = (operation: string, params?: Record<string, unknown>) =>
    boto.output('stepfunctions', operation, params);
  const make = (name: string, definition: object | string, more: object = {}) =>
    call('CreateStateMachine', {
      name,
      roleArn,
      definition: typeof definition === 'string' ? definition : JSON.stringify(definition),
      ...more,
    });

  async function callMachines(): Promise<void> {
    const { stateMachineArn } = await make('boto', pass, { tags: [{ key: 'a', value: 'b' }] });
    await call('UpdateStateMachine', { stateMachineArn, definition: pass, publish: true });
    await call('DescribeStateMachine', { stateMachineArn });
    await call('ListStateMachines');
    await call('ValidateStateMachineDefinition', { definition: pass });
    const { stateMachineVersionArn } = await call('PublishStateMachineVersion', { stateMachineArn });
    await call('ListStateMachineVersions', { stateMachineArn });
    const routingConfiguration = [{ stateMachineVersionArn, weight: 100 }];
    const { stateMachineAliasArn } = await call('CreateStateMachineAlias', {
      name: 'live',
      routingConfiguration,
    });
    await call('DescribeStateMachineAlias', { stateMachineAliasArn });
    await call('UpdateStateMachineAlias', { stateMachineAliasArn, description: 'd' });
    await call('ListStateMachineAliases', { stateMachineArn });
    await call('DeleteStateMachineAlias', { stateMachineAliasArn });
    await call('DeleteStateMachineVersion', { stateMachineVersionArn });
    await call('TagResource', { resourceArn: stateMachineArn, tags: [{ key: 'c', value: 'd' }] });
    await call('UntagResource', { resourceArn: stateMachineArn, tagKeys: ['c'] });
    expect(await call('ListTagsForResource', { resourceArn: stateMachineArn })).toMatchObject({
      tags: [{ key: 'a', value: 'b' }],
    });
    await call('DeleteStateMachine', { stateMachineArn });
  }

  async function callExecutions(): Promise<void> {
    const { stateMachineArn } = await make('waits', {
      StartAt: 'W',
      States: { W: { Type: 'Wait', Seconds: 3600, End: true } },
    });
    const { executionArn } = await call('StartExecution', { stateMachineArn });
    await call('DescribeExecution', { executionArn });
    await call('DescribeStateMachineForExecution', { executionArn });
    await call('ListExecutions', { stateMachineArn });
    await call('StopExecution', { executionArn });
    await call('RedriveExecution', { executionArn });
    const { events } = await call('GetExecutionHistory', { executionArn });
    expect(Object(events)[0]).toMatchObject({ type: 'ExecutionStarted' });
    const express = await make('express', pass, { type: 'EXPRESS' });
    expect(
      await call('StartSyncExecution', { stateMachineArn: express.stateMachineArn, input: '{"a":1}' }),
    ).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}' });
    const definition = JSON.stringify({ Type: 'Pass', End: true });
    expect(await call('TestState', { definition, roleArn, input: '{"a":1}' })).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"a":1}',
    });
  }

  async function callMapRuns(): Promise<void> {
    const ItemProcessor = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'W',
      States: { W: { Type: 'Wait', Seconds: 3600, End: true } },
    };
    const { stateMachineArn } = await make('maps', {
      StartAt: 'M',
      States: { M: { Type: 'Map', ItemProcessor, End: true } },
    });
    const { executionArn } = await call('StartExecution', { stateMachineArn, input: '[1]' });
    const mapRunOf = async () => Object((await call('ListMapRuns', { executionArn })).mapRuns)[0]?.mapRunArn;
    await expect.poll(mapRunOf).toBeDefined();
    const mapRunArn = await mapRunOf();
    await call('UpdateMapRun', { mapRunArn, maxConcurrency: 5 });
    expect(await call('DescribeMapRun', { mapRunArn })).toMatchObject({ maxConcurrency: 5 });
  }

  async function callActivities(): Promise<void> {
    const { activityArn } = await call('CreateActivity', { name: 'paint' });
    await call('DescribeActivity', { activityArn });
    await call('ListActivities');
    const { stateMachineArn } = await make('paints', {
      StartAt: 'T',
      States: { T: { Type: 'Task', Resource: activityArn, End: true } },
    });
    for (const end of ['SendTaskSuccess', 'SendTaskFailure']) {
      await call('StartExecution', { stateMachineArn });
      const { taskToken } = await call('GetActivityTask', { activityArn });
      await call('SendTaskHeartbeat', { taskToken });
      await call(end, { taskToken, ...(end === 'SendTaskSuccess' && { output: '{}' }) });
    }
    await call('DeleteActivity', { activityArn });
  }

  test('every operation answers as its model says', async () => {
    await callMachines();
    await callExecutions();
    await callMapRuns();
    await callActivities();
    const emulated = await boto.emulated('stepfunctions');
    expect(emulated.length).toBeGreaterThan(0);
    expect(emulated.filter((operation) => !boto.answered.has(`stepfunctions.${operation}`))).toEqual([]);
  });

  test('every error is one of its operation or a common one', async () => {
    const refuse = (operation: string, params: Record<string, unknown>) =>
      boto.refusal('stepfunctions', operation, params);
    const gone = 'arn:aws:states:eu-west-1:000000000000:stateMachine:gone';
    const run = gone.replace('stateMachine:gone', 'execution:gone:run');
    expect(await refuse('CreateStateMachine', { name: 'x', roleArn, definition: '{}' })).toMatchObject({
      code: 'InvalidDefinition',
    });
    expect(await refuse('StartExecution', { stateMachineArn: gone })).toMatchObject({
      code: 'StateMachineDoesNotExist',
    });
    expect(await refuse('DescribeExecution', { executionArn: run })).toMatchObject({
      code: 'ExecutionDoesNotExist',
    });
    expect(await refuse('SendTaskSuccess', { taskToken: 'none', output: '{}' })).toMatchObject({
      code: 'InvalidToken',
    });
    expect(await refuse('TagResource', { resourceArn: gone, tags: [] })).toMatchObject({
      code: 'ResourceNotFound',
    });
  });
});
