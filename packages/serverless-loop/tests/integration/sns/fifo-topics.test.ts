import {
  AddPermissionCommand,
  CreateTopicCommand,
  GetTopicAttributesCommand,
  PublishBatchCommand,
  PublishCommand,
  RemovePermissionCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

const TEMPLATE = `
Resources:
  Orders:
    Type: AWS::SNS::Topic
    Properties:
      FifoTopic: true
      ContentBasedDeduplication: true
      Subscription:
        - { Protocol: sqs, Endpoint: !GetAtt Row.Arn }
        - { Protocol: sqs, Endpoint: !GetAtt Plain.Arn }
  Raw:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref Orders, Protocol: sqs, Endpoint: !GetAtt RawRow.Arn, RawMessageDelivery: true }
  Row: { Type: AWS::SQS::Queue, Properties: { QueueName: row.fifo, FifoQueue: true } }
  RawRow: { Type: AWS::SQS::Queue, Properties: { QueueName: raw.fifo, FifoQueue: true } }
  Plain: { Type: AWS::SQS::Queue, Properties: { QueueName: plain } }
  MayNotify:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Row, !Ref RawRow, !Ref Plain]
      PolicyDocument:
        Statement:
          - { Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: sqs:SendMessage, Resource: "*" }
`;
const MessageGroupId = 'g1';
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

let loop: RunningLoop;
let sns: SNSClient;
let sqs: SQSClient;
let TopicArn: string;

beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE }, afterAll);
  loop = await startLoop({ template: `${folder}/template.yaml` });
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const client = { endpoint: loop.endpoint, region: loop.region, credentials, maxAttempts: 1 };
  sns = new SNSClient(client);
  sqs = new SQSClient(client);
  TopicArn = loop.physicalId('Orders');
  return async () => {
    sns.destroy();
    sqs.destroy();
    await loop.stop();
  };
});

async function messagesIn(name: string): Promise<Message[]> {
  const QueueUrl = `${loop.endpoint}/000000000000/${name}`;
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] }),
  );
  return Messages;
}

// LocalStack's records, test_sns.snapshot.json, test_message_to_fifo_sqs, test_fifo_topic_to_regular_sqs and
// test_publish_to_fifo_topic_to_sqs_queue_no_content_dedup.
test('a FIFO topic delivers each message once, in its order, with an id for queues that make none', async () => {
  const batch = {
    TopicArn,
    PublishBatchRequestEntries: ['Test', 'b', 'c', 'd'].map((text, at) => ({
      Id: String(at),
      Message: text,
      MessageGroupId,
    })),
  };
  const { Successful = [] } = await sns.send(new PublishBatchCommand(batch));
  const numbers = Successful.map(({ SequenceNumber = '' }) => SequenceNumber);
  expect(numbers).toEqual([...numbers].sort());
  const again = await sns.send(new PublishCommand({ TopicArn, Message: 'Test', MessageGroupId }));
  expect(again).toMatchObject({ MessageId: Successful[0]?.MessageId, SequenceNumber: numbers[0] });
  await sns.send(new PublishBatchCommand(batch));

  const raw = await messagesIn('raw.fifo');
  expect(raw.map(({ Body }) => Body)).toEqual(['Test', 'b', 'c', 'd']);
  expect(raw[0]?.Attributes).toMatchObject({
    MessageGroupId,
    MessageDeduplicationId: '532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25',
  });
  const [first] = await messagesIn('row.fifo');
  expect(first?.Attributes?.MessageDeduplicationId).toBe(raw[0]?.Attributes?.MessageDeduplicationId);
  const notification = JSON.parse(first?.Body ?? '');
  expect(Object.keys(notification)).toEqual([
    'Type',
    'MessageId',
    'SequenceNumber',
    'TopicArn',
    'Message',
    'Timestamp',
    'UnsubscribeURL',
  ]);
  expect(notification).toMatchObject({ SequenceNumber: numbers[0], Message: 'Test' });
  expect(await messagesIn('plain')).toHaveLength(4);
});

// The same file's test_create_topic_with_attributes.
test('a FIFO topic shows that it is one', async () => {
  const made = await sns.send(
    new CreateTopicCommand({ Name: 'made.fifo', Attributes: { FifoTopic: 'true' } }),
  );
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: made.TopicArn }));
  expect(Attributes).toMatchObject({ FifoTopic: 'true', ContentBasedDeduplication: 'false' });
  expect(
    await sns.send(new CreateTopicCommand({ Name: 'made.fifo', Attributes: { FifoTopic: 'true' } })),
  ).toMatchObject({ TopicArn: made.TopicArn });
  await expect(sns.send(new PublishCommand({ ...made, Message: 'a' }))).rejects.toThrow(
    'Invalid parameter: The MessageGroupId parameter is required for FIFO topics',
  );
  await expect(sns.send(new PublishCommand({ ...made, Message: 'a', MessageGroupId }))).rejects.toThrow(
    'Invalid parameter: The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
});

// The same file's test_validations_for_fifo.
test('a FIFO queue is of a FIFO topic alone, as are its dead letters', async () => {
  const standard = await sns.send(new CreateTopicCommand({ Name: 'standard' }));
  await expect(
    sns.send(
      new SubscribeCommand({ TopicArn: standard.TopicArn, Protocol: 'sqs', Endpoint: queueArn('row.fifo') }),
    ),
  ).rejects.toThrow(
    'Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
  );
  const { SubscriptionArn } = await sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn('row.fifo') }),
  );
  const set = (name: string) =>
    sns.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn,
        AttributeName: 'RedrivePolicy',
        AttributeValue: JSON.stringify({ deadLetterTargetArn: queueArn(name) }),
      }),
    );
  await expect(set('plain')).rejects.toThrow(
    'Invalid parameter: RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.',
  );
  await set('raw.fifo');
});

// The same file's test_topic_add_multiple_permissions and test_add_permission_errors.
test('permissions are added to the policy that a topic has from the start, and taken from it', async () => {
  const { TopicArn: arn } = await sns.send(new CreateTopicCommand({ Name: 'permitted' }));
  const policy = async () => {
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: arn }));
    return JSON.parse(Attributes?.Policy ?? '');
  };
  const before = await policy();
  const permission = { TopicArn: arn, Label: 'test', AWSAccountId: ['111111111111'] };
  const add = (ActionName: string[]) => sns.send(new AddPermissionCommand({ ...permission, ActionName }));
  await add(['Publish', 'Subscribe']);
  expect(await policy()).toEqual({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      ...before.Statement,
      {
        Sid: 'test',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111111111111:root' },
        Action: ['SNS:Publish', 'SNS:Subscribe'],
        Resource: arn,
      },
    ],
  });
  await expect(add(['Publish'])).rejects.toThrow('Invalid parameter: Statement already exists');
  await sns.send(new RemovePermissionCommand({ TopicArn: arn, Label: 'test' }));
  expect(await policy()).toEqual(before);
  await expect(add(['CreateTopic'])).rejects.toThrow(
    'Invalid parameter: Policy statement action out of service scope!',
  );
});
