import { expect, test } from 'vitest';
import { queueModel, testSqs } from './test-sqs.ts';

test('a queue that comes later takes messages, and keeps them when its settings change', async () => {
  const { sqs, call, receive } = testSqs([]);
  const before = queueModel('parcels');
  sqs.queues.add(before);
  await call('SendMessage', { MessageBody: 'box 7' });
  sqs.queues.change({ ...before, visibilityTimeoutSeconds: 60 }, before);

  expect(await call('GetQueueAttributes', { AttributeNames: ['VisibilityTimeout'] })).toEqual({
    Attributes: { VisibilityTimeout: '60' },
  });
  expect(await receive()).toHaveLength(1);
});

test('a queue that goes is unknown', async () => {
  const { sqs, call } = testSqs();
  sqs.queues.remove(queueModel('parcels'));
  expect(sqs.queues.has('parcels')).toBe(false);
  await expect(call('SendMessage', { MessageBody: 'box 7' })).rejects.toThrow('does not exist');
});
