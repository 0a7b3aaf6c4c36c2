import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  type Event,
  GetBucketNotificationConfigurationCommand,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  clientOptions,
  type LoopUnderTest,
  MET_ONCE,
  projectFolder,
  runLoop,
} from '../../loop-in-process.ts';

const FUNCTION = `
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: 'exports.handler = async (event) => console.log(JSON.stringify(event));'`;

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Photos:
    Type: AWS::S3::Bucket
    Properties: {BucketName: photos, NotificationConfiguration: {EventBridgeConfiguration: {}}}
  Thumbnail:${FUNCTION}
      Events:
        Added:
          Type: S3
          Properties:
            Bucket: !Ref Photos
            Events: s3:ObjectCreated:*
            Filter: {S3Key: {Rules: [{Name: suffix, Value: .jpg}]}}
  Inbox: {Type: AWS::SQS::Queue, Properties: {QueueName: inbox}}
  Closed: {Type: AWS::SQS::Queue, Properties: {QueueName: closed}}
  News:
    Type: AWS::SNS::Topic
    Properties: {TopicName: news, Subscription: [{Protocol: sqs, Endpoint: !GetAtt Inbox.Arn}]}
  Watch:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [aws.s3]}
      Targets: [{Id: inbox, Arn: !GetAtt Inbox.Arn}]
  MayNotify:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Inbox]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: s3.amazonaws.com}
            Action: sqs:SendMessage
            Resource: !GetAtt Inbox.Arn
            Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}, ArnLike: {aws:SourceArn: "arn:aws:s3:*:*:*"}}
          - {Effect: Allow, Principal: {Service: [sns.amazonaws.com, events.amazonaws.com]}, Action: sqs:SendMessage, Resource: "*"}
