import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/aws/json-object.ts';
import { DEFAULT_FIFO } from '../../../src/services/sqs/fifo/fifo-settings.ts';
import type { QueueModel } from '../../../src/template/model.ts';
import { endpoint, queueModel, testSqs } from './test-sqs.ts';

/** SQS with a FIFO queue that knows a message by its body, and others. */
function testFifo(settings: Partial<QueueModel> = {}, others: QueueModel[] = []) {
  const row = queueModel('row.fifo', { fifo: { ...DEFAULT_FIFO, isContentBased: true }, ...settings });
  const sqs = testSqs([row, ...others]);
  const QueueUrl = `${endpoint}/123456789012/row.fifo`;
  const receive = (input: JsonObject = {}) => sqs.receive({ QueueUrl, MaxNumberOfMessages: 10, ...input });
  return {
    ...sqs,
    QueueUrl,
    receive,
    call: (operation: string, input: JsonObject = {}) => sqs.call(operation, { QueueUrl, ...input }),
    send: (MessageBody: string, MessageGroupId = 'g1', more: JsonObject = {}) =>
      sqs.call('SendMessage', { QueueUrl, MessageBody, MessageGroupId, ...more }),
    bodies: async (input: JsonObject = {}) => (await receive(input)).map(({ Body }) => Body),
  };
}

/** SQS guide, "FIFO queue delivery logic"; what AWS answered: localstack/localstack, tests/aws/services/sqs/test_sqs.py. */
describe('the order of a FIFO queue', () => {
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html: SQS first attempts to return as many messages with the same group id as possible
  test('is that of sending within a group, and a receive has as much of one group as it can', async () => {
    const { send, bodies } = testFifo();
    for (const [body, group] of [
      ['g1-m1', 'g1'],
      ['g2-m1', 'g2'],
      ['g1-m2', 'g1'],
      ['g1-m3', 'g1'],
    ])
      await send(body ?? '', group);
    expect(await bodies()).toEqual(['g1-m1', 'g1-m2', 'g1-m3', 'g2-m1']);
  });

  test('lets the groups that were not received from come first', async () => {
    const { send, bodies } = testFifo();
    for (const body of ['g1-m1', 'g2-m1', 'g2-m2', 'g3-m1', 'g1-m2']) await send(body, body.slice(0, 2));
    expect(await bodies({ MaxNumberOfMessages: 3, VisibilityTimeout: 0 })).toEqual([
      'g1-m1',
      'g1-m2',
      'g2-m1',
    ]);
    expect(await bodies()).toEqual(['g3-m1', 'g1-m1', 'g1-m2', 'g2-m1', 'g2-m2']);
  });

  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
  test('holds a group back while a message of it is in flight', async () => {
    const { send, bodies, receive, call, clock } = testFifo({ visibilityTimeoutSeconds: 30 });
    for (const body of ['g1-m1', 'g1-m2', 'g1-m3', 'g2-m1']) await send(body, body.slice(0, 2));
    const [first, second] = await receive({ MaxNumberOfMessages: 2 });
    expect(await bodies()).toEqual(['g2-m1']);
    await call('DeleteMessage', { ReceiptHandle: first?.ReceiptHandle });
    expect(await bodies()).toEqual([]);
    await call('DeleteMessage', { ReceiptHandle: second?.ReceiptHandle });
    expect(await bodies()).toEqual(['g1-m3']);
    await clock.advance(30_000);
    expect(await bodies()).toEqual(['g2-m1', 'g1-m3']);
  });

  test('wakes a long poll when the message that held its group back is deleted', async () => {
    const { send, bodies, receive, call } = testFifo();
    await send('a');
    await send('b');
    const [first] = await receive({ MaxNumberOfMessages: 1 });
    const poll = bodies({ WaitTimeSeconds: 20 });
    await call('DeleteMessage', { ReceiptHandle: first?.ReceiptHandle });
    expect(await poll).toEqual(['b']);
  });

  test.each([
    [0, []],
    [1, ['foo']],
    [2, ['foo', 'bar']],
  ])('with message %i in flight for longer gives those before it', async (position, expected) => {
    const { send, bodies, receive, call, clock } = testFifo({ visibilityTimeoutSeconds: 1 });
    for (const body of ['foo', 'bar', 'baz']) await send(body);
    const ReceiptHandle = (await receive())[position]?.ReceiptHandle;
    await call('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 4 });
    await clock.advance(2_500);
    expect(await bodies()).toEqual(expected);
  });

  test('has a delay for the queue alone, which a change gives to messages that wait, too', async () => {
    const { send, bodies, call, clock } = testFifo({ delaySeconds: 60 });
    await expect(send('a', 'g1', { DelaySeconds: 2 })).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message:
        'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
    });
    await send('a', 'g1', { DelaySeconds: 0 });
    expect(await bodies()).toEqual([]);
    await call('SetQueueAttributes', { Attributes: { DelaySeconds: '5' } });
    await clock.advance(5_000);
    expect(await bodies()).toEqual(['a']);
  });
});

