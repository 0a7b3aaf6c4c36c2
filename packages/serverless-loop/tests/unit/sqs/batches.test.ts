import { expect, test } from 'vitest';
import { queueModel, testSqs } from './test-sqs.ts';

const entries = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ Id: `e${index}`, MessageBody: `${index}` }));

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html: "Because the batch request can result in a combination of successful and unsuccessful actions, you should check for batch errors"
test('a batch sends its good entries and tells of the bad ones', async () => {
  const { call, receive } = testSqs([queueModel('parcels', { maximumMessageBytes: 1024 })]);
  const answer = await call('SendMessageBatch', {
    Entries: [
      { Id: 'good', MessageBody: 'a' },
      { Id: 'long', MessageBody: 'x'.repeat(1025) },
      { Id: 'empty', MessageBody: '' },
    ],
  });
  expect(answer).toMatchObject({
    Successful: [{ Id: 'good', MD5OfMessageBody: '0cc175b9c0f1b6a831c399e269772661' }],
    Failed: [
      { Id: 'long', Code: 'InvalidParameterValue', SenderFault: true },
      { Id: 'empty', Code: 'MissingParameter', SenderFault: true },
    ],
  });
  expect(await receive({ MaxNumberOfMessages: 10 })).toHaveLength(1);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html, and API_ChangeMessageVisibilityBatch.html
test('a batch deletes, and changes visibility, by receipt handle', async () => {
  const { call, receive } = testSqs();
  await call('SendMessageBatch', { Entries: entries(2) });
  const [first, second] = await receive({ MaxNumberOfMessages: 2 });
  expect(
    await call('DeleteMessageBatch', {
      Entries: [
        { Id: 'a', ReceiptHandle: first?.ReceiptHandle },
        { Id: 'b', ReceiptHandle: 'junk' },
      ],
    }),
  ).toMatchObject({ Successful: [{ Id: 'a' }], Failed: [{ Id: 'b', Code: 'ReceiptHandleIsInvalid' }] });
  expect(
    await call('ChangeMessageVisibilityBatch', {
      Entries: [{ Id: 'a', ReceiptHandle: second?.ReceiptHandle, VisibilityTimeout: 0 }],
    }),
  ).toEqual({ Successful: [{ Id: 'a' }], Failed: [] });
  expect(await receive({ MaxNumberOfMessages: 10 })).toMatchObject([{ Body: '1' }]);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html, Errors: BatchEntryIdsNotDistinct, EmptyBatchRequest, InvalidBatchEntryId, TooManyEntriesInBatchRequest
test.each([
  ['EmptyBatchRequest', [], 'There should be at least one SendMessageBatchRequestEntry in the request.'],
  [
    'TooManyEntriesInBatchRequest',
    entries(20),
    'Maximum number of entries per request are 10. You have sent 20.',
  ],
  ['BatchEntryIdsNotDistinct', [...entries(1), ...entries(1)], 'Id e0 repeated.'],
  [
    'InvalidBatchEntryId',
    [{ Id: 'a:b', MessageBody: 'x' }],
    'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
  ],
  [
    'BatchRequestTooLong',
    [
      { Id: 'a', MessageBody: 'x'.repeat(1_048_576) },
      { Id: 'b', MessageBody: 'y' },
    ],
    'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
  ],
])('%s spoils the whole batch', async (code, Entries, message) => {
  const { call, receive } = testSqs();
  await expect(call('SendMessageBatch', { Entries })).rejects.toMatchObject({
    code,
    message,
    headers: { 'x-amzn-query-error': `AWS.SimpleQueueService.${code};Sender` },
  });
  expect(await receive()).toEqual([]);
});

// localstack/localstack, tests/aws/services/sqs/test_sqs.snapshot.json, test_send_batch_message_size.
test('an entry that is too large for its queue is refused in words of its own', async () => {
  const { call } = testSqs([queueModel('parcels', { maximumMessageBytes: 1_024 })]);
  const Entries = [
    { Id: 'a', MessageBody: 'a'.repeat(1_025) },
    { Id: 'b', MessageBody: 'a'.repeat(1_024) },
  ];
  expect(await call('SendMessageBatch', { Entries })).toMatchObject({
    Successful: [{ Id: 'b' }],
    Failed: [
      {
        Id: 'a',
        Code: 'InvalidParameterValue',
        Message:
          'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.',
      },
    ],
  });
});
