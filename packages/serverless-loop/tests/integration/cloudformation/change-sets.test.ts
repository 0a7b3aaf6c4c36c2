import {
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { deployingLoop, outputOf, TELLER, WAITS_FOR_FUNCTIONS } from './deploying.ts';

const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html, ChangeSetType CREATE
test('a change set of a new stack adds all of it, and makes nothing before it is executed', async () => {
  const loop = await deployingLoop();
  const { Changes = [], ExecutionStatus, ...changeSet } = await loop.changeSet('depot', TELLER);
  expect(Changes).toMatchObject(
    [
      ['TellerRole', 'AWS::IAM::Role'],
      ['Teller', 'AWS::Lambda::Function'],
      ['Boxes', 'AWS::SQS::Queue'],
    ].map(([LogicalResourceId, ResourceType]) => ({
      Type: 'Resource',
      ResourceChange: { Action: 'Add', LogicalResourceId, ResourceType },
    })),
  );
  expect(ExecutionStatus).toBe('AVAILABLE');
  expect(changeSet.ChangeSetId).toMatch(/:changeSet\/changes-1\/[0-9a-f-]{36}$/);
  expect((await loop.describe('depot')).StackStatus).toBe('REVIEW_IN_PROGRESS');
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html, and API_ResourceChangeDetail.html
test('the difference says what changes, why, and what is made anew for it', async () => {
  const loop = await deployingLoop();
  await loop.deploy(
    'depot',
    `${TELLER.replace('Outputs:', '  Old: {Type: AWS::SQS::Queue}\n  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Boxes], PolicyDocument: {Statement: {Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: !GetAtt Boxes.Arn}}}}\nOutputs:')}`,
  );
  const template = TELLER.replace('VisibilityTimeout: 30', 'QueueName: boxes').replace(
    'Outputs:',
    '  New: {Type: AWS::SQS::Queue}\n  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Boxes], PolicyDocument: {Statement: {Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: !GetAtt Boxes.Arn}}}}\nOutputs:',
  );
  const { Changes = [] } = await loop.changeSet('depot', template, {
    Parameters: [{ ParameterKey: 'Word', ParameterValue: 'second' }],
  });
  const changes = new Map(Changes.map(({ ResourceChange: change }) => [change?.LogicalResourceId, change]));

  expect([...changes.keys()].sort()).toEqual(['Boxes', 'New', 'Old', 'Policy', 'Teller']);
  expect(changes.get('Teller')).toMatchObject({
    Action: 'Modify',
    Replacement: 'False',
    Scope: ['Properties'],
    Details: [
      {
        Target: { Attribute: 'Properties', Name: 'Environment', RequiresRecreation: 'Never' },
        Evaluation: 'Static',
        ChangeSource: 'ParameterReference',
        CausingEntity: 'Word',
      },
      { Target: { Name: 'Environment' }, Evaluation: 'Dynamic', ChangeSource: 'DirectModification' },
    ],
  });
  expect(changes.get('Boxes')).toMatchObject({
    Action: 'Modify',
    Replacement: 'True',
    PolicyAction: 'ReplaceAndDelete',
    Details: [
      { Target: { Name: 'QueueName', RequiresRecreation: 'Always' }, ChangeSource: 'DirectModification' },
      {
        Target: { Name: 'VisibilityTimeout', RequiresRecreation: 'Never' },
        ChangeSource: 'DirectModification',
      },
    ],
  });
  expect(changes.get('Policy')).toMatchObject({
    Action: 'Modify',
    Replacement: 'False',
    Details: [
      { Evaluation: 'Static', ChangeSource: 'ResourceAttribute', CausingEntity: 'Boxes.Arn' },
      { Evaluation: 'Static', ChangeSource: 'ResourceReference', CausingEntity: 'Boxes' },
    ],
  });
  expect(changes.get('New')).toMatchObject({ Action: 'Add' });
  expect(changes.get('Old')).toMatchObject({
    Action: 'Remove',
    PolicyAction: 'Delete',
    PhysicalResourceId: expect.stringContaining('/depot-Old-'),
  });
});

test('without a change it fails, as on AWS', async () => {
  const loop = await deployingLoop();
  await loop.deploy('depot', TELLER);
  expect(await loop.changeSet('depot', TELLER)).toMatchObject({
    Status: 'FAILED',
    StatusReason: NO_CHANGES,
    ExecutionStatus: 'UNAVAILABLE',
  });
  // An output alone is a change, though not one of a resource.
  expect(
    (await loop.deploy('depot', TELLER.replace('Outputs: {', 'Outputs: {Word: {Value: !Ref Word}, ')))
      .Outputs,
  ).toHaveLength(3);
});

test('one that was executed is not executed again, and takes the others with it', async () => {
  const loop = await deployingLoop();
  const first = await loop.changeSet('depot', TELLER);
  const second = await loop.changeSet('depot', TELLER);
  await loop.client.send(
    new ExecuteChangeSetCommand({ StackName: 'depot', ChangeSetName: first.ChangeSetName }),
  );
  await loop.settled('depot');

  const describeAgain = (ChangeSetName: string | undefined) =>
    loop.client.send(new DescribeChangeSetCommand({ StackName: 'depot', ChangeSetName }));
  expect((await describeAgain(first.ChangeSetName)).ExecutionStatus).toBe('EXECUTE_COMPLETE');
  await expect(describeAgain(second.ChangeSetName)).rejects.toMatchObject({
    name: 'ChangeSetNotFoundException',
  });
  await expect(
    loop.client.send(new ExecuteChangeSetCommand({ ChangeSetName: first.ChangeSetId })),
  ).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
});

test('it is listed until it is deleted', async () => {
  const loop = await deployingLoop();
  const { ChangeSetName } = await loop.changeSet('depot', TELLER, { Description: 'the first' });
  const list = () => loop.client.send(new ListChangeSetsCommand({ StackName: 'depot' }));
  expect((await list()).Summaries).toMatchObject([
    { ChangeSetName, Description: 'the first', Status: 'CREATE_COMPLETE' },
  ]);
  await loop.client.send(new DeleteChangeSetCommand({ StackName: 'depot', ChangeSetName }));
  expect((await list()).Summaries).toEqual([]);
});

test('while an operation is under way a second one is refused', async () => {
  const loop = await deployingLoop(undefined, WAITS_FOR_FUNCTIONS);
  await loop.deploy('depot', TELLER);
  const slow = TELLER.replace(
    'exports.handler',
    'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500); exports.handler',
  );
  const { ChangeSetId } = await loop.changeSet('depot', slow);
  await loop.client.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId }));
  await expect(loop.changeSet('depot', TELLER)).rejects.toThrow(
    /^Stack:arn:.* is in UPDATE_IN_PROGRESS state and can not be updated.$/,
  );
  await loop.settled('depot');
});

