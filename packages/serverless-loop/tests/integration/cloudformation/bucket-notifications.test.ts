import {
  CreateStackCommand,
  DescribeStackEventsCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { GetBucketNotificationConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { clientOptions } from '../../loop-in-process.ts';
import { deployingLoop } from './deploying.ts';

const STACK = (events: string, policy = '') => `
Resources:
  Photos:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: photos
      NotificationConfiguration: {QueueConfigurations: [{Event: '${events}', Queue: !GetAtt Inbox.Arn}]}
  Inbox: {Type: AWS::SQS::Queue, Properties: {QueueName: inbox}}${policy}
`;

const MAY_NOTIFY = `
  MayNotify:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Inbox]
      PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: sqs:SendMessage, Resource: '*'}]}`;

// S3 User Guide, "Granting permissions to publish event notification messages to a destination": S3 tries it first.
test('a bucket is made once its queue lets S3 send, and an update gives it other notifications', async () => {
  const { loop, client, settled } = await deployingLoop();
  const s3 = new S3Client({ ...clientOptions(loop), forcePathStyle: true });
  const closed = { StackName: 'closed', TemplateBody: STACK('s3:ObjectCreated:*') };
  await client.send(new CreateStackCommand(closed));
  expect((await settled('closed')).StackStatus).toBe('ROLLBACK_COMPLETE');
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'closed' }));
  const failed = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
  expect([failed?.LogicalResourceId, failed?.ResourceStatusReason]).toEqual([
    'Photos',
    expect.stringContaining('Unable to validate the following destination configurations'),
  ]);

  const StackName = 'open';
  const eventsOf = async () => {
    const { QueueConfigurations = [] } = await s3.send(
      new GetBucketNotificationConfigurationCommand({ Bucket: 'photos' }),
    );
    return QueueConfigurations.map(({ Events }) => Events);
  };
  await client.send(
    new CreateStackCommand({ StackName, TemplateBody: STACK('s3:ObjectCreated:*', MAY_NOTIFY) }),
  );
  expect((await settled(StackName)).StackStatus).toBe('CREATE_COMPLETE');
  expect(await eventsOf()).toEqual([['s3:ObjectCreated:*']]);
  await client.send(
    new UpdateStackCommand({ StackName, TemplateBody: STACK('s3:ObjectRemoved:*', MAY_NOTIFY) }),
  );
  expect((await settled(StackName)).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await eventsOf()).toEqual([['s3:ObjectRemoved:*']]);
});
