import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoopUnderTest, runLoop } from '../loop-in-process.ts';
import { type BotoCaller, botoCaller, findBoto } from './boto-caller.ts';

const python = await findBoto();
const folder = mkdtempSync(path.join(tmpdir(), 'boto-sns-'));

const TEMPLATE = `
Resources:
  News:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: news
      DisplayName: News
      Subscription:
        - {Protocol: email, Endpoint: robin@example.com}
        - {Protocol: sqs, Endpoint: !GetAtt Inbox.Arn}
  Raw:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: !Ref News, Protocol: sqs, Endpoint: !GetAtt RawInbox.Arn, RawMessageDelivery: true}
  Inbox: {Type: AWS::SQS::Queue, Properties: {QueueName: inbox}}
  RawInbox: {Type: AWS::SQS::Queue, Properties: {QueueName: raw-inbox}}
  MayNotify:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Inbox, !Ref RawInbox]
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: sqs:SendMessage, Resource: "*"}
`;

describe.runIf(python)('SNS as boto3 reads it', () => {
  let running: LoopUnderTest & { stop(): Promise<void> };
  let boto: BotoCaller;
  let TopicArn: string;
  beforeAll(async () => {
    const template = path.join(folder, 'template.yaml');
    writeFileSync(template, TEMPLATE);
    running = await runLoop(template);
    boto = botoCaller(python ?? '', running.loop.endpoint);
    TopicArn = running.loop.stack.topics[0]?.arn ?? '';
  });
  afterAll(async () => {
    boto.stop();
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const call = (operation: string, params?: Record<string, unknown>) => boto.output('sns', operation, params);

  async function messageIn(queue: string): Promise<Record<string, unknown>> {
    const QueueUrl = `${running.loop.endpoint}/000000000000/${queue}`;
    const { Messages } = await boto.output('sqs', 'ReceiveMessage', {
      QueueUrl,
      MessageAttributeNames: ['All'],
      WaitTimeSeconds: 5,
    });
    return Object(Messages)[0];
  }

  async function callChanges(): Promise<void> {
    const made = await call('CreateTopic', { Name: 'boto' });
    const ResourceArn = made.TopicArn;
    await call('SetTopicAttributes', {
      TopicArn: ResourceArn,
      AttributeName: 'DisplayName',
      AttributeValue: 'Boto',
    });
    const Endpoint = `arn:aws:sqs:${ResourceArn?.toString().split(':')[3]}:000000000000:inbox`;
    const subscribed = await call('Subscribe', { TopicArn: ResourceArn, Protocol: 'sqs', Endpoint });
    const { SubscriptionArn } = subscribed;
    await call('SetSubscriptionAttributes', {
      SubscriptionArn,
      AttributeName: 'RawMessageDelivery',
      AttributeValue: 'true',
    });
    const PublishBatchRequestEntries = [{ Id: 'a', Message: 'one' }];
    expect(await call('PublishBatch', { TopicArn: ResourceArn, PublishBatchRequestEntries })).toMatchObject({
      Successful: [{ Id: 'a' }],
    });
    await call('TagResource', { ResourceArn, Tags: [{ Key: 'owner', Value: 'me' }] });
    expect(await call('ListTagsForResource', { ResourceArn })).toEqual({
      Tags: [{ Key: 'owner', Value: 'me' }],
    });
    await call('UntagResource', { ResourceArn, TagKeys: ['owner'] });
    const permission = { TopicArn: ResourceArn, Label: 'a' };
    await call('AddPermission', { ...permission, AWSAccountId: ['123456789012'], ActionName: ['Publish'] });
    await call('RemovePermission', permission);
    const Attributes = { FifoTopic: 'true', ContentBasedDeduplication: 'true' };
    const fifo = await call('CreateTopic', { Name: 'boto.fifo', Attributes });
    expect(await call('Publish', { ...fifo, Message: 'a', MessageGroupId: 'g' })).toHaveProperty(
      'SequenceNumber',
    );
    await call('DeleteTopic', fifo);
    await call('Unsubscribe', { SubscriptionArn });
    await call('DeleteTopic', { TopicArn: ResourceArn });
  }

  test('every operation answers as its model says', async () => {
    expect(await call('ListTopics')).toMatchObject({ Topics: [{ TopicArn }] });
    expect(await call('GetTopicAttributes', { TopicArn })).toMatchObject({
      Attributes: { TopicArn, DisplayName: 'News', SubscriptionsConfirmed: '3' },
    });
    const { Subscriptions } = await call('ListSubscriptionsByTopic', { TopicArn });
    expect(Subscriptions).toHaveLength(3);
    expect(await call('ListSubscriptions')).toMatchObject({ Subscriptions });
    const { SubscriptionArn } = Object(Subscriptions)[0];
    expect(await call('GetSubscriptionAttributes', { SubscriptionArn })).toMatchObject({
      Attributes: { Protocol: 'email', Endpoint: 'robin@example.com', RawMessageDelivery: 'false' },
    });

    const { MessageId } = await call('Publish', {
      TopicArn,
      Subject: 'Late',
      Message: JSON.stringify({ default: 'a parcel is late', sqs: 'parcel 7 is late' }),
      MessageStructure: 'json',
      MessageAttributes: { depot: { DataType: 'String', StringValue: 'north' } },
    });
    const { Body } = await messageIn('inbox');
    expect(JSON.parse(String(Body))).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn,
      Subject: 'Late',
      Message: 'parcel 7 is late',
      MessageAttributes: { depot: { Type: 'String', Value: 'north' } },
    });
    expect(await messageIn('raw-inbox')).toMatchObject({
      Body: 'parcel 7 is late',
      MessageAttributes: { depot: { StringValue: 'north', DataType: 'String' } },
    });
    expect(running.factsOf('notification.sent')).toContainEqual(
      expect.objectContaining({ protocol: 'email', endpoint: 'robin@example.com', subject: 'Late' }),
    );

    await callChanges();
    // No token is ever given out, since every subscription is confirmed at once.
    const answerable = (operation: string) => operation !== 'ConfirmSubscription';
    const emulated = (await boto.emulated('sns')).filter(answerable);
    expect(emulated.length).toBeGreaterThan(0);
    expect(emulated.filter((operation) => !boto.answered.has(`sns.${operation}`))).toEqual([]);
  });

  test('every error is one of its operation or a common one', async () => {
    const refuse = (operation: string, params: Record<string, unknown>) =>
      boto.refusal('sns', operation, params);
    const nowhere = TopicArn.replace(/news$/, 'nowhere');
    expect(await refuse('Publish', { TopicArn: nowhere, Message: 'x' })).toMatchObject({ code: 'NotFound' });
    expect(await refuse('Publish', { TopicArn, Message: '' })).toMatchObject({ code: 'InvalidParameter' });
    expect(await refuse('Publish', { TopicArn, Message: '{}', MessageStructure: 'json' })).toMatchObject({
      code: 'InvalidParameter',
    });
    expect(await refuse('GetTopicAttributes', { TopicArn: 'news' })).toMatchObject({
      code: 'InvalidParameter',
    });
    expect(await refuse('ListTopics', { NextToken: 'foreign' })).toMatchObject({ code: 'InvalidParameter' });
    expect(await refuse('CreateTopic', { Name: 'no name' })).toMatchObject({ code: 'InvalidParameter' });
    expect(await refuse('ConfirmSubscription', { TopicArn, Token: 'x' })).toMatchObject({
      code: 'InvalidParameter',
    });
  });
});
