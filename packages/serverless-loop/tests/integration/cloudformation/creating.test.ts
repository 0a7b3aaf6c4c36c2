import {
  CreateChangeSetCommand,
  CreateStackCommand,
  ExecuteChangeSetCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { clientOptions } from '../../loop-in-process.ts';
import { onlyInMatrix } from '../../matrix.ts';
import { deployingLoop, outputOf, TELLER, WAITS_FOR_FUNCTIONS } from './deploying.ts';

test('a stack that is deployed runs beside the one that the loop was started with', async () => {
  const loop = await deployingLoop();
  const stack = await loop.deploy('depot', TELLER, {
    Parameters: [{ ParameterKey: 'Word', ParameterValue: 'hello' }],
    Tags: [{ Key: 'team', Value: 'packers' }],
  });

  expect(stack).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    Parameters: [{ ParameterKey: 'Word', ParameterValue: 'hello' }],
    Tags: [{ Key: 'team', Value: 'packers' }],
  });
  expect(stack.StackId).toMatch(
    /^arn:aws:cloudformation:eu-west-1:000000000000:stack\/depot\/[0-9a-f-]{36}$/,
  );
  expect(outputOf(stack, 'TellerName')).toMatch(/^depot-Teller-[A-Za-z0-9]{12}$/);
  expect(await loop.ask(outputOf(stack, 'TellerName'))).toBe('hello');
  const sqs = new SQSClient(clientOptions(loop.loop));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: outputOf(stack, 'BoxesUrl'),
      AttributeNames: ['VisibilityTimeout'],
    }),
  );
  expect(Attributes).toEqual({ VisibilityTimeout: '30' });
  expect(await loop.describe('test')).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
});

test('the events tell of each resource after what it depends on, and of the stack first and last', async () => {
  const loop = await deployingLoop();
  await loop.deploy('depot', TELLER);
  expect(await loop.events('depot')).toEqual([
    'depot REVIEW_IN_PROGRESS User Initiated',
    'depot CREATE_IN_PROGRESS User Initiated',
    'TellerRole CREATE_IN_PROGRESS',
    'TellerRole CREATE_IN_PROGRESS Resource creation Initiated',
    'TellerRole CREATE_COMPLETE',
    'Teller CREATE_IN_PROGRESS',
    'Teller CREATE_IN_PROGRESS Resource creation Initiated',
    'Teller CREATE_COMPLETE',
    'Boxes CREATE_IN_PROGRESS',
    'Boxes CREATE_IN_PROGRESS Resource creation Initiated',
    'Boxes CREATE_COMPLETE',
    'depot CREATE_COMPLETE',
  ]);
  const { StackResourceSummaries = [] } = await loop.client.send(
    new ListStackResourcesCommand({ StackName: 'depot' }),
  );
  expect(
    StackResourceSummaries.map(({ LogicalResourceId, ResourceStatus }) => [
      LogicalResourceId,
      ResourceStatus,
    ]),
  ).toEqual([
    ['TellerRole', 'CREATE_COMPLETE'],
    ['Teller', 'CREATE_COMPLETE'],
    ['Boxes', 'CREATE_COMPLETE'],
  ]);
});

