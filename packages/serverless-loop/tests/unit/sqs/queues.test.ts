import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/aws/json-object.ts';
import { needed } from '../../operation-calls.ts';
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

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html
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

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListDeadLetterSourceQueues.html
test('ListDeadLetterSourceQueues lists the queues whose dead letters a queue gets, in pages', async () => {
  const redrive = { deadLetterArn: queueModel('dead').arn, maxReceiveCount: 3 };
  const { call } = testSqs([
    ...['b', 'a', 'c'].map((name) => queueModel(name, { redrive })),
    queueModel('dead'),
    queueModel('other', { redrive: { ...redrive, deadLetterArn: queueModel('a').arn } }),
  ]);
  const url = (name: string) => `${endpoint}/123456789012/${name}`;
  const list = (input: JsonObject) => call('ListDeadLetterSourceQueues', { QueueUrl: url('dead'), ...input });
  expect(await list({})).toEqual({ queueUrls: ['a', 'b', 'c'].map(url) });
  const first = await list({ MaxResults: 2 });
  expect(first).toEqual({ queueUrls: ['a', 'b'].map(url), NextToken: expect.any(String) });
  expect(await list({ MaxResults: 2, NextToken: first.NextToken })).toEqual({ queueUrls: [url('c')] });
  // A token counts for the list that it came with.
  await expect(list({ QueueUrl: url('a'), NextToken: first.NextToken })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
  });
  expect(await list({ QueueUrl: url('other') })).toEqual({ queueUrls: [] });
  await expect(list({ MaxResults: 1001 })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message:
      'Value 1001 for parameter MaxResults is invalid. Reason: Must be between 1 and 1000, if provided.',
  });
  await expect(list({ QueueUrl: url('nobody') })).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html: the names and values of attributes of a queue that exists must be the same, else QueueNameExists
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

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_TagQueue.html, and API_UntagQueue.html
test('tags can be put on a queue and taken off', async () => {
  const { call } = testSqs();
  await call('TagQueue', { Tags: { team: 'depot', cost: '7' } });
  await call('UntagQueue', { TagKeys: ['team'] });
  expect(await call('ListQueueTags')).toEqual({ Tags: { cost: '7' } });
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html: "PurgeQueueInProgress: … within the last 60 seconds"
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

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
test('each operation needs the right of its name on the queue, a batch that of its single call', () => {
  const { operations } = testSqs().sqs.service;
  const resource = 'arn:aws:sqs:eu-west-1:123456789012:parcels';
  const QueueUrl = `${endpoint}/123456789012/parcels`;
  expect(needed(operations.SendMessage, { QueueUrl })).toEqual([{ action: 'sqs:SendMessage', resource }]);
  expect(needed(operations.SendMessageBatch, { QueueUrl })).toEqual([
    { action: 'sqs:SendMessage', resource },
  ]);
  expect(needed(operations.GetQueueUrl, { QueueName: 'parcels' })).toEqual([
    { action: 'sqs:GetQueueUrl', resource },
  ]);
  expect(needed(operations.ListDeadLetterSourceQueues, { QueueUrl })).toEqual([
    { action: 'sqs:ListDeadLetterSourceQueues', resource },
  ]);
  for (const operation of Object.values(operations))
    expect(() => needed(operation, { QueueUrl: 7 })).not.toThrow();
});
