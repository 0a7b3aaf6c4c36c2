import { describe, expect, test } from 'vitest';
import { testSqs } from './test-sqs.ts';

const FIFO = { FifoQueue: 'true' };

// LocalStack's record, test_sqs.snapshot.json, test_fifo_set_content_based_deduplication_strategy.
test('a FIFO queue shows its settings, and takes others', async () => {
  const { call } = testSqs([]);
  const created = await call('CreateQueue', {
    QueueName: 'a.fifo',
    Attributes: { ...FIFO, ContentBasedDeduplication: 'True' },
  });
  const { Attributes: before } = await call('GetQueueAttributes', { ...created, AttributeNames: ['All'] });
  expect(before).toMatchObject({
    FifoQueue: 'true',
    ContentBasedDeduplication: 'true',
    DeduplicationScope: 'queue',
    FifoThroughputLimit: 'perQueue',
  });
  await call('SetQueueAttributes', {
    ...created,
    Attributes: { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' },
  });
  const after = await call('GetQueueAttributes', {
    ...created,
    AttributeNames: ['ContentBasedDeduplication', 'FifoThroughputLimit'],
  });
  expect(after.Attributes).toEqual({
    ContentBasedDeduplication: 'true',
    FifoThroughputLimit: 'perMessageGroupId',
  });
});

// The same file's test_create_fifo_queue_with_different_attributes_raises_error.
test('a FIFO queue is created again with the same settings, and not with others', async () => {
  const { call } = testSqs([]);
  const create = (Attributes: Record<string, string>) =>
    call('CreateQueue', { QueueName: 'a.fifo', Attributes });
  const first = await create({ ...FIFO, ContentBasedDeduplication: 'true' });
  expect(await create({ FifoQueue: 'True', ContentBasedDeduplication: 'True' })).toEqual(first);
  await expect(create({ ...FIFO, ContentBasedDeduplication: 'false' })).rejects.toMatchObject({
    code: 'QueueNameExists',
    message:
      'A queue already exists with the same name and a different value for attribute ContentBasedDeduplication',
  });
});

describe('the name of a queue', () => {
  // SQS API reference, "CreateQueue", QueueName.
  test.each(['plain', 'a b.fifo', 'täglich.fifo', `${'a'.repeat(76)}.fifo`, '.fifo'])(
    '%j is none of a FIFO queue',
    async (QueueName) => {
      const { call } = testSqs([]);
      await expect(call('CreateQueue', { QueueName, Attributes: FIFO })).rejects.toMatchObject({
        code: 'InvalidParameterValueException',
        message:
          'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
      });
    },
  );

  test.each(['a.fifo', 'täglich', '注文', 'a'.repeat(81)])(
    '%j is none of a standard queue',
    async (QueueName) => {
      const { call } = testSqs([]);
      await expect(call('CreateQueue', { QueueName })).rejects.toMatchObject({
        code: 'InvalidParameterValueException',
        message: 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      });
    },
  );
});

// The same file's test_create_standard_queue_with_fifo_attribute_raises_error.
test.each([
  [{ FifoQueue: 'false' }, 'Unknown Attribute FifoQueue.'],
  [{ ContentBasedDeduplication: 'false' }, 'Unknown Attribute ContentBasedDeduplication.'],
  [
    { DeduplicationScope: 'queue' },
    'You can specify the DeduplicationScope only when FifoQueue is set to true.',
  ],
  [
    { FifoThroughputLimit: 'perQueue' },
    'You can specify the FifoThroughputLimit only when FifoQueue is set to true.',
  ],
])('a standard queue has no %j', async (Attributes, message) => {
  const { call } = testSqs();
  const refusal = { code: 'InvalidAttributeName', message };
  await expect(call('CreateQueue', { QueueName: 'a', Attributes })).rejects.toMatchObject(refusal);
  await expect(call('SetQueueAttributes', { Attributes })).rejects.toMatchObject(refusal);
});

// The same file's test_set_unsupported_attribute_fifo; the last: SQS API reference, "CreateQueue", FifoThroughputLimit.
test.each([
  [
    { FifoQueue: 'false' },
    'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
  ],
  [{ ContentBasedDeduplication: 'maybe' }, 'Invalid value for the parameter ContentBasedDeduplication.'],
  [{ DeduplicationScope: 'all' }, 'Invalid value for the parameter DeduplicationScope.'],
  [
    { FifoThroughputLimit: 'perMessageGroupId' },
    'The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.',
  ],
])('a FIFO queue refuses %j', async (Attributes, message) => {
  const { call } = testSqs([]);
  const created = await call('CreateQueue', { QueueName: 'a.fifo', Attributes: FIFO });
  await call('SetQueueAttributes', { ...created, Attributes: FIFO });
  await expect(call('SetQueueAttributes', { ...created, Attributes })).rejects.toMatchObject({
    code: 'InvalidAttributeValue',
    message,
  });
});
