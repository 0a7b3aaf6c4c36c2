import {
  CreateStackCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { deployingLoop, TELLER } from './deploying.ts';

// Records of AWS's answers: LocalStack, tests/aws/services/cloudformation/api/test_changesets.snapshot.json
// (test_name_conflicts, test_create_while_in_review, test_describe_changeset_after_delete), test_change_sets.snapshot.json (test_list_change_sets).

const QUEUE = 'Resources: {Boxes: {Type: AWS::SQS::Queue}}';
const named = { ChangeSetName: 'deployment' };
const word = (ParameterValue: string) => ({ Parameters: [{ ParameterKey: 'Word', ParameterValue }] });

test('an executed change set leaves its name to the next one, and is known by its ARN', async () => {
  const loop = await deployingLoop();
  const describe = (ChangeSetName?: string, StackName?: string) =>
    loop.client.send(new DescribeChangeSetCommand({ ChangeSetName, StackName }));
  await loop.deploy('depot', TELLER, named);
  const { ChangeSetId: first } = await describe('deployment', 'depot');
  const after = await loop.deploy('depot', TELLER, { ...named, ...word('second') });

  expect(after.StackStatus).toBe('UPDATE_COMPLETE');
  const { ChangeSetId: second } = await describe('deployment', 'depot');
  expect(second).not.toBe(first);
  expect(await describe(first)).toMatchObject({
    ExecutionStatus: 'EXECUTE_COMPLETE',
    Status: 'CREATE_COMPLETE',
  });
  await loop.changeSet('depot', TELLER, { ...named, ...word('third') });
  await expect(loop.changeSet('depot', TELLER, { ...named, ...word('third') })).rejects.toMatchObject({
    name: 'AlreadyExistsException',
    message: 'ChangeSet [deployment] already exists',
  });
});

test('one whose execution failed leaves its name too', async () => {
  const loop = await deployingLoop();
  await loop.deploy('depot', QUEUE, named);
  const failing = 'Resources: {Boxes: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: soon}}}';
  expect((await loop.deploy('depot', failing, named)).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await loop.deploy('depot', failing.replace('soon', '30'), named)).StackStatus).toBe(
    'UPDATE_COMPLETE',
  );
});

test('only what can still be executed is listed', async () => {
  const loop = await deployingLoop();
  const list = async () =>
    (await loop.client.send(new ListChangeSetsCommand({ StackName: 'depot' }))).Summaries ?? [];
  await loop.deploy('depot', TELLER, named);
  expect(await list()).toEqual([]);
  await loop.changeSet('depot', TELLER, { ...word('second'), ChangeSetName: 'next' });
  expect(await list()).toMatchObject([{ ChangeSetName: 'next', ExecutionStatus: 'AVAILABLE' }]);
});

test('the one that was executed can be deleted, and is then known no more', async () => {
  const loop = await deployingLoop();
  await loop.deploy('depot', TELLER, named);
  const ofDepot = { StackName: 'depot', ...named };
  await loop.client.send(new DeleteChangeSetCommand(ofDepot));
  await expect(loop.client.send(new DescribeChangeSetCommand(ofDepot))).rejects.toMatchObject({
    name: 'ChangeSetNotFoundException',
    message: 'ChangeSet [deployment] does not exist',
  });
});

test('a stack names the change set that made it what it is, and when that was', async () => {
  const loop = await deployingLoop();
  const first = await loop.deploy('depot', TELLER, named);
  const { ChangeSetId } = await loop.client.send(
    new DescribeChangeSetCommand({ StackName: 'depot', ...named }),
  );
  expect(first.ChangeSetId).toBe(ChangeSetId);
  expect(first.LastUpdatedTime).toBeInstanceOf(Date);
  expect(Number(first.LastUpdatedTime)).toBeGreaterThanOrEqual(Number(first.CreationTime));

  const second = await loop.deploy('depot', TELLER, { ...named, ...word('second') });
  expect(second.ChangeSetId).not.toBe(ChangeSetId);
  expect(Number(second.LastUpdatedTime)).toBeGreaterThan(Number(first.LastUpdatedTime));

  await loop.client.send(
    new UpdateStackCommand({ StackName: 'depot', TemplateBody: TELLER, Capabilities: ['CAPABILITY_IAM'] }),
  );
  const third = await loop.settled('depot');
  expect(third.ChangeSetId).toBeUndefined();
  expect(Number(third.LastUpdatedTime)).toBeGreaterThan(Number(second.LastUpdatedTime));

  const gone = await loop.remove('depot');
  expect(gone).not.toHaveProperty('ChangeSetId');
  expect(gone).not.toHaveProperty('EnableTerminationProtection');
  expect(gone.LastUpdatedTime).toEqual(third.LastUpdatedTime);
});