const refusals: [what: string, template: string, words: string | RegExp][] = [
  ['no template at all', 'just text', 'Template format error: unsupported structure.'],
  [
    'a reference to nothing',
    'Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref No}}}',
    'Unresolved resource dependencies [No] in the Resources block of the template',
  ],
  [
    'a parameter without a value',
    'Parameters: {P: {Type: String}}\nResources: {Q: {Type: AWS::SQS::Queue}}',
    'Parameters: [P] must have values',
  ],
  ['a template that is too large to be sent along', `${TELLER}#${'x'.repeat(51_200)}`, /51200/],
];

test.each(refusals)('%s is refused, and leaves no stack', async (_what, template, words) => {
  const loop = await deployingLoop();
  await expect(loop.changeSet('depot', template)).rejects.toThrow(words);
  await expect(loop.describe('depot')).rejects.toThrow('Stack with id depot does not exist');
});

test('a parameter that the template has not, and roles that nobody agreed to, are refused', async () => {
  const loop = await deployingLoop();
  await expect(
    loop.changeSet('depot', TELLER, { Parameters: [{ ParameterKey: 'No', ParameterValue: '1' }] }),
  ).rejects.toThrow('Parameters: [No] do not exist in the template');
  await expect(loop.changeSet('depot', TELLER, { Capabilities: [] })).rejects.toMatchObject({
    name: 'InsufficientCapabilitiesException',
    message: 'Requires capabilities : [CAPABILITY_IAM]',
  });
});

test('a template that SAM can not read fails as a change set, and its words say where', async () => {
  const loop = await deployingLoop();
  const changeSet = await loop.changeSet(
    'depot',
    'Transform: AWS::Serverless-2016-10-31\nGlobals: {Functions: {}}\nResources: {Q: {Type: AWS::SQS::Queue}}',
  );
  expect(changeSet).toMatchObject({
    Status: 'FAILED',
    StatusReason: expect.stringMatching(
      /^Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document. Number of errors found: 1. .*template:2: .*Functions/,
    ),
  });
  expect((await loop.describe('depot')).StackStatus).toBe('REVIEW_IN_PROGRESS');
  expect(outputOf(await loop.deploy('depot', TELLER), 'BoxesUrl')).toContain('/depot-Boxes-');
});
