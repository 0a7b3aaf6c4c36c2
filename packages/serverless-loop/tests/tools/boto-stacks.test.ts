import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoopUnderTest, runLoop } from '../loop-in-process.ts';
import { type BotoCaller, botoCaller, findBoto } from './boto-caller.ts';

const python = await findBoto();
const QUEUE =
  'Resources: {Boxes: {Type: AWS::SQS::Queue}}\nOutputs: {Url: {Value: !Ref Boxes, Export: {Name: BoxesUrl}}}';
const TWO_QUEUES = 'Resources: {Boxes: {Type: AWS::SQS::Queue}, More: {Type: AWS::SQS::Queue}}';

describe.runIf(python)('stacks as boto3 makes, changes and removes them', () => {
  let running: LoopUnderTest & { stop(): Promise<void> };
  let boto: BotoCaller;
  beforeAll(async () => {
    running = await runLoop('', { isEmpty: true });
    boto = botoCaller(python ?? '', running.loop.endpoint);
  });
  afterAll(async () => {
    boto.stop();
    await running.stop();
  });
  const call = (operation: string, params: Record<string, unknown>) =>
    boto.output('cloudformation', operation, params);
  const refuse = (operation: string, params: Record<string, unknown>) =>
    boto.refusal('cloudformation', operation, params);

  async function until(StackName: string, status: string): Promise<void> {
    await expect
      .poll(async () => (await call('DescribeStacks', { StackName })).Stacks)
      .toMatchObject([{ StackStatus: status }]);
  }

  test('a change set is made, shown, listed, executed, and another one dropped', async () => {
    const StackName = 'by-change-set';
    const made = await call('CreateChangeSet', {
      StackName,
      ChangeSetName: 'first',
      ChangeSetType: 'CREATE',
      TemplateBody: QUEUE,
      Tags: [{ Key: 'team', Value: 'packers' }],
    });
    expect(made).toEqual({ Id: expect.stringContaining(':changeSet/first/'), StackId: expect.any(String) });
    expect(await call('DescribeChangeSet', { ChangeSetName: 'first', StackName })).toMatchObject({
      Status: 'CREATE_COMPLETE',
      Changes: [{ ResourceChange: { Action: 'Add', LogicalResourceId: 'Boxes' } }],
    });
    await call('ExecuteChangeSet', { ChangeSetName: made.Id });
    await until(StackName, 'CREATE_COMPLETE');
    expect(await call('ListExports', {})).toMatchObject({ Exports: [{ Name: 'BoxesUrl' }] });

    await call('CreateChangeSet', { StackName, ChangeSetName: 'second', TemplateBody: TWO_QUEUES });
    expect(await call('ListChangeSets', { StackName })).toMatchObject({
      Summaries: [{ ChangeSetName: 'second' }],
    });
    await call('DeleteChangeSet', { StackName, ChangeSetName: 'second' });
    expect(await refuse('DescribeChangeSet', { StackName, ChangeSetName: 'second' })).toMatchObject({
      code: 'ChangeSetNotFound',
      status: 404,
    });
  });

  test('a stack is made, changed, protected and removed at once', async () => {
    const StackName = 'at-once';
    const { StackId } = await call('CreateStack', { StackName, TemplateBody: TWO_QUEUES });
    await until(StackName, 'CREATE_COMPLETE');
    await call('UpdateStack', { StackName, TemplateBody: QUEUE.replace('BoxesUrl', 'OtherUrl') });
    await until(StackName, 'UPDATE_COMPLETE');
    expect(await call('ListStackResources', { StackName })).toMatchObject({
      StackResourceSummaries: [{ LogicalResourceId: 'Boxes' }],
    });
    await call('UpdateTerminationProtection', { StackName, EnableTerminationProtection: true });
    expect((await refuse('DeleteStack', { StackName })).message).toContain('TerminationProtection');
    await call('UpdateTerminationProtection', { StackName, EnableTerminationProtection: false });
    await call('DeleteStack', { StackName });
    await until(String(StackId), 'DELETE_COMPLETE');
  });

  test.each([
    [
      'CreateStack',
      { StackName: '1st', TemplateBody: QUEUE },
      'ValidationError',
      "Value '1st' at 'stackName'",
    ],
    ['CreateStack', { StackName: 'none' }, 'ValidationError', 'Either Template URL or Template Body'],
    [
      'CreateStack',
      { StackName: 'none', TemplateBody: 'Resources: [' },
      'ValidationError',
      'Template format error',
    ],
    [
      'CreateStack',
      { StackName: 'none', TemplateBody: QUEUE, OnFailure: 'DELETE', DisableRollback: true },
      'ValidationError',
      'not both',
    ],
    ['UpdateStack', { StackName: 'none', TemplateBody: QUEUE }, 'ValidationError', 'does not exist'],
    ['CancelUpdateStack', { StackName: 'by-change-set' }, 'ValidationError', 'current stack status'],
    ['CancelUpdateStack', { StackName: 'none' }, 'ValidationError', 'does not exist'],
    [
      'CreateChangeSet',
      { StackName: 'none', ChangeSetName: 'x', TemplateBody: QUEUE },
      'ValidationError',
      'does not exist',
    ],
    [
      'CreateChangeSet',
      { StackName: 'by-change-set', ChangeSetName: 'x', ChangeSetType: 'CREATE', TemplateBody: QUEUE },
      'ValidationError',
      'already exists and cannot be created again',
    ],
    [
      'ExecuteChangeSet',
      { StackName: 'by-change-set', ChangeSetName: 'none' },
      'ChangeSetNotFound',
      'does not exist',
    ],
    ['DescribeChangeSet', { ChangeSetName: 'x' }, 'ValidationError', 'StackName must be specified'],
    [
      'DeleteStack',
      { StackName: 'by-change-set', RetainResources: ['Boxes'] },
      'ValidationError',
      'DELETE_FAILED state',
    ],
  ])('%s of %j is refused', async (operation, params, code, words) => {
    const refusal = await refuse(operation, params);
    expect(refusal.code).toBe(code);
    expect(refusal.message).toContain(words);
  });
});