test('a stack that CreateStack made has neither', async () => {
  const loop = await deployingLoop();
  await loop.client.send(new CreateStackCommand({ StackName: 'depot', TemplateBody: QUEUE }));
  const stack = await loop.settled('depot');
  expect(stack).not.toHaveProperty('ChangeSetId');
  expect(stack).not.toHaveProperty('LastUpdatedTime');
});

test('a stack in review tells nothing of what its change set brings', async () => {
  const loop = await deployingLoop();
  await loop.changeSet('depot', `Description: boxes\n${TELLER}`, { Tags: [{ Key: 'team', Value: 'depot' }] });
  const { Stacks: [stack] = [] } = await loop.client.send(new DescribeStacksCommand({ StackName: 'depot' }));
  expect(stack).toMatchObject({
    StackStatus: 'REVIEW_IN_PROGRESS',
    StackStatusReason: 'User Initiated',
    Tags: [],
  });
  for (const member of [
    'Description',
    'Capabilities',
    'Parameters',
    'Outputs',
    'LastUpdatedTime',
    'ChangeSetId',
  ])
    expect(stack).not.toHaveProperty(member);
});

test('CreateStack makes a stack that is in review, whose change sets are then obsolete', async () => {
  const loop = await deployingLoop();
  const { StackId, ChangeSetId } = await loop.changeSet('depot', QUEUE);
  const made = await loop.client.send(new CreateStackCommand({ StackName: 'depot', TemplateBody: QUEUE }));
  expect(made.StackId).toBe(StackId);
  expect(await loop.settled('depot')).toMatchObject({ StackId, StackStatus: 'CREATE_COMPLETE' });
  expect(await loop.client.send(new DescribeChangeSetCommand({ ChangeSetName: ChangeSetId }))).toMatchObject({
    Status: 'CREATE_COMPLETE',
    ExecutionStatus: 'OBSOLETE',
  });
  await expect(
    loop.client.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId })),
  ).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
});

test('UpdateStack makes the change sets of its stack obsolete', async () => {
  const loop = await deployingLoop();
  await loop.deploy('depot', TELLER);
  const { ChangeSetId } = await loop.changeSet('depot', TELLER, word('second'));
  await loop.client.send(
    new UpdateStackCommand({
      StackName: 'depot',
      UsePreviousTemplate: true,
      Capabilities: ['CAPABILITY_IAM'],
      ...word('third'),
    }),
  );
  await loop.settled('depot');
  expect(await loop.client.send(new DescribeChangeSetCommand({ ChangeSetName: ChangeSetId }))).toMatchObject({
    ExecutionStatus: 'OBSOLETE',
  });
});

test('a deleted stack is known by its id, with what was executed on it', async () => {
  const loop = await deployingLoop();
  const { StackId = '', ChangeSetId = '' } = await loop.deploy('depot', QUEUE, named);
  await loop.remove('depot');
  expect(await loop.client.send(new DescribeChangeSetCommand({ ChangeSetName: ChangeSetId }))).toMatchObject({
    StackId,
    ExecutionStatus: 'EXECUTE_COMPLETE',
  });
  const again = { ChangeSetName: 'again' };
  await expect(loop.changeSet(StackId, QUEUE, { ...again, ChangeSetType: 'UPDATE' })).rejects.toThrow(
    `Stack:${StackId} is in DELETE_COMPLETE state and can not be updated.`,
  );
  await expect(loop.changeSet(StackId, QUEUE, { ...again, ChangeSetType: 'CREATE' })).rejects.toThrow(
    `Stack [${StackId}] already exists and cannot be created again with the changeSet [again].`,
  );
  expect((await loop.deploy('depot', QUEUE, named)).StackId).not.toBe(StackId);
});
