import { expect, test } from 'vitest';
import { queueModel, testSqs } from './test-sqs.ts';

const bodies = (messages: { Body: string }[]) => messages.map(({ Body }) => Body);

test('messages come in the order in which they were sent', async () => {
  const { call, receive } = testSqs();
  for (const MessageBody of ['a', 'b', 'c']) await call('SendMessage', { MessageBody });
  expect(bodies(await receive({ MaxNumberOfMessages: 2 }))).toEqual(['a', 'b']);
  expect(bodies(await receive({ MaxNumberOfMessages: 10 }))).toEqual(['c']);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html, MaxNumberOfMessages: "Valid values: 1 to 10. Default: 1."
test('a receive gets one message unless it asks for more', async () => {
  const { call, receive } = testSqs();
  await call('SendMessage', { MessageBody: 'a' });
  await call('SendMessage', { MessageBody: 'b' });
  expect(await receive()).toHaveLength(1);
});

test('an empty queue answers without Messages', async () => {
  const { call } = testSqs();
  expect(await call('ReceiveMessage')).toEqual({});
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
test('a received message is invisible for the visibility timeout, then comes again', async () => {
  const { call, receive, clock } = testSqs();
  await call('SendMessage', { MessageBody: 'a' });
  const [first] = await receive();
  await clock.advance(29_999);
  expect(await receive()).toEqual([]);
  await clock.advance(1);
  const [second] = await receive();
  expect(second?.MessageId).toBe(first?.MessageId);
  expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
  expect(second?.Attributes).toMatchObject({
    SenderId: '123456789012',
    SentTimestamp: String(Date.UTC(2026, 10, 23, 9, 30)),
    ApproximateFirstReceiveTimestamp: String(Date.UTC(2026, 10, 23, 9, 30)),
    ApproximateReceiveCount: '2',
  });
});

test('a visibility timeout of 0 leaves the message for the next', async () => {
  const { call, receive } = testSqs();
  await call('SendMessage', { MessageBody: 'a' });
  expect(await receive({ VisibilityTimeout: 0 })).toHaveLength(1);
  expect(await receive({ VisibilityTimeout: 0 })).toHaveLength(1);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html: the new timeout counts from the time of the call
test('changing the visibility counts from now', async () => {
  const { call, receive, clock } = testSqs();
  await call('SendMessage', { MessageBody: 'a' });
  const [message] = await receive();
  await clock.advance(20_000);
  await call('ChangeMessageVisibility', { ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 60 });
  await clock.advance(59_999);
  expect(await receive()).toEqual([]);
  await clock.advance(1);
  expect(await receive()).toHaveLength(1);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html: "the maximum visibility timeout … is 12 hours" from when the message was received
test('no message can be invisible for more than 12 hours from its receive', async () => {
  const { call, receive, clock } = testSqs();
  await call('SendMessage', { MessageBody: 'a' });
  const [message] = await receive();
  await clock.advance(1000);
  const change = call('ChangeMessageVisibility', {
    ReceiptHandle: message?.ReceiptHandle,
    VisibilityTimeout: 43_200,
  });
  await expect(change).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: expect.stringContaining('beyond the limit [43200 seconds]'),
  });
});

test('a deleted message does not come again', async () => {
  const { call, receive, clock, facts } = testSqs();
  await call('SendMessage', { MessageBody: 'a' });
  const [message] = await receive();
  await call('DeleteMessage', { ReceiptHandle: message?.ReceiptHandle });
  await call('DeleteMessage', { ReceiptHandle: message?.ReceiptHandle });
  await clock.advance(60_000);
  expect(await receive()).toEqual([]);
  expect(facts.map(({ kind }) => kind)).toEqual(['queue.sent', 'queue.received', 'queue.deleted']);
});

test('a message can be deleted after its visibility timeout as long as nobody received it anew', async () => {
  const { call, receive, clock } = testSqs();
  await call('SendMessage', { MessageBody: 'a' });
  const [message] = await receive();
  await clock.advance(40_000);
  await call('DeleteMessage', { ReceiptHandle: message?.ReceiptHandle });
  expect(await receive()).toEqual([]);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html: "you must always use the most recent ReceiptHandle"
test('the receipt handle of an earlier receive deletes nothing', async () => {
  const { call, receive, clock } = testSqs();
  await call('SendMessage', { MessageBody: 'a' });
  const [late] = await receive();
  await clock.advance(30_000);
  await receive();
  await call('DeleteMessage', { ReceiptHandle: late?.ReceiptHandle });
  await clock.advance(30_000);
  expect(await receive()).toHaveLength(1);
});

// localstack/localstack, tests/aws/services/sqs/test_sqs.py, test_terminate_visibility_timeout_after_receive (validated on AWS).
test('the receipt handle of an earlier receive changes the visibility, until the message is deleted', async () => {
  const { call, receive } = testSqs();
  await call('SendMessage', { MessageBody: 'a' });
  const [earlier] = await receive({ VisibilityTimeout: 0 });
  await receive({ VisibilityTimeout: 3 });
  expect(await receive()).toEqual([]);
  const change = { ReceiptHandle: earlier?.ReceiptHandle, VisibilityTimeout: 0 };
  await call('ChangeMessageVisibility', change);
  const [latest] = await receive();
  expect(latest).toMatchObject({ Body: 'a' });
  await call('DeleteMessage', { ReceiptHandle: latest?.ReceiptHandle });
  await expect(call('ChangeMessageVisibility', change)).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: expect.stringContaining(
      'Message does not exist or is not available for visibility timeout change.',
    ),
  });
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-timers.html
test('a delayed message comes after its delay, and counts as delayed until then', async () => {
  const { call, receive, clock } = testSqs();
  await call('SendMessage', { MessageBody: 'a', DelaySeconds: 5 });
  expect(await receive()).toEqual([]);
  expect(
    await call('GetQueueAttributes', { AttributeNames: ['ApproximateNumberOfMessagesDelayed'] }),
  ).toEqual({
    Attributes: { ApproximateNumberOfMessagesDelayed: '1' },
  });
  await clock.advance(5_000);
  expect(await receive()).toHaveLength(1);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-timers.html
test('a delay of 0 wins over the delay of the queue', async () => {
  const { call, receive } = testSqs([queueModel('parcels', { delaySeconds: 10 })]);
  await call('SendMessage', { MessageBody: 'later' });
  await call('SendMessage', { MessageBody: 'now', DelaySeconds: 0 });
  expect(bodies(await receive({ MaxNumberOfMessages: 10 }))).toEqual(['now']);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html, MessageRetentionPeriod
test('a message older than the retention period is gone, in flight or not', async () => {
  const { call, receive, clock } = testSqs([queueModel('parcels', { messageRetentionSeconds: 60 })]);
  await call('SendMessage', { MessageBody: 'in flight' });
  await receive({ VisibilityTimeout: 120 });
  await call('SendMessage', { MessageBody: 'waits' });
  await clock.advance(60_000);
  expect(await receive()).toEqual([]);
  expect(clock.waiting()).toBe(0);
});

test('a receipt handle that no queue gave out is refused', async () => {
  const { call } = testSqs();
  await expect(call('DeleteMessage', { ReceiptHandle: 'bm90aGluZw==' })).rejects.toMatchObject({
    code: 'ReceiptHandleIsInvalid',
    message: 'The input receipt handle "bm90aGluZw==" is not a valid receipt handle.',
  });
});

test.each([
  [
    { MaxNumberOfMessages: 11 },
    'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
  ],
  [
    { MaxNumberOfMessages: 0 },
    'Value 0 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
  ],
  [
    { WaitTimeSeconds: 21 },
    'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
  ],
])('%j is refused in words of SQS', async (input, message) => {
  const { call } = testSqs();
  await expect(call('ReceiveMessage', input)).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    status: 400,
    headers: { 'x-amzn-query-error': 'InvalidParameterValue;Sender' },
    message,
  });
});