test('two stacks of one template have nothing in common', async () => {
  const loop = await deployingLoop();
  const [one, other] = [await loop.deploy('one', TELLER), await loop.deploy('other', TELLER)];
  expect(outputOf(one, 'BoxesUrl')).not.toBe(outputOf(other, 'BoxesUrl'));
  await loop.remove('one');
  expect(await loop.ask(outputOf(other, 'TellerName'))).toBe('first');
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
test('a resource that can not be made ends the creation, which is rolled back and says why', async () => {
  const loop = await deployingLoop();
  const stack = await loop.deploy(
    'depot',
    `${TELLER.replace('Outputs:', '  Api: {Type: AWS::AppSync::GraphQLApi, DependsOn: Teller}\nOutputs:')}`,
  );
  expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
  const events = await loop.events('depot');
  expect(events).toContainEqual(
    expect.stringMatching(/^Api CREATE_FAILED .*AWS::AppSync::GraphQLApi is not emulated/),
  );
  expect(events).toContain(
    'depot ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Api]. Rollback requested by user.',
  );
  expect(events.slice(-3)).toEqual([
    'TellerRole DELETE_IN_PROGRESS',
    'TellerRole DELETE_COMPLETE',
    'depot ROLLBACK_COMPLETE',
  ]);
  await expect(loop.deploy('depot', TELLER)).rejects.toThrow(
    'is in ROLLBACK_COMPLETE state and can not be updated',
  );
  expect((await loop.remove('depot')).StackStatus).toBe('DELETE_COMPLETE');
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html, AlreadyExists
test('a name that another stack has is refused', async () => {
  const loop = await deployingLoop();
  const named = 'Resources: {Boxes: {Type: AWS::SQS::Queue, Properties: {QueueName: boxes}}}';
  await loop.deploy('one', named);
  expect((await loop.deploy('other', named)).StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await loop.events('other')).toContainEqual(
    expect.stringContaining(
      "Boxes CREATE_FAILED Resource of type 'AWS::SQS::Queue' with identifier 'boxes' already exists.",
    ),
  );
});

test('with rollback disabled what was made stays, and goes with the stack', async () => {
  const loop = await deployingLoop();
  const stack = await loop.deploy(
    'depot',
    'Resources: {Boxes: {Type: AWS::SQS::Queue, Properties: {QueueName: boxes}}, Bad: {Type: AWS::SQS::Queue, DependsOn: Boxes, Properties: {VisibilityTimeout: soon}}}',
    { OnStackFailure: 'DO_NOTHING' },
  );
  expect(stack.StackStatus).toBe('CREATE_FAILED');
  expect(await loop.events('depot')).toContainEqual(
    expect.stringContaining(
      'Bad CREATE_FAILED Properties validation failed for resource Bad with message: VisibilityTimeout',
    ),
  );
  await loop.remove('depot');
  expect(
    (await loop.deploy('depot', 'Resources: {B: {Type: AWS::SQS::Queue, Properties: {QueueName: boxes}}}'))
      .StackStatus,
  ).toBe('CREATE_COMPLETE');
});

test('what a rollback can not remove stays with the stack, and is not forgotten when that is deleted', async () => {
  const loop = await deployingLoop();
  const stack = await loop.deploy(
    'depot',
    `
Resources:
  Kept:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      DeletionProtectionEnabled: true
      AttributeDefinitions: [{AttributeName: number, AttributeType: S}]
      KeySchema: [{AttributeName: number, KeyType: HASH}]
  Bad: {Type: AWS::SQS::Queue, DependsOn: Kept, Properties: {VisibilityTimeout: soon}}`,
  );
  expect(stack.StackStatus).toBe('ROLLBACK_FAILED');
  const deleted = await loop.remove('depot');
  expect(deleted.StackStatus).toBe('DELETE_FAILED');
  expect(deleted.StackStatusReason).toContain('[Kept]');
});

test('a loop that stops ends a deployment that is under way', async () => {
  const loop = await deployingLoop(undefined, WAITS_FOR_FUNCTIONS);
  const slow = TELLER.replace(
    'exports.handler',
    'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60000); exports.handler',
  );
  const { ChangeSetId } = await loop.changeSet('depot', slow);
  await loop.client.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId }));
  await loop.loop.stop();
  expect(loop.factsOf('stack.status').map(({ status }) => status)).toEqual([
    'REVIEW_IN_PROGRESS',
    'CREATE_IN_PROGRESS',
  ]);
});

onlyInMatrix(() => {
  test('an AllowedPattern that would try for ever is refused by CreateStack and CreateChangeSet', async () => {
    const { client } = await deployingLoop();
    const call = {
      StackName: 'hostile',
      TemplateBody: `Parameters: {P: {Type: String, AllowedPattern: '(a+)+$'}}
Resources: {Boxes: {Type: AWS::SQS::Queue}}`,
      Parameters: [{ ParameterKey: 'P', ParameterValue: `${'a'.repeat(60)}!` }],
    };
    const refused = {
      name: 'ValidationError',
      message: expect.stringContaining('must match pattern (a+)+$'),
    };
    await expect(client.send(new CreateStackCommand(call))).rejects.toMatchObject(refused);
    const changeSet = { ...call, ChangeSetName: 'first', ChangeSetType: 'CREATE' } as const;
    await expect(client.send(new CreateChangeSetCommand(changeSet))).rejects.toMatchObject(refused);
  });
});