`;

const INBOX = 'arn:aws:sqs:eu-west-1:000000000000:inbox';
const arnOf = (service: string, name: string) => `arn:aws:${service}:eu-west-1:000000000000:${name}`;

let running: LoopUnderTest & { stop(): Promise<void> };
let s3: S3Client;
let sqs: SQSClient;
let removeFolder = () => {};
beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE }, (remove) => {
    removeFolder = remove;
  });
  running = await runLoop(`${folder}/template.yaml`);
  s3 = new S3Client({ ...clientOptions(running.loop), forcePathStyle: true });
  sqs = new SQSClient(clientOptions(running.loop));
});
afterAll(async () => {
  s3.destroy();
  sqs.destroy();
  await running.stop();
  removeFolder();
});

/** All that the queue has got once nothing is under way, parsed. */
async function inbox(): Promise<ReturnType<typeof JSON.parse>[]> {
  await running.loop.idle();
  const QueueUrl = `${running.loop.endpoint}/000000000000/inbox`;
  const bodies: ReturnType<typeof JSON.parse>[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...MET_ONCE }),
    );
    if (Messages.length === 0) return bodies;
    bodies.push(...Messages.map(({ Body = '' }) => JSON.parse(Body)));
  }
}

async function configure(Bucket: string, NotificationConfiguration: NotificationConfiguration) {
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
}

/** A bucket that tells the queue of these. */
async function bucketTelling(Bucket: string, Events: Event[]): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket }));
  await configure(Bucket, { QueueConfigurations: [{ Id: 'told', QueueArn: INBOX, Events }] });
}

// LocalStack's record, test_s3_notifications_sqs.snapshot.json, test_object_created_put; S3 User Guide, "Event message structure".
test('a queue gets a test message when it is configured, and then the record of each object', async () => {
  await bucketTelling('record', ['s3:ObjectCreated:*']);
  const [tried] = await inbox();
  expect(tried).toMatchObject({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'record' });
  const { ETag } = await s3.send(
    new PutObjectCommand({ Bucket: 'record', Key: 'a folder/red flower@1+2.jpg', Body: 'something' }),
  );
  expect(await inbox()).toEqual([
    {
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: 'eu-west-1',
          eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          eventName: 'ObjectCreated:Put',
          userIdentity: { principalId: expect.stringContaining('AWS:') },
          requestParameters: { sourceIPAddress: '127.0.0.1' },
          responseElements: { 'x-amz-request-id': expect.any(String), 'x-amz-id-2': expect.any(String) },
          s3: {
            s3SchemaVersion: '1.0',
            configurationId: 'told',
            bucket: {
              name: 'record',
              ownerIdentity: { principalId: expect.stringMatching(/^A[0-9A-Z]{13}$/) },
              arn: 'arn:aws:s3:::record',
            },
            object: {
              key: 'a+folder/red+flower%401%2B2.jpg',
              size: 9,
              eTag: ETag?.replaceAll('"', ''),
              sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
            },
          },
        },
      ],
    },
  ]);
});

// The same record, test_object_created_copy, …_complete_multipart_upload, test_delete_objects, test_object_tagging_put_event.
test('each way to make, change and remove an object has its event, in an order that sequencers tell', async () => {
  const Bucket = 'ways';
  await bucketTelling(Bucket, ['s3:ObjectCreated:*', 's3:ObjectRemoved:*', 's3:ObjectTagging:*']);
  const Key = 'a';
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: '1' }));
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }));
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'c' }));
  const { ETag } = await s3.send(
    new UploadPartCommand({ Bucket, Key: 'c', UploadId, PartNumber: 1, Body: 'part' }),
  );
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'c', UploadId, MultipartUpload }));
  await s3.send(
    new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet: [{ Key: 'k', Value: 'v' }] } }),
  );
  await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'never there' }));
  await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'b' }, { Key: 'c' }] } }));
  const records = (await inbox()).flatMap(({ Records = [] }) => Records);
  const told = records.map((it) => [it.eventName, it.s3.object.key, it.s3.object.size, it.eventVersion]);
  expect(told.sort()).toEqual([
    ['ObjectCreated:CompleteMultipartUpload', 'c', 4, '2.1'],
    ['ObjectCreated:Copy', 'b', 1, '2.1'],
    ['ObjectCreated:Put', 'a', 1, '2.1'],
    ['ObjectRemoved:Delete', 'a', undefined, '2.1'],
    ['ObjectRemoved:Delete', 'b', undefined, '2.1'],
    ['ObjectRemoved:Delete', 'c', undefined, '2.1'],
    ['ObjectTagging:Put', 'a', undefined, '2.3'],
  ]);
  const sequencers = records.flatMap((it) => it.s3.object.sequencer ?? []);
  expect(new Set(sequencers).size).toBe(6);
});

// LocalStack's record, test_s3_notifications_eventbridge.snapshot.json, test_object_created_put.
test('a function of an S3 event gets objects by its filter, and EventBridge gets all', async () => {
  for (const Key of ['one two.jpg', 'one.png'])
    await s3.send(new PutObjectCommand({ Bucket: 'photos', Key, Body: 'test' }));
  await s3.send(new DeleteObjectCommand({ Bucket: 'photos', Key: 'one.png' }));
  const events = await inbox();
  expect(events.map(({ 'detail-type': type, detail }) => [type, detail.object.key]).sort()).toEqual([
    ['Object Created', 'one two.jpg'],
    ['Object Created', 'one.png'],
    ['Object Deleted', 'one.png'],
  ]);
  expect(events.find(({ detail }) => detail.object.key === 'one two.jpg')).toMatchObject({
    source: 'aws.s3',
    resources: ['arn:aws:s3:::photos'],
    detail: {
      version: '0',
      bucket: { name: 'photos' },
      object: { size: 4, etag: '098f6bcd4621d373cade4e832627b4f6', sequencer: expect.any(String) },
      requester: '000000000000',
      'source-ip-address': '127.0.0.1',
      reason: 'PutObject',
    },
  });
  expect(events.find((it) => it['detail-type'] === 'Object Deleted')?.detail).toMatchObject({
    reason: 'DeleteObject',
    'deletion-type': 'Permanently Deleted',
  });
  const lines = running.facts.flatMap((fact) =>
    fact.kind === 'log' && fact.source === 'function' ? [fact.line] : [],
  );
  expect(lines.filter((line) => line.includes('ObjectCreated'))).toEqual([
    expect.stringContaining('"key":"one+two.jpg"'),
  ]);
});

// LocalStack's record, test_s3_notifications_sns.snapshot.json, test_object_created_put.
test('a topic gets the record under the subject of S3', async () => {
  const Bucket = 'by-topic';
  await s3.send(new CreateBucketCommand({ Bucket }));
  const TopicArn = arnOf('sns', 'news');
  await configure(Bucket, { TopicConfigurations: [{ TopicArn, Events: ['s3:ObjectCreated:Put'] }] });
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
  const [tried, told] = await inbox();
  expect(tried).toMatchObject({ Subject: 'Amazon S3 Notification', TopicArn });
  expect(JSON.parse(told.Message).Records[0]).toMatchObject({ eventName: 'ObjectCreated:Put' });
});

// The record of SQS, test_notifications_with_filter and test_filter_rules_case_insensitive.
test('a configuration comes back as it was put, and an empty one ends it', async () => {
  const Bucket = 'kept';
  await s3.send(new CreateBucketCommand({ Bucket }));
  const get = async () => {
    const { $metadata, ...kept } = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    return kept;
  };
  expect(await get()).toEqual({});
  const FilterRules = [
    { Name: 'prefix' as const, Value: 'in/' },
    { Name: 'suffix' as const, Value: '.txt' },
  ];
  const Filter = { Key: { FilterRules } };
  const QueueConfigurations = [
    { Id: 'one', QueueArn: INBOX, Events: ['s3:ObjectCreated:*' as const], Filter },
    { Id: 'two', QueueArn: INBOX, Events: ['s3:ObjectTagging:*' as const], Filter },
  ];
  const EventBridgeConfiguration = {};
  await configure(Bucket, { QueueConfigurations, EventBridgeConfiguration });
  const Shown = FilterRules.map(({ Name, Value }) => ({
    Name: Name === 'prefix' ? 'Prefix' : 'Suffix',
    Value,
  }));
  expect(await get()).toEqual({
    QueueConfigurations: QueueConfigurations.map((it) => ({
      ...it,
      Filter: { Key: { FilterRules: Shown } },
    })),
    EventBridgeConfiguration,
  });
  for (const Key of ['in/a.txt', 'in/a.jpg', 'a.txt'])
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  const records = (await inbox()).flatMap(({ Records = [] }) => Records);
  expect(records.map((it) => [it.s3.configurationId, it.s3.object.key])).toEqual([['one', 'in/a.txt']]);
  await configure(Bucket, {});
  expect(await get()).toEqual({});
});

describe('refused is', () => {
  const Events: Event[] = ['s3:ObjectCreated:*'];
  const queue = (more: object = {}) => ({ QueueArn: INBOX, Events, ...more });
  const prefix = (Value: string) => ({
    Filter: { Key: { FilterRules: [{ Name: 'prefix' as const, Value }] } },
  });
  const OVERLAP =
    'Configurations overlap. Configurations on the same bucket cannot share a common event type.';
  const AMBIGUOUS =
    'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.';
  const INVALID = 'Unable to validate the following destination configurations';
  const closed = arnOf('sqs', 'closed');
  const gone = arnOf('sqs', 'gone');

  // The words: minio/minio#2472, aws/aws-cli#2387; the records named above, test_invalid_sqs_arn, test_multiple_invalid_sqs_arns, test_invalid_lambda_arn.
  test.each<[string, NotificationConfiguration, string, object]>([
    ['one event type twice', { QueueConfigurations: [queue(), queue()] }, OVERLAP, { ArgumentName: 'Event' }],
    [
      'a prefix within a prefix',
      { QueueConfigurations: [queue(prefix('a')), queue(prefix('ab'))] },
      AMBIGUOUS,
      {},
    ],
    [
      'what is no ARN',
      { QueueConfigurations: [queue({ QueueArn: 'invalid-queue' })] },
      'The ARN could not be parsed',
      { ArgumentName: 'Queue', ArgumentValue: 'invalid-queue' },
    ],
    [
      'a queue that is not there, and one that lets nobody send',
      {
        QueueConfigurations: [
          queue({ QueueArn: gone, ...prefix('a') }),
          queue({ QueueArn: closed, ...prefix('b') }),
        ],
      },
      INVALID,
      {
        ArgumentName1: gone,
        ArgumentValue1: 'The destination queue does not exist',
        ArgumentName2: closed,
        ArgumentValue2:
          'Permissions on the destination queue do not allow S3 to publish notifications from this bucket',
      },
    ],
    [
      'a function that lets nobody invoke it',
      { LambdaFunctionConfigurations: [{ LambdaFunctionArn: arnOf('lambda', 'function:none'), Events }] },
      INVALID,
      {
        ArgumentName1: 'arn:aws:lambda:eu-west-1:000000000000:function:none, null',
        ArgumentValue1:
          'Not authorized to invoke function [arn:aws:lambda:eu-west-1:000000000000:function:none]',
      },
    ],
  ])('%s', async (_, configuration, message, members) => {
    await expect(configure('photos', configuration)).rejects.toMatchObject({
      name: 'InvalidArgument',
      message,
      ...members,
    });
  });

  test('nothing that the caller asks not to be tried', async () => {
    const Bucket = 'untried';
    await s3.send(new CreateBucketCommand({ Bucket }));
    const NotificationConfiguration = { QueueConfigurations: [queue({ QueueArn: closed })] };
    const SkipDestinationValidation = true;
    await s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration,
        SkipDestinationValidation,
      }),
    );
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    await running.loop.idle();
    expect(running.facts).toContainEqual({
      kind: 'object.notNotified',
      bucketName: Bucket,
      key: 'k',
      eventName: 'ObjectCreated:Put',
      targetArn: closed,
      reason: expect.stringContaining('not authorized to perform: sqs:sendmessage'),
    });
  });
});
