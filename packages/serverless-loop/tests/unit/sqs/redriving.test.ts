import { expect, test } from 'vitest';
import { queueModel, testSqs } from './test-sqs.ts';

const deadLetters = queueModel('dead-parcels');
const parcels = queueModel('parcels', { redrive: { deadLetterArn: deadLetters.arn, maxReceiveCount: 2 } });

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html: maxReceiveCount, and that a standard queue keeps the enqueue timestamp
test('after maxReceiveCount receives a message goes to the dead-letter queue with its id, age and count', async () => {
  const { call, receive, facts } = testSqs([parcels, deadLetters]);
  await call('SendMessage', {
    MessageBody: 'a',
    MessageAttributes: { kind: { DataType: 'String', StringValue: 'box' } },
  });
  const [first] = await receive({ VisibilityTimeout: 0 });
  await receive({ VisibilityTimeout: 0 });
  expect(await receive()).toEqual([]);

  const dead = await receive({ QueueUrl: 'dead-parcels', MessageAttributeNames: ['All'] });
  expect(dead).toMatchObject([
    {
      MessageId: first?.MessageId,
      Body: 'a',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'box' } },
      Attributes: {
        ApproximateReceiveCount: '3',
        DeadLetterQueueSourceArn: parcels.arn,
        SentTimestamp: first?.Attributes.SentTimestamp,
      },
    },
  ]);
  expect(facts).toContainEqual({
    kind: 'queue.sent',
    queueName: 'dead-parcels',
    messageId: first?.MessageId,
    sender: parcels.arn,
    sizeBytes: 14,
  });
});

test('a long poll on the dead-letter queue gets the message when it is moved', async () => {
  const { call, receive } = testSqs([parcels, deadLetters]);
  const poll = receive({ QueueUrl: 'dead-parcels', WaitTimeSeconds: 20 });
  await call('SendMessage', { MessageBody: 'a' });
  for (let times = 0; times < 3; times += 1) await receive({ VisibilityTimeout: 0 });
  expect(await poll).toHaveLength(1);
});

test('a message stays when the dead-letter queue does not exist', async () => {
  const { call, receive } = testSqs([parcels]);
  await call('SendMessage', { MessageBody: 'a' });
  for (let times = 0; times < 3; times += 1) expect(await receive({ VisibilityTimeout: 0 })).toHaveLength(1);
});

test('two queues that are each other’s dead-letter queue toss a message only once', async () => {
  const loops = queueModel('dead-parcels', { redrive: { deadLetterArn: parcels.arn, maxReceiveCount: 1 } });
  const { call, receive } = testSqs([parcels, loops]);
  await call('SendMessage', { MessageBody: 'a' });
  for (let times = 0; times < 3; times += 1) await receive({ VisibilityTimeout: 0 });
  expect(await receive()).toEqual([]);
  expect(await receive({ QueueUrl: 'dead-parcels' })).toHaveLength(1);
});
