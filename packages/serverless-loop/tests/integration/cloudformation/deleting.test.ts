import {
  CreateStackCommand,
  DeleteStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { clientOptions } from '../../loop-in-process.ts';
import { deployingLoop, TELLER } from './deploying.ts';

test('all of a stack goes, what depends on others first, and its name is free again', async () => {
  const loop = await deployingLoop();
  const { StackId = '' } = await loop.deploy('depot', TELLER);
  const gone = await loop.remove('depot');
  expect(gone.StackStatus).toBe('DELETE_COMPLETE');
  expect(gone.DeletionTime).toBeInstanceOf(Date);
  expect((await loop.events(StackId)).slice(-8)).toEqual([
    'depot DELETE_IN_PROGRESS User Initiated',
    'Boxes DELETE_IN_PROGRESS',
    'Boxes DELETE_COMPLETE',
    'Teller DELETE_IN_PROGRESS',
    'Teller DELETE_COMPLETE',
    'TellerRole DELETE_IN_PROGRESS',
    'TellerRole DELETE_COMPLETE',
    'depot DELETE_COMPLETE',
  ]);
  await expect(loop.describe('depot')).rejects.toThrow('Stack with id depot does not exist');
  expect((await loop.deploy('depot', TELLER)).StackId).not.toBe(StackId);
});

test('a stack that is not there is as good as deleted', async () => {
  const { client } = await deployingLoop();
  await client.send(new DeleteStackCommand({ StackName: 'nowhere' }));
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html
test('a protected stack stays', async () => {
  const loop = await deployingLoop();
  const protect = (EnableTerminationProtection: boolean) =>
    loop.client.send(
      new UpdateTerminationProtectionCommand({ StackName: 'depot', EnableTerminationProtection }),
    );
  await loop.deploy('depot', TELLER);
  await protect(true);
  expect((await loop.describe('depot')).EnableTerminationProtection).toBe(true);
  await expect(loop.remove('depot')).rejects.toThrow(
    'cannot be deleted while TerminationProtection is enabled',
  );
  await protect(false);
  await loop.remove('depot');
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html
test('a stack whose export another one uses stays until that is gone', async () => {
  const loop = await deployingLoop();
  await loop.deploy(
    'depot',
    'Resources: {Boxes: {Type: AWS::SQS::Queue}}\nOutputs: {Arn: {Value: !GetAtt Boxes.Arn, Export: {Name: BoxesArn}}}',
  );
  await loop.deploy(
    'shop',
    'Resources: {Parcels: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !ImportValue BoxesArn, maxReceiveCount: 3}}}}',
  );
  expect((await loop.remove('depot')).StackStatus).toBe('DELETE_FAILED');
  expect((await loop.events('depot')).at(-1)).toBe(
    'depot DELETE_FAILED Export BoxesArn cannot be deleted as it is in use by shop',
  );
  await loop.remove('shop');
  expect((await loop.remove('depot')).StackStatus).toBe('DELETE_COMPLETE');
});

test('a table that is protected is left, and can be retained in the end', async () => {
  const loop = await deployingLoop();
  const template = `
Resources:
  Boxes:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      DeletionProtectionEnabled: true
      AttributeDefinitions: [{AttributeName: number, AttributeType: S}]
      KeySchema: [{AttributeName: number, KeyType: HASH}]
  Parcels: {Type: AWS::SQS::Queue, Properties: {QueueName: parcels}}`;
  await loop.deploy('depot', template);
  const failed = await loop.remove('depot');
  expect(failed.StackStatus).toBe('DELETE_FAILED');
  expect(failed.StackStatusReason).toBe('The following resource(s) failed to delete: [Boxes]. ');
  const sqs = new SQSClient(clientOptions(loop.loop));
  await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'parcels' }))).rejects.toThrow('does not exist');

  await loop.client.send(new DeleteStackCommand({ StackName: 'depot', RetainResources: ['Boxes'] }));
  expect((await loop.settled(failed.StackId ?? '')).StackStatus).toBe('DELETE_COMPLETE');
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html, Capabilities
test('a stack that is made at once needs every capability, and each name once', async () => {
  const { client } = await deployingLoop();
  const create = (TemplateBody: string, Capabilities: ('CAPABILITY_IAM' | 'CAPABILITY_AUTO_EXPAND')[] = []) =>
    client.send(new CreateStackCommand({ StackName: 'depot', TemplateBody, Capabilities }));
  await expect(
    create(`Transform: AWS::Serverless-2016-10-31\n${TELLER}`, ['CAPABILITY_IAM']),
  ).rejects.toThrow('Requires capabilities : [CAPABILITY_AUTO_EXPAND]');
  await create(TELLER, ['CAPABILITY_IAM']);
  await expect(create(TELLER, ['CAPABILITY_IAM'])).rejects.toMatchObject({ name: 'AlreadyExistsException' });
});
