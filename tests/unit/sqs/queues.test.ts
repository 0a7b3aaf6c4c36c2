import { expect, test } from 'vitest';
import { endpoint, queueModel, testSqs } from './test-sqs.ts';

test('a queue is found by its path on any host, and by its bare name', async () => {
  const { call } = testSqs();
  for (const QueueUrl of ['https://sqs.eu-west-1.amazonaws.com/123456789012/parcels', 'parcels']) {
    expect(await call('GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] })).toEqual({
      Attributes: { QueueArn: 'arn:aws:sqs:eu-west-1:123456789012:parcels' },
    });
  }
});

test.each(['nobody', `${endpoint}/123456789012/nobody`, `${endpoint}/999999999999/parcels`])(
  'there is no queue %s',
  async (QueueUrl) => {
    const { call } = testSqs();
    await expect(call('SendMessage', { QueueUrl, MessageBody: 'a' })).rejects.toMatchObject({
      code: 'QueueDoesNotExist',
      status: 400,
      message: 'The specified queue does not exist.',
      headers: { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' },
    });
  },
);

test('GetQueueUrl answers the URL that the template refers to', async () => {
  const { call } = testSqs();
  expect(await call('GetQueueUrl', { QueueName: 'parcels' })).toEqual({
    QueueUrl: `${endpoint}/123456789012/parcels`,
  });
  await expect(call('GetQueueUrl', { QueueName: 'nobody' })).rejects.toMatchObject({
    code: 'QueueDoesNotExist',
  });
});

test('ListQueues lists by prefix and in pages', async () => {
  const { call } = testSqs(['b-2', 'a', 'b-1', 'b-3'].map((name) => queueModel(name)));
  const url = (name: string) => `${endpoint}/123456789012/${name}`;
  expect(await call('ListQueues')).toEqual({ QueueUrls: ['a', 'b-1', 'b-2', 'b-3'].map(url) });
  const first = await call('ListQueues', { QueueNamePrefix: 'b', MaxResults: 2 });
  expect(first).toEqual({ QueueUrls: ['b-1', 'b-2'].map(url), NextToken: expect.any(String) });
  const second = await call('ListQueues', {
    QueueNamePrefix: 'b',
    MaxResults: 2,
    NextToken: first.NextToken,
  });
  expect(second).toEqual({ QueueUrls: ['b-3'].map(url) });
});

test('all attributes of a queue show its settings, counts and policies', async () => {
  const statement = {
    effect: 'Allow',
    actions: ['sqs:SendMessage'],
    principals: { Service: ['events.amazonaws.com'] },
  } as const;
  const { call, receive } = testSqs([
    queueModel('parcels', {
      redrive: { deadLetterArn: 'arn:aws:sqs:eu-west-1:123456789012:dead', maxReceiveCount: 3 },
      resourcePolicy: [
        { ...statement, actions: [...statement.actions], principals: { Service: ['events.amazonaws.com'] } },
      ],
    }),
  ]);
  await call('SendMessage', { MessageBody: 'a' });
  await call('SendMessage', { MessageBody: 'b' });
  await receive();
  const { Attributes } = await call('GetQueueAttributes', { AttributeNames: ['All'] });
  expect(Attributes).toEqual({
    QueueArn: 'arn:aws:sqs:eu-west-1:123456789012:parcels',
    ApproximateNumberOfMessages: '1',
    ApproximateNumberOfMessagesNotVisible: '1',
    ApproximateNumberOfMessagesDelayed: '0',
    CreatedTimestamp: String(Date.UTC(2026, 10, 23, 9, 30) / 1000),
    LastModifiedTimestamp: String(Date.UTC(2026, 10, 23, 9, 30) / 1000),
    VisibilityTimeout: '30',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    DelaySeconds: '0',
    ReceiveMessageWaitTimeSeconds: '0',
    Policy:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage"}]}',
    RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dead","maxReceiveCount":3}',
    SqsManagedSseEnabled: 'false',
  });
});

test('settings can be changed, and hold from then on', async () => {
  const { call, receive, clock } = testSqs([queueModel('parcels'), queueModel('dead')]);
  const RedrivePolicy =
    '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dead","maxReceiveCount":1}';
  await clock.advance(5_000);
  await call('SetQueueAttributes', { Attributes: { VisibilityTimeout: '2', RedrivePolicy } });
  await call('SendMessage', { MessageBody: 'a' });
  await receive();
  await clock.advance(2_000);
  expect(await receive()).toEqual([]);
  expect(await receive({ QueueUrl: 'dead' })).toHaveLength(1);
  expect(
    await call('GetQueueAttributes', { AttributeNames: ['RedrivePolicy', 'LastModifiedTimestamp'] }),
  ).toEqual({
    Attributes: { RedrivePolicy, LastModifiedTimestamp: String(Date.UTC(2026, 10, 23, 9, 30, 5) / 1000) },
  });
  await call('SetQueueAttributes', { Attributes: { RedrivePolicy: '' } });
  expect(await call('GetQueueAttributes', { AttributeNames: ['RedrivePolicy'] })).toEqual({});
});

test.each([
  [{ FifoQueue: 'true' }, 'InvalidAttributeName', 'Unknown Attribute FifoQueue.'],
  [
    { VisibilityTimeout: '43201' },
    'InvalidAttributeValue',
    'Invalid value for the parameter VisibilityTimeout.',
  ],
  [{ DelaySeconds: 'soon' }, 'InvalidAttributeValue', 'Invalid value for the parameter DelaySeconds.'],
  [{ Policy: 'let me' }, 'InvalidAttributeValue', 'Invalid value for the parameter Policy.'],
  [
    { RedrivePolicy: '{"deadLetterTargetArn":"dummy","maxReceiveCount":42}' },
    'InvalidParameterValueException',
    'Value {"deadLetterTargetArn":"dummy","maxReceiveCount":42} for parameter RedrivePolicy is invalid. Reason: Invalid value for deadLetterTargetArn.',
  ],
  [
    {
      RedrivePolicy:
        '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:parcels","maxReceiveCount":0}',
    },
    'InvalidParameterValueException',
    expect.stringContaining(
      'Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.',
    ),
  ],
  [
    {
      RedrivePolicy:
        '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:nobody","maxReceiveCount":1}',
    },
    'InvalidParameterValueException',
    expect.stringContaining('Dead letter target does not exist.'),
  ],
])('the setting %j is refused', async (Attributes, code, message) => {
  const { call } = testSqs();
  await expect(call('SetQueueAttributes', { Attributes })).rejects.toMatchObject({ code, message });
});

test('an unknown attribute name is refused', async () => {
  const { call } = testSqs();
  await expect(call('GetQueueAttributes', { AttributeNames: ['Colour'] })).rejects.toMatchObject({
    code: 'InvalidAttributeName',
    message: 'Unknown Attribute Colour.',
  });
});

test('a queue can be created, again with the same settings, not with others, and deleted', async () => {
  const { call } = testSqs([]);
  const input = { QueueName: 'new', Attributes: { DelaySeconds: '5' }, tags: { team: 'depot' } };
  const created = await call('CreateQueue', input);
  expect(created).toEqual({ QueueUrl: `${endpoint}/123456789012/new` });
  expect(await call('CreateQueue', input)).toEqual(created);
  await expect(call('CreateQueue', { ...input, Attributes: { DelaySeconds: '6' } })).rejects.toMatchObject({
    code: 'QueueNameExists',
    message: 'A queue already exists with the same name and a different value for attribute DelaySeconds',
    headers: { 'x-amzn-query-error': 'QueueAlreadyExists;Sender' },
  });
  expect(await call('ListQueueTags', created)).toEqual({ Tags: { team: 'depot' } });
  await call('DeleteQueue', created);
  await expect(call('SendMessage', { ...created, MessageBody: 'a' })).rejects.toMatchObject({
    code: 'QueueDoesNotExist',
  });
});

test('a FIFO queue is refused, since it is not emulated', async () => {
  const { call } = testSqs();
  const creation = call('CreateQueue', { QueueName: 'a.fifo', Attributes: { FifoQueue: 'true' } });
  await expect(creation).rejects.toMatchObject({
    code: 'UnsupportedOperation',
    message: "FIFO queues are not emulated here, so a.fifo can't be created.",
  });
});

test('tags can be put on a queue and taken off', async () => {
  const { call } = testSqs();
  await call('TagQueue', { Tags: { team: 'depot', cost: '7' } });
  await call('UntagQueue', { TagKeys: ['team'] });
  expect(await call('ListQueueTags')).toEqual({ Tags: { cost: '7' } });
});

test('a purge drops all messages, and can be had once a minute', async () => {
  const { call, receive, clock } = testSqs();
  await call('SendMessage', { MessageBody: 'in flight' });
  await receive({ VisibilityTimeout: 1 });
  await call('SendMessage', { MessageBody: 'waits' });
  await call('PurgeQueue');
  await clock.advance(1_000);
  expect(await receive()).toEqual([]);
  await expect(call('PurgeQueue')).rejects.toMatchObject({
    code: 'PurgeQueueInProgress',
    status: 403,
    message: 'Only one PurgeQueue operation on parcels is allowed every 60 seconds.',
  });
  await clock.advance(59_000);
  expect(await call('PurgeQueue')).toEqual({});
});

test('each operation needs the right of its name on the queue, a batch that of its single call', () => {
  const { operations } = testSqs().sqs.service;
  const resource = 'arn:aws:sqs:eu-west-1:123456789012:parcels';
  const QueueUrl = `${endpoint}/123456789012/parcels`;
  expect(operations.SendMessage?.needs({ QueueUrl })).toEqual([{ action: 'sqs:SendMessage', resource }]);
  expect(operations.SendMessageBatch?.needs({ QueueUrl })).toEqual([{ action: 'sqs:SendMessage', resource }]);
  expect(operations.GetQueueUrl?.needs({ QueueName: 'parcels' })).toEqual([
    { action: 'sqs:GetQueueUrl', resource },
  ]);
  for (const operation of Object.values(operations))
    expect(() => operation.needs({ QueueUrl: 7 })).not.toThrow();
});
