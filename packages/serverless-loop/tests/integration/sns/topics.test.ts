import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

const TEMPLATE = `
Resources:
  Inbox: { Type: AWS::SQS::Queue, Properties: { QueueName: inbox } }
  Declared:
    Type: AWS::SNS::Topic
    Properties: { TopicName: declared, Subscription: [{ Protocol: sqs, Endpoint: !GetAtt Inbox.Arn }] }
  MayNotify:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Inbox]
      PolicyDocument:
        Statement:
          - { Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: sqs:SendMessage, Resource: "*" }
`;
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:inbox';
const topicArn = (name: string) => `arn:aws:sns:us-east-1:000000000000:${name}`;

let loop: RunningLoop;
let sns: SNSClient;
let sqs: SQSClient;

beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE }, afterAll);
  loop = await startLoop({ template: `${folder}/template.yaml` });
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const client = { endpoint: loop.endpoint, region: loop.region, credentials, maxAttempts: 1 };
  sns = new SNSClient(client);
  sqs = new SQSClient(client);
  return async () => {
    sns.destroy();
    sqs.destroy();
    await loop.stop();
  };
});

/** Of the error's code, as clients see it, and its message. */
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => 'taken',
    (error: Error) => `${error.name}: ${error.message}`,
  );

async function newTopic(Name: string) {
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name }));
  return TopicArn;
}

async function received(): Promise<string[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: `${loop.endpoint}/000000000000/inbox`,
      MaxNumberOfMessages: 10,
    }),
  );
  return Messages.map(({ Body = '' }) => Body).sort();
}

// The words of all refusals, and what is answered: LocalStack's record, test_sns.snapshot.json.

// https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html: "This action is idempotent"
test('a topic is made once, with its attributes and tags, and deleted', async () => {
  const make = (more: object = {}) =>
    sns.send(new CreateTopicCommand({ Name: 'made', Attributes: { DisplayName: 'Value1' }, ...more }));
  expect((await make({ Tags: [{ Key: 'k1', Value: 'v1' }] })).TopicArn).toBe(topicArn('made'));
  expect((await make()).TopicArn).toBe(topicArn('made'));
  expect(await refusalOf(make({ Attributes: { DisplayName: 'Value2' } }))).toContain(
    'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
  );
  expect(await refusalOf(make({ Tags: [{ Key: 'k2', Value: 'v2' }] }))).toContain(
    'Invalid parameter: Tags Reason: Topic already exists with different tags',
  );
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: topicArn('made') }));
  expect(Attributes).toMatchObject({ DisplayName: 'Value1', SubscriptionsConfirmed: '0' });
  expect(JSON.parse(Attributes?.Policy ?? '')).toMatchObject({
    Id: '__default_policy_ID',
    Statement: [{ Sid: '__default_statement_ID' }],
  });
  for (const name of ['', 'a'.repeat(257), 'test.fifo', 'test%'])
    expect(await refusalOf(newTopic(name)), name).toMatch(/Invalid parameter: Topic Name|Name/);
  await sns.send(new DeleteTopicCommand({ TopicArn: topicArn('made') }));
  await sns.send(new DeleteTopicCommand({ TopicArn: topicArn('made') }));
  expect(await refusalOf(sns.send(new GetTopicAttributesCommand({ TopicArn: topicArn('made') })))).toContain(
    'Topic does not exist',
  );
});

test('attributes are set, and what is none is refused', async () => {
  const TopicArn = await newTopic('attributes');
  const set = (AttributeName: string, AttributeValue: string) =>
    sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
  await set('DisplayName', 'Boxes');
  await set('SignatureVersion', '2');
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: TopicArn }],
  });
  await set('Policy', Policy);
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  expect(Attributes).toMatchObject({ DisplayName: 'Boxes', SignatureVersion: '2' });
  expect(JSON.parse(Attributes?.Policy ?? '')).toMatchObject({ Statement: [{ Effect: 'Deny' }] });
  expect(await refusalOf(set('Fake', 'x'))).toContain('Invalid parameter: AttributeName');
  // Nobody changes a topic's type (the same record, test_topic_get_attributes_with_fifo_false).
  expect(await refusalOf(set('FifoTopic', 'true'))).toContain('Invalid parameter: AttributeName');
});

// https://docs.aws.amazon.com/sns/latest/api/API_TagResource.html
test('tags are added, listed and removed', async () => {
  const ResourceArn = await newTopic('tags');
  const tag = (...pairs: [string, string][]) =>
    sns.send(new TagResourceCommand({ ResourceArn, Tags: pairs.map(([Key, Value]) => ({ Key, Value })) }));
  expect(await refusalOf(tag(['k1', 'v1'], ['k1', 'v2']))).toContain(
    'Invalid parameter: Duplicated keys are not allowed.',
  );
  await tag(['k1', 'v1'], ['k2', 'v2']);
  await sns.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['k1'] }));
  await tag(['k2', 'v2b']);
  const { Tags } = await sns.send(new ListTagsForResourceCommand({ ResourceArn }));
  expect(Tags).toEqual([{ Key: 'k2', Value: 'v2b' }]);
});

