import { expect, test } from 'vitest';
import { load, reportOf, withFunction } from './load.ts';

const EVENTS = (more = '', bucket = '!Ref Photos') => `
Events:
  Added:
    Type: S3
    Properties: {Bucket: ${bucket}, Events: ["s3:ObjectCreated:Put", "s3:ObjectRemoved:*"]${more}}`;
const PHOTOS = '  Photos: {Type: AWS::S3::Bucket, Properties: {BucketName: photos}}';

// SAM developer guide, "S3": the permission names the account and no bucket, which waits for it.
test('an S3 event becomes a permission for the account, and notifications of the bucket', () => {
  const stack = load(
    withFunction(
      EVENTS(', Filter: {S3Key: {Rules: [{Name: Prefix, Value: in/}, {Name: suffix, Value: .jpg}]}}'),
      PHOTOS,
    ),
  );
  const [packer] = stack.functions;
  expect(packer?.resourcePolicy).toEqual([
    {
      sid: reportOf(stack, 'PackerAddedPermission')?.physicalId,
      effect: 'Allow',
      actions: ['lambda:InvokeFunction'],
      principals: { Service: ['s3.amazonaws.com'] },
      resources: [packer?.arn],
      conditions: { StringEquals: { 'aws:SourceAccount': ['123456789012'] } },
    },
  ]);
  const told = { id: expect.any(String), kind: 'function', arn: packer?.arn, prefix: 'in/', suffix: '.jpg' };
  expect(stack.buckets).toEqual([
    {
      logicalId: 'Photos',
      name: 'photos',
      notifications: {
        targets: [
          { ...told, events: ['s3:ObjectCreated:Put'] },
          { ...told, events: ['s3:ObjectRemoved:*'] },
        ],
        toEventBridge: false,
      },
    },
  ]);
});

test('with an alias it is the alias that is notified', () => {
  const stack = load(withFunction(`AutoPublishAlias: live${EVENTS()}`, PHOTOS));
  expect(stack.buckets[0]?.notifications?.targets[0]?.arn).toBe(`${stack.functions[0]?.arn}:live`);
});

test.each(['photos', '!Ref Box'])('a bucket that is given as %s is refused in the words of SAM', (bucket) => {
  const box = '  Box: {Type: AWS::SQS::Queue}';
  expect(() => load(withFunction(EVENTS('', bucket), box))).toThrow(
    'Events.Added.Bucket, S3 events must reference an S3 bucket in the same template.',
  );
});

const BUCKET = (configuration: string) =>
  `Resources:\n  Photos: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {${configuration}}}}`;

test.each([
  [
    'QueueConfigurations: [{Event: "s3:ObjectCreated:*", Queue: "arn:aws:sqs:eu-west-1:123456789012:none"}]',
    'expected the ARN of a queue of this template',
  ],
  [
    'LambdaConfigurations: [{Event: "s3:ObjectMade:*", Function: "arn:aws:lambda:eu-west-1:123456789012:function:none"}]',
    'expected an event type of S3, such as s3:ObjectCreated:*, found s3:ObjectMade:*',
  ],
])('a bucket that tells by %s is unavailable', (configuration, reason) => {
  const stack = load(BUCKET(configuration));
  expect(stack.buckets).toEqual([]);
  expect(reportOf(stack, 'Photos')).toMatchObject({
    status: 'unavailable',
    reason: expect.stringContaining(reason),
  });
});

test('two notifications that overlap make the bucket unavailable', () => {
  const queue = '{Event: "s3:ObjectCreated:*", Queue: !GetAtt Box.Arn}';
  const stack = load(
    `${BUCKET(`QueueConfigurations: [${queue}, ${queue}]`)}\n  Box: {Type: AWS::SQS::Queue}`,
  );
  expect(reportOf(stack, 'Photos')).toMatchObject({
    status: 'unavailable',
    reason: expect.stringContaining('Configurations overlap.'),
  });
});

test('EventBridge has the events of a bucket that names it, unless it is switched off there', () => {
  const toEventBridge = (given: string) =>
    load(BUCKET(`EventBridgeConfiguration: {${given}}`)).buckets[0]?.notifications?.toEventBridge;
  expect(toEventBridge('')).toBe(true);
  expect(toEventBridge('EventBridgeEnabled: true')).toBe(true);
  expect(toEventBridge('EventBridgeEnabled: false')).toBeUndefined();
});
