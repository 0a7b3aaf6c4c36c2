import { describe, expect, test } from 'vitest';
import { load, problemsOf, reportOf, resource } from './load.ts';

const queue = (properties: string) => resource('AWS::SQS::Queue', properties);

describe('a queue', () => {
  test('has the defaults of AWS', () => {
    expect(load(queue('QueueName: it')).queues[0]).toEqual({
      logicalId: 'It',
      name: 'it',
      arn: 'arn:aws:sqs:eu-west-1:123456789012:it',
      url: 'http://127.0.0.1:4580/123456789012/it',
      visibilityTimeoutSeconds: 30,
      messageRetentionSeconds: 345_600,
      delaySeconds: 0,
      receiveWaitSeconds: 0,
      maximumMessageBytes: 1_048_576,
      resourcePolicy: [],
    });
  });

  test('may pass messages on that fail too often', () => {
    const redrive = 'RedrivePolicy: {deadLetterTargetArn: !GetAtt Box.Arn, maxReceiveCount: 3}';
    const [it, box] = load(queue(redrive)).queues;
    expect(it?.redrive).toEqual({ deadLetterArn: box?.arn, maxReceiveCount: 3 });
  });

  test('in strict order has a name for it, and the defaults of AWS', () => {
    const stack = load(queue('QueueName: it'));
    expect(reportOf(stack, 'Row')?.status).toBe('emulated');
    expect(reportOf(stack, 'Row')?.physicalId).toMatch(/\/depot-Row-\w{12}\.fifo$/);
    const row = stack.queues.find(({ logicalId }) => logicalId === 'Row');
    expect(row?.fifo).toEqual({
      isContentBased: false,
      deduplicationScope: 'queue',
      throughputLimit: 'perQueue',
    });
  });

  test('in strict order says how it tells duplicates', () => {
    const [it] = load(
      queue(
        'FifoQueue: true, ContentBasedDeduplication: true, DeduplicationScope: messageGroup, FifoThroughputLimit: perMessageGroupId',
      ),
    ).queues;
    expect(it?.fifo).toEqual({
      isContentBased: true,
      deduplicationScope: 'messageGroup',
      throughputLimit: 'perMessageGroupId',
    });
  });

  test('has the policy that was made last', () => {
    const policy = (sid: string) =>
      `{Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Box], PolicyDocument: {Statement: {Sid: ${sid}, Effect: Allow, Action: "sqs:*", Principal: "*", Resource: "*"}}}}`;
    const stack = load(
      `Resources:\n  Box: {Type: AWS::SQS::Queue}\n  First: ${policy('a')}\n  Second: ${policy('b')}`,
    );
    expect(stack.queues[0]?.resourcePolicy).toEqual([
      { sid: 'b', effect: 'Allow', actions: ['sqs:*'], principals: { AWS: ['*'] }, resources: ['*'] },
    ]);
    expect(reportOf(stack, 'Second.Queues')?.reason).toContain('replaces First as the policy of Box');
  });

  test.each([
    ['VisibilityTimeout: 43201', 'VisibilityTimeout, expected a whole number from 0 to 43200, found 43201'],
    [
      'MessageRetentionPeriod: 59',
      'MessageRetentionPeriod, expected a whole number from 60 to 1209600, found 59',
    ],
    ['QueueName: a.b', 'QueueName, expected a name matching ^[\\w-]{1,80}$, found "a.b"'],
    ['QueueName: a, FifoQueue: true', 'QueueName, expected a name matching ^[\\w-]{1,75}\\.fifo$, found "a"'],
    ['DeduplicationScope: queue', 'DeduplicationScope, expected nothing, since FifoQueue is not true'],
    [
      'FifoQueue: true, FifoThroughputLimit: perMessageGroupId',
      'FifoThroughputLimit, expected DeduplicationScope: messageGroup beside it',
    ],
    [
      'QueueName: a.fifo, FifoQueue: true, RedrivePolicy: {deadLetterTargetArn: "arn:aws:sqs:eu-west-1:123456789012:a", maxReceiveCount: 1}',
      'RedrivePolicy.deadLetterTargetArn, expected a FIFO queue, as the source is, found arn:aws:sqs:eu-west-1:123456789012:a',
    ],
    [
      'RedrivePolicy: {maxReceiveCount: 0}',
      'RedrivePolicy.maxReceiveCount, expected a whole number from 1 to 1000, found 0',
    ],
  ])('with %s is refused with its line', (properties, message) => {
    expect(problemsOf(queue(properties))).toContain(`template.yaml:4: It: ${message}`);
  });

  test('that a policy names wrongly is refused', () => {
    const template = `
Resources:
  Box: {Type: AWS::SQS::Queue, Properties: {QueueName: box}}
  Open:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!GetAtt Box.QueueName]
      PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:*", Principal: "*"}]}`;
    expect(problemsOf(template)).toEqual([
      'template.yaml:6: Open: Queues, expected URLs of queues of this template (use !Ref), found "box"',
      'template.yaml:7: Open: PolicyDocument.Statement[0].Resource, expected Resource or NotResource, found neither',
    ]);
  });
});