// https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html, and API_PublishBatch.html
test('a queue is subscribed, gets what is published in a batch by its settings, and is let go', async () => {
  const TopicArn = await newTopic('subscribed');
  const subscribe = (Attributes: Record<string, string>) =>
    sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: QUEUE, Attributes }));
  const { SubscriptionArn } = await subscribe({ RawMessageDelivery: 'true' });
  expect((await subscribe({})).SubscriptionArn).toBe(SubscriptionArn);
  expect(await refusalOf(subscribe({ RawMessageDelivery: 'false' }))).toContain(
    'Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
  );
  const sent = await sns.send(
    new PublishBatchCommand({
      TopicArn,
      PublishBatchRequestEntries: ['1', '2'].map((Id) => ({ Id, Message: `message ${Id}` })),
    }),
  );
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['1', '2']);
  expect(sent.Failed).toEqual([]);
  expect(await received()).toEqual(['message 1', 'message 2']);

  const set = (AttributeName: string, AttributeValue: string) =>
    sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));
  await set('FilterPolicyScope', 'MessageBody');
  await set('FilterPolicy', '{"kind":["wanted"]}');
  await set('FilterPolicyScope', 'MessageBody');
  await sns.send(new PublishCommand({ TopicArn, Message: '{"kind":"other"}' }));
  await sns.send(new PublishCommand({ TopicArn, Message: '{"kind":"wanted"}' }));
  expect(await received()).toEqual(['{"kind":"wanted"}']);
  const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
  expect(Attributes).toMatchObject({
    RawMessageDelivery: 'true',
    FilterPolicy: '{"kind":["wanted"]}',
    FilterPolicyScope: 'MessageBody',
    PendingConfirmation: 'false',
  });
  expect(await refusalOf(set('RawMessageDelivery', 'test-ValUe'))).toContain(
    'Invalid parameter: RawMessageDelivery: Invalid value [test-ValUe]. Must be true or false.',
  );
  expect(await refusalOf(set('RedrivePolicy', '{"deadLetterTargetArn":"fake"}'))).toContain(
    'Invalid parameter: RedrivePolicy: deadLetterTargetArn is an invalid arn',
  );

  await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  expect(Subscriptions).toEqual([]);
});

test('a subscription of a template is changed and ended by the API, too', async () => {
  const TopicArn = topicArn('declared');
  const list = async () =>
    (await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? [];
  const [{ SubscriptionArn } = { SubscriptionArn: '' }] = await list();
  await sns.send(
    new SetSubscriptionAttributesCommand({
      SubscriptionArn,
      AttributeName: 'RawMessageDelivery',
      AttributeValue: 'true',
    }),
  );
  await sns.send(new PublishCommand({ TopicArn, Message: 'raw' }));
  expect(await received()).toEqual(['raw']);
  await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  expect(await list()).toEqual([]);
});

test('subscriptions that can not be are refused', async () => {
  const TopicArn = await newTopic('refusals');
  const subscribe = (Protocol: string, Endpoint: string, more: object = {}) =>
    refusalOf(sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, ...more })));
  expect(await subscribe('test-protocol', 'x')).toContain(
    'Invalid parameter: Amazon SNS does not support this protocol string: test-protocol',
  );
  expect(await subscribe('sqs', `${loop.endpoint}/000000000000/inbox`)).toContain(
    'Invalid parameter: SQS endpoint ARN',
  );
  expect(await subscribe('firehose', 'arn:aws:firehose:us-east-1:000000000000:deliverystream/all')).toContain(
    'subscriptions by firehose are not emulated',
  );
  expect(await subscribe('sqs', QUEUE, { Attributes: { RawMessageDelivery: 'wrongvalue' } })).toContain(
    'Invalid parameter: Attributes Reason: RawMessageDelivery: Invalid value [wrongvalue]. Must be true or false.',
  );
  expect(await subscribe('sqs', QUEUE, { TopicArn: topicArn('nowhere') })).toContain('Topic does not exist');
  expect(await refusalOf(sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: 'x' })))).toContain(
    'Invalid parameter: Token',
  );
  expect(await refusalOf(sns.send(new UnsubscribeCommand({ SubscriptionArn: 'arn' })))).toContain(
    'Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements, not 1',
  );
});

// https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html, Errors: BatchEntryIdsNotDistinct, EmptyBatchRequest, TooManyEntriesInBatchRequest
test('batches that can not be are refused as a whole', async () => {
  const TopicArn = await newTopic('batches');
  const batch = (ids: string[], Message = 'm', more: object = {}) =>
    refusalOf(
      sns.send(
        new PublishBatchCommand({
          TopicArn,
          PublishBatchRequestEntries: ids.map((Id) => ({ Id, Message })),
          ...more,
        }),
      ),
    );
  expect(await batch(Array.from({ length: 11 }, (_, index) => String(index)))).toContain(
    'The batch request contains more entries than permissible.',
  );
  expect(await batch(['1', '1'])).toContain('Two or more batch entries in the request have the same Id.');
  expect(await batch(['message.id'])).toContain(
    'The Id of a batch entry in the batch request contains an impermissible character: message.id',
  );
  expect(await batch(['1', '2'], 'x'.repeat(200_000))).toContain(
    'The length of all the messages put together is more than the limit.',
  );
  expect(await batch(['1'], 'm', { TopicArn: topicArn('nowhere') })).toContain('Topic does not exist');
});
