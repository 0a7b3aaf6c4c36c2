import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  clientOptions,
  type LoopUnderTest,
  MET_ONCE,
  projectFolder,
  runLoop,
} from '../../loop-in-process.ts';
import { signedFor } from '../gateway/gateway-under-test.ts';

const TEMPLATE = `
Resources:
  News:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: news
      Subscription: [{Protocol: sqs, Endpoint: !GetAtt Inbox.Arn}]
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
const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:news';

let running: LoopUnderTest & { stop(): Promise<void> };
let sqs: SQSClient;
let removeFolder = () => {};
beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE }, (remove) => {
    removeFolder = remove;
  });
  running = await runLoop(`${folder}/template.yaml`);
  sqs = new SQSClient(clientOptions(running.loop));
});
afterAll(async () => {
  sqs.destroy();
  await running.stop();
  removeFolder();
});

async function call(form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(running.loop.endpoint, {
    method: 'POST',
    headers: { Authorization: signedFor('sns'), ...headers },
    body: new URLSearchParams({ Version: '2010-03-31', ...form }),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    code: /<Code>(.*)<\/Code>/.exec(text)?.[1],
    message: unescaped(/<Message>(.*)<\/Message>/.exec(text)?.[1] ?? ''),
  };
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** The form's members of one attribute with these members. */
function attribute(name: string, value: Record<string, string>): Record<string, string> {
  const entry = 'MessageAttributes.entry.1';
  const members = Object.entries(value).map(([member, text]) => [`${entry}.Value.${member}`, text]);
  return { [`${entry}.Name`]: name, ...Object.fromEntries(members) };
}

const publish = (form: Record<string, string>, headers: Record<string, string> = {}) =>
  call({ Action: 'Publish', TopicArn: TOPIC, Message: 'late', ...form }, headers);

/** The next message of a queue, which is gone then. */
async function messageIn(queue: string) {
  const QueueUrl = `${running.loop.endpoint}/000000000000/${queue}`;
  const request = new ReceiveMessageCommand({
    ...MET_ONCE,
    QueueUrl,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  // Asked again, since the loop's clock is through with WaitTimeSeconds a thousand times as fast.
  let message: Message | undefined;
  await expect.poll(async () => ([message] = (await sqs.send(request)).Messages ?? [])).toHaveLength(1);
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
  return message;
}

// As AWS answered: localstack/localstack, tests/aws/services/sns/test_sns.snapshot.json, test_empty_or_wrong_message_attributes
// and test_message_attributes_prefixes.
test.each<[string, Record<string, string>, string]>([
  [
    'a',
    { DataType: 'String', StringValue: '' },
    "The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'.",
  ],
  [
    'a',
    { DataType: 'String' },
    "The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'.",
  ],
  [
    'a',
    { DataType: 'Binary', BinaryValue: '' },
    "The message attribute 'a' must contain non-empty message attribute value for message attribute type 'Binary'.",
  ],
  [
    'a',
    { DataType: 'Number', BinaryValue: 'MTIz' },
    "The message attribute 'a' with type 'Number' must use field 'String'.",
  ],
  [
    'a',
    { DataType: 'Binary', StringValue: '123' },
    "The message attribute 'a' with type 'Binary' must use field 'Binary'.",
  ],
  ...['Text', 'String.', 'Stringy'].map((DataType): [string, Record<string, string>, string] => [
    'a',
    { DataType, StringValue: '123' },
    "The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
  ]),
  [
    'a'.repeat(257),
    { DataType: 'String', StringValue: 'x' },
    'Length of message attribute name must be less than 256 bytes.',
  ],
  [
    'a^*?',
    { DataType: 'String', StringValue: 'x' },
    "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
  ],
  [
    '.a',
    { DataType: 'String', StringValue: 'x' },
    "Invalid message attribute name starting with character '.' was found.",
  ],
  [
    'a.',
    { DataType: 'String', StringValue: 'x' },
    "Invalid message attribute name ending with character '.' was found.",
  ],
  [
    'a..b',
    { DataType: 'String', StringValue: 'x' },
    "Message attribute name can not have successive '.' character.",
  ],
])('an attribute %s of %j is refused', async (name, value, message) => {
  expect(await publish(attribute(name, value))).toMatchObject({
    status: 400,
    code: 'ParameterValueInvalid',
    message,
  });
});

test('an attribute without a type violates the model', async () => {
  expect(await publish(attribute('a', { StringValue: 'x' }))).toMatchObject({
    status: 400,
    code: 'ValidationError',
    message:
      "1 validation error detected: Value null at 'messageAttributes.a.member.dataType' failed to satisfy constraint: Member must not be null",
  });
});

// localstack/localstack, test_publish_wrong_arn_format, test_topic_publish_another_region and test_unknown_topic_publish.
test.each([
  ['', 400, 'InvalidParameter', 'TopicArn Reason: An ARN must have at least 6 elements, not 1'],
  ['news', 400, 'InvalidParameter', 'TopicArn Reason: An ARN must have at least 6 elements, not 1'],
  ['news:1', 400, 'InvalidParameter', 'TopicArn Reason: An ARN must have at least 6 elements, not 2'],
  [TOPIC.replace('eu-west-1', 'us-east-1'), 400, 'InvalidParameter', 'TopicArn'],
])('the topic %j is malformed', async (TopicArn, status, code, reason) => {
  const message = `Invalid parameter: ${reason}`;
  expect(await publish({ TopicArn })).toMatchObject({ status, code, message });
  expect(await call({ Action: 'GetTopicAttributes', TopicArn })).toMatchObject({ status, code, message });
});

test('a topic of this place that is not there is not found', async () => {
  expect(await publish({ TopicArn: `${TOPIC}-not` })).toMatchObject({ status: 404, code: 'NotFound' });
});

// localstack/localstack, test_publish_sqs_from_sns_with_xray_propagation and test_publish_message_group_id.
test('a queue gets the publisher’s trace header and the message’s group, raw or in an envelope', async () => {
  const trace = 'Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1';
  await publish(
    { ...attribute('kind', { DataType: 'String.label', StringValue: 'box' }), MessageGroupId: 'tenant-7' },
    { 'X-Amzn-Trace-Id': trace },
  );
  const Attributes = { AWSTraceHeader: trace, MessageGroupId: 'tenant-7' };
  const enveloped = await messageIn('inbox');
  expect(enveloped).toMatchObject({ Attributes });
  expect(enveloped).not.toHaveProperty('MessageAttributes');
  expect(JSON.parse(enveloped?.Body ?? '')).toMatchObject({
    Message: 'late',
    MessageAttributes: { kind: { Type: 'String.label', Value: 'box' } },
  });
  expect(await messageIn('raw-inbox')).toMatchObject({
    Body: 'late',
    Attributes,
    MessageAttributes: { kind: { DataType: 'String.label', StringValue: 'box' } },
  });
});

// https://docs.aws.amazon.com/sns/latest/api/API_Publish.html, MessageDeduplicationId and MessageGroupId
test('a standard topic takes no deduplication id, and no group id with spaces', async () => {
  expect(await publish({ MessageDeduplicationId: '1' })).toMatchObject({
    code: 'InvalidParameter',
    message:
      'Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
  });
  expect(await publish({ MessageGroupId: 'a b' })).toMatchObject({ code: 'InvalidParameter' });
});

// SNS guide, "Amazon SNS message attributes": a raw message with more than ten attributes is discarded.
test('a raw message with eleven attributes reaches no queue, an enveloped one does', async () => {
  const eleven = Array.from({ length: 11 }, (_, at) => [
    [`MessageAttributes.entry.${at + 1}.Name`, `a${at}`],
    [`MessageAttributes.entry.${at + 1}.Value.DataType`, 'Number'],
    [`MessageAttributes.entry.${at + 1}.Value.StringValue`, String(at)],
  ]).flat();
  expect(await publish(Object.fromEntries(eleven))).toMatchObject({ status: 200 });
  expect(JSON.parse((await messageIn('inbox'))?.Body ?? '')).toHaveProperty('MessageAttributes.a10');
  expect(running.factsOf('notification.failed')).toContainEqual(
    expect.objectContaining({ endpoint: 'arn:aws:sqs:eu-west-1:000000000000:raw-inbox' }),
  );
});

// localstack/localstack, test_topic_get_attributes_with_fifo_false.
test('a topic that was told nothing has the default policies', async () => {
  const { text } = await call({ Action: 'GetTopicAttributes', TopicArn: TOPIC });
  const shown = (name: string) =>
    JSON.parse(unescaped(new RegExp(`<key>${name}</key><value>([^<]*)`).exec(text)?.[1] ?? ''));
  expect(shown('Policy')).toMatchObject({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Principal: { AWS: '*' },
        Resource: TOPIC,
        Condition: { StringEquals: { 'AWS:SourceOwner': '000000000000' } },
      },
    ],
  });
  expect(shown('EffectiveDeliveryPolicy')).toMatchObject({
    http: { defaultHealthyRetryPolicy: { numRetries: 3 }, disableSubscriptionOverrides: false },
  });
});