/** SQS guide, "Exactly-once processing in Amazon SQS". */
describe('deduplication', () => {
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html: the interval is five minutes, and the message is still tracked after it was received and deleted
  test('keeps one message of an id in five minutes, even a deleted one, and answers as for the first', async () => {
    const { send, receive, call, bodies, clock, facts } = testFifo();
    const first = await send('a', 'g1', { MessageDeduplicationId: 'x' });
    const [message] = await receive();
    await call('DeleteMessage', { ReceiptHandle: message?.ReceiptHandle });
    await clock.advance(299_999);
    const { MessageId, SequenceNumber } = await send('b', 'g2', { MessageDeduplicationId: 'x' });
    expect({ MessageId, SequenceNumber }).toEqual({
      MessageId: first.MessageId,
      SequenceNumber: first.SequenceNumber,
    });
    expect(facts.at(-1)).toEqual({
      kind: 'queue.deduplicated',
      queueName: 'row.fifo',
      messageId: first.MessageId,
      sender: '123456789012',
    });
    expect(await bodies()).toEqual([]);
    await clock.advance(1);
    await send('c', 'g1', { MessageDeduplicationId: 'x' });
    expect(await bodies()).toEqual(['c']);
  });

  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html, ContentBasedDeduplication: "generate the MessageDeduplicationId using the body of the message (but not the attributes of the message)"
  test('by content is by the body, whatever attributes there are', async () => {
    const { send, bodies } = testFifo();
    await send('a', 'g1', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'box' } } });
    await send('a');
    await send('a', 'g1', { MessageDeduplicationId: 'own' });
    expect(await bodies()).toEqual(['a', 'a']);
  });

  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html: DeduplicationScope
  test('by group knows an id once in each group', async () => {
    const fifo = { ...DEFAULT_FIFO, deduplicationScope: 'messageGroup' as const };
    const { send, bodies } = testFifo({ fifo });
    for (const group of ['g1', 'g2', 'g1']) await send(group, group, { MessageDeduplicationId: 'x' });
    expect(await bodies()).toEqual(['g1', 'g2']);
  });

  test('forgets all when the queue is purged', async () => {
    const { send, call, bodies } = testFifo();
    await send('a');
    await call('PurgeQueue');
    await send('a');
    expect(await bodies()).toEqual(['a']);
  });
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html, MessageGroupId, MessageDeduplicationId, SequenceNumber
test('a message shows its group, its deduplication id and a number that grows, each time it is received', async () => {
  const { send, receive } = testFifo({ fifo: DEFAULT_FIFO });
  const sent = await send('a', 'g1', { MessageDeduplicationId: 'd1' });
  const next = await send('b', 'g1', { MessageDeduplicationId: 'd2' });
  expect(sent.SequenceNumber).toMatch(/^\d{20}$/);
  expect(String(next.SequenceNumber) > String(sent.SequenceNumber)).toBe(true);
  for (const count of ['1', '2'])
    expect((await receive({ VisibilityTimeout: 0, MaxNumberOfMessages: 1 }))[0]?.Attributes).toMatchObject({
      ApproximateReceiveCount: count,
      MessageGroupId: 'g1',
      MessageDeduplicationId: 'd1',
      SequenceNumber: sent.SequenceNumber,
    });
});

// LocalStack's records, test_sqs.snapshot.json, test_posting_to_fifo_requires_deduplicationid_group_id and test_send_batch_missing_….
test('a message needs a group and a deduplication id, and one that has none spoils its batch', async () => {
  const { call } = testFifo({ fifo: DEFAULT_FIFO });
  const noId =
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly';
  const noGroup = 'The request must contain the parameter MessageGroupId.';
  const whole = { MessageBody: 'a', MessageGroupId: 'g', MessageDeduplicationId: 'd' };
  await expect(call('SendMessage', { ...whole, MessageGroupId: undefined })).rejects.toMatchObject({
    code: 'MissingRequiredParameterException',
    message: noGroup,
  });
  await expect(call('SendMessage', { ...whole, MessageDeduplicationId: undefined })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: noId,
  });
  for (const [missing, message] of [
    ['MessageGroupId', noGroup],
    ['MessageDeduplicationId', noId],
  ] as const) {
    const Entries = [
      { Id: '1', ...whole },
      { Id: '2', ...whole, [missing]: undefined },
    ];
    await expect(call('SendMessageBatch', { Entries })).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message,
    });
  }
  // The same file's test_message_deduplication_id_invalid.
  await expect(call('SendMessage', { ...whole, MessageDeduplicationId: 'a b' })).rejects.toThrow(
    'Value a b for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
  );
});

