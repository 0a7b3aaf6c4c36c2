import {
  CancelUpdateStackCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DescribeEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { clientOptions } from '../../loop-in-process.ts';
import { deployingLoop, outputOf, TELLER, WAITS_FOR_FUNCTIONS } from './deploying.ts';

const word = (ParameterValue: string) => ({ Parameters: [{ ParameterKey: 'Word', ParameterValue }] });

const table = (key: string, more = '') => `
Resources:
  Boxes:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: ${key}, AttributeType: S}]
      KeySchema: [{AttributeName: ${key}, KeyType: HASH}]
      ${more}
Outputs: {Name: {Value: !Ref Boxes}}`;

test('a changed parameter changes what uses it, and leaves the rest', async () => {
  const loop = await deployingLoop();
  const before = await loop.deploy('depot', TELLER);
  const after = await loop.deploy('depot', TELLER, word('second'));

  expect(after.StackStatus).toBe('UPDATE_COMPLETE');
  expect(after.Outputs).toEqual(before.Outputs);
  expect(await loop.ask(outputOf(after, 'TellerName'))).toBe('second');
  expect((await loop.events('depot')).slice(-5)).toEqual([
    'depot UPDATE_IN_PROGRESS User Initiated',
    'Teller UPDATE_IN_PROGRESS',
    'Teller UPDATE_COMPLETE',
    'depot UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'depot UPDATE_COMPLETE',
  ]);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
test('a failing update is rolled back to what ran before', async () => {
  const loop = await deployingLoop();
  const before = await loop.deploy('depot', TELLER);
  const failing = TELLER.replace('VisibilityTimeout: 30', 'VisibilityTimeout: soon').replace(
    'Boxes:',
    'Extra: {Type: AWS::SQS::Queue}\n  Boxes:',
  );
  const after = await loop.deploy('depot', failing, word('second'));

  expect(after.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(after.Parameters).toEqual(before.Parameters);
  expect(await loop.ask(outputOf(after, 'TellerName'))).toBe('first');
  const events = await loop.events('depot');
  expect(events).toContainEqual(expect.stringContaining('Boxes UPDATE_FAILED Properties validation failed'));
  expect(events).toContain(
    'depot UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to update: [Boxes]. ',
  );
  expect(events.slice(-4)).toEqual([
    'depot UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'Extra DELETE_IN_PROGRESS',
    'Extra DELETE_COMPLETE',
    'depot UPDATE_ROLLBACK_COMPLETE',
  ]);
});

test('a table keeps its items through a change that needs no new table, and is made anew for another key', async () => {
  const loop = await deployingLoop();
  const dynamodb = new DynamoDBClient(clientOptions(loop.loop));
  const name = outputOf(await loop.deploy('depot', table('number')), 'Name');
  await dynamodb.send(new PutItemCommand({ TableName: name, Item: { number: { S: '7' } } }));

  const kept = await loop.deploy(
    'depot',
    table('number', 'TimeToLiveSpecification: {AttributeName: until, Enabled: true}'),
  );
  expect(outputOf(kept, 'Name')).toBe(name);
  expect((await dynamodb.send(new ScanCommand({ TableName: name }))).Count).toBe(1);

  const anew = outputOf(await loop.deploy('depot', table('depot')), 'Name');
  expect(anew).toMatch(/^depot-Boxes-/);
  expect(anew).not.toBe(name);
  expect((await dynamodb.send(new ScanCommand({ TableName: anew }))).Count).toBe(0);
  await expect(dynamodb.send(new DescribeTableCommand({ TableName: name }))).rejects.toThrow('not found');
});

test('a table with a name of its own can not be made anew', async () => {
  const loop = await deployingLoop();
  await loop.deploy('depot', table('number', 'TableName: boxes'));
  expect((await loop.deploy('depot', table('depot', 'TableName: boxes'))).StackStatus).toBe(
    'UPDATE_ROLLBACK_COMPLETE',
  );
  expect(await loop.events('depot')).toContain(
    'Boxes UPDATE_FAILED CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename boxes and update the stack again.',
  );
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
test('what is retained stays when its resource goes', async () => {
  const loop = await deployingLoop();
  const dynamodb = new DynamoDBClient(clientOptions(loop.loop));
  const retained = table('number').replace(
    'Type: AWS::DynamoDB::Table',
    'Type: AWS::DynamoDB::Table\n    DeletionPolicy: Retain',
  );
  const name = outputOf(await loop.deploy('depot', retained), 'Name');
  await loop.remove('depot');
  expect((await dynamodb.send(new DescribeTableCommand({ TableName: name }))).Table?.TableName).toBe(name);
});

test('UpdateStack without a change is refused, and takes previous template and parameters', async () => {
  const loop = await deployingLoop();
  await loop.deploy('depot', TELLER, word('second'));
  const again = (more: object) =>
    loop.client.send(
      new UpdateStackCommand({
        StackName: 'depot',
        UsePreviousTemplate: true,
        Capabilities: ['CAPABILITY_IAM'],
        ...more,
      }),
    );
  const Parameters = [{ ParameterKey: 'Word', UsePreviousValue: true }];
  await expect(again({ Parameters })).rejects.toThrow('No updates are to be performed.');
  await again({});
  expect(await loop.ask(outputOf(await loop.settled('depot'), 'TellerName'))).toBe('first');
});

test('new code is a new version of its function, to which the alias leads', async () => {
  const loop = await deployingLoop();
  const versioned = (answer: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Teller:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      AutoPublishAlias: live
      InlineCode: 'exports.handler = async (event, context) => "${answer} " + context.functionVersion;'
Outputs: {Alias: {Value: !Ref Teller.Alias}, Version: {Value: !GetAtt Teller.Version.Version}}`;
  const first = await loop.deploy('depot', versioned('first'));
  expect(outputOf(first, 'Version')).toBe('1');
  const second = await loop.deploy('depot', versioned('second'));
  expect(outputOf(second, 'Version')).toBe('2');
  expect(outputOf(second, 'Alias')).toBe(outputOf(first, 'Alias'));
  expect(await loop.ask(outputOf(second, 'Alias'))).toBe('second 2');
  expect(await loop.events('depot')).toContainEqual(
    expect.stringMatching(/^TellerVersion\w+ DELETE_SKIPPED$/),
  );
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CancelUpdateStack.html
test('an update that is cancelled is undone before its next resource', async () => {
  const loop = await deployingLoop(undefined, WAITS_FOR_FUNCTIONS);
  await loop.deploy('depot', TELLER);
  const slow = TELLER.replace(
    'exports.handler',
    'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500); exports.handler',
  ).replace('Boxes:', 'Later: {Type: AWS::SQS::Queue, DependsOn: Teller}\n  Boxes:');
  const { ChangeSetId } = await loop.changeSet('depot', slow);
  await loop.client.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId }));
  await loop.client.send(new CancelUpdateStackCommand({ StackName: 'depot' }));

  expect((await loop.settled('depot')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  const events = await loop.events('depot');
  expect(events.join('\n')).not.toContain('Later');
  expect(events).toContain('depot UPDATE_ROLLBACK_IN_PROGRESS Stack update cancelled. ');
});

test('a bus whose description changes stays the bus that it was, modified later than made', async () => {
  const { loop, deploy } = await deployingLoop();
  const bus = (Description: string) =>
    `Resources: {Bus: {Type: AWS::Events::EventBus, Properties: {Name: crates, Description: ${Description}}}}`;
  const client = new EventBridgeClient(clientOptions(loop));
  const described = () => client.send(new DescribeEventBusCommand({ Name: 'crates' }));
  await deploy('depot', bus('first'));
  const before = await described();
  expect(before).toMatchObject({ Description: 'first', CreationTime: expect.any(Date) });
  expect(before.LastModifiedTime).toEqual(before.CreationTime);

  await deploy('depot', bus('second'));
  const after = await described();
  expect(after).toMatchObject({ Description: 'second', CreationTime: before.CreationTime });
  expect(Number(after.LastModifiedTime)).toBeGreaterThan(Number(after.CreationTime));
});