// LocalStack's record, test_sqs.snapshot.json, test_fifo_delete_after_visibility_timeout and …_extended.
test('a message whose visibility timeout is over can’t be deleted, one whose was extended can', async () => {
  const { send, receive, call, clock } = testFifo({ visibilityTimeoutSeconds: 1 });
  await send('a');
  const [late] = await receive();
  await clock.advance(1_000);
  await expect(call('DeleteMessage', { ReceiptHandle: late?.ReceiptHandle })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: `Value ${late?.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
  });
  const [again] = await receive();
  await expect(call('DeleteMessage', { ReceiptHandle: late?.ReceiptHandle })).rejects.toThrow('has expired');
  await call('ChangeMessageVisibility', { ReceiptHandle: again?.ReceiptHandle, VisibilityTimeout: 5 });
  await clock.advance(1_500);
  await call('DeleteMessage', { ReceiptHandle: again?.ReceiptHandle });
  await call('DeleteMessage', { ReceiptHandle: again?.ReceiptHandle });
  expect(await receive()).toEqual([]);
});

/** SQS API reference, "ReceiveMessage", ReceiveRequestAttemptId. */
describe('an attempt to receive that is made again', () => {
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html, ReceiveRequestAttemptId
  test('has the same messages by the same handles, in flight anew', async () => {
    const { send, receive, bodies, clock } = testFifo({ visibilityTimeoutSeconds: 10 });
    await send('a');
    await send('b');
    const attempt = { ReceiveRequestAttemptId: 'try', MaxNumberOfMessages: 1 };
    const first = await receive(attempt);
    await clock.advance(9_000);
    expect(await receive(attempt)).toEqual(first);
    await clock.advance(9_000);
    expect(await bodies()).toEqual([]);
    await clock.advance(1_000);
    expect(await bodies(attempt)).toEqual(['a']);
  });

  test('has others once one of them was deleted or changed', async () => {
    const { send, receive, bodies, call } = testFifo();
    await send('a');
    await send('b', 'g2');
    const attempt = { ReceiveRequestAttemptId: 'try', MaxNumberOfMessages: 1 };
    const [first] = await receive(attempt);
    await call('ChangeMessageVisibility', { ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 60 });
    expect(await bodies(attempt)).toEqual(['b']);
  });

  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html, ReceiveRequestAttemptId: "This parameter applies only to FIFO"
  test('is of FIFO queues alone', async () => {
    const { call } = testSqs();
    await expect(call('ReceiveMessage', { ReceiveRequestAttemptId: 'try' })).rejects.toThrow(
      'Value try for parameter ReceiveRequestAttemptId is invalid. Reason: The request include parameter that is not valid for this queue type.',
    );
  });
});

describe('the dead-letter queue of a FIFO queue', () => {
  const dead = queueModel('dead.fifo', { fifo: DEFAULT_FIFO });
  const redrive = { deadLetterArn: dead.arn, maxReceiveCount: 2 };

  // localstack/localstack, test_sqs.py, test_dead_letter_queue_with_fifo_and_content_based_deduplication; SQS guide, "Using
  // dead-letter queues in Amazon SQS": "the enqueue timestamp resets".
  test('gets a message with its id, its group and a new age, and the group goes on', async () => {
    const { send, receive, bodies, clock } = testFifo({ redrive }, [dead]);
    const { MessageId } = await send('a');
    await send('b');
    await clock.advance(1_000);
    for (let times = 0; times < 2; times += 1)
      await receive({ VisibilityTimeout: 0, MaxNumberOfMessages: 1 });
    expect(await bodies()).toEqual(['b']);
    const [letter] = await receive({ QueueUrl: 'dead.fifo' });
    expect(letter).toMatchObject({
      MessageId,
      Body: 'a',
      Attributes: { MessageGroupId: 'g1', SentTimestamp: String(clock.now()) },
    });
  });

  // The words: byu-oit/handel, issue 253.
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html: "The dead-letter queue of a FIFO queue must also be a FIFO queue"
  test('is a FIFO queue, as that of a standard queue is none', async () => {
    const standard = queueModel('dead');
    const { call } = testFifo({}, [dead, standard, queueModel('parcels')]);
    const policyOf = (deadLetterTargetArn: string) =>
      JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 });
    for (const [QueueUrl, arn] of [
      ['row.fifo', standard.arn],
      ['parcels', dead.arn],
    ] as const) {
      const Attributes = { RedrivePolicy: policyOf(arn) };
      await expect(call('SetQueueAttributes', { QueueUrl, Attributes })).rejects.toMatchObject({
        code: 'InvalidParameterValueException',
        message: `Value ${policyOf(arn)} for parameter RedrivePolicy is invalid. Reason: Dead-letter queue must be same type of queue as the source.`,
      });
    }
    await call('SetQueueAttributes', { Attributes: { RedrivePolicy: policyOf(dead.arn) } });
  });
});

test('a message of another service goes into a group, by its content or its id', async () => {
  const { sqs, bodies } = testFifo();
  const sender = {
    service: 'events.amazonaws.com',
    sourceArn: 'arn:aws:events:eu-west-1:123456789012:rule/r',
  };
  const arn = 'arn:aws:sqs:eu-west-1:123456789012:row.fifo';
  expect(() => sqs.receive(arn, { body: 'a' }, sender)).toThrow('must contain the parameter MessageGroupId');
  sqs.receive(arn, { body: 'a', groupId: 'g1' }, sender);
  sqs.receive(arn, { body: 'a', groupId: 'g1', deduplicationId: 'x' }, sender);
  sqs.receive(arn, { body: 'a', groupId: 'g1' }, sender);
  expect(await bodies()).toEqual(['a', 'a']);
});
