import { expect, test } from 'vitest';
import { queueModel, testSqs } from './test-sqs.ts';

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html
test('a long poll gets a message the moment it is sent', async () => {
  const { call, receive, clock } = testSqs();
  const poll = receive({ WaitTimeSeconds: 20 });
  await call('SendMessage', { MessageBody: 'a' });
  expect(await poll).toHaveLength(1);
  expect(clock.elapsedMs()).toBe(0);
});

test('a long poll gets a message the moment its visibility timeout ends', async () => {
  const { call, receive, clock } = testSqs();
  await call('SendMessage', { MessageBody: 'a' });
  await receive({ VisibilityTimeout: 5 });
  const poll = receive({ WaitTimeSeconds: 20 });
  await clock.advance(5_000);
  expect(await poll).toMatchObject([{ Attributes: { ApproximateReceiveCount: '2' } }]);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html: an empty response is sent only if the polling wait time expires
test('a long poll ends with nothing when its time is up', async () => {
  const { receive, clock } = testSqs();
  const poll = receive({ WaitTimeSeconds: 20 });
  await clock.advance(20_000);
  expect(await poll).toEqual([]);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html, ReceiveMessageWaitTimeSeconds
test('the queue itself can make every receive a long poll', async () => {
  const { call, receive } = testSqs([queueModel('parcels', { receiveWaitSeconds: 10 })]);
  const poll = receive();
  await call('SendMessage', { MessageBody: 'a' });
  expect(await poll).toHaveLength(1);
});

test('of two long polls the older gets the message', async () => {
  const { call, receive, clock } = testSqs();
  const older = receive({ WaitTimeSeconds: 20 });
  const younger = receive({ WaitTimeSeconds: 20 });
  await call('SendMessage', { MessageBody: 'a' });
  expect(await older).toHaveLength(1);
  await clock.advance(20_000);
  expect(await younger).toEqual([]);
});

test('a client that went away takes no message', async () => {
  const { call, receive } = testSqs();
  const client = new AbortController();
  const poll = call('ReceiveMessage', { WaitTimeSeconds: 20 }, { signal: client.signal });
  client.abort();
  expect(await poll).toEqual({});
  await call('SendMessage', { MessageBody: 'a' });
  expect(await receive()).toMatchObject([{ Attributes: { ApproximateReceiveCount: '1' } }]);
});

test('a client that was gone before its request was read takes no message', async () => {
  const { call, receive } = testSqs();
  await call('SendMessage', { MessageBody: 'a' });
  expect(await call('ReceiveMessage', {}, { signal: AbortSignal.abort() })).toEqual({});
  expect(await receive()).toHaveLength(1);
});

test('two long polls with a visibility timeout of 0 both get the message, and end', async () => {
  const { call, receive } = testSqs();
  const polls = [
    receive({ WaitTimeSeconds: 20, VisibilityTimeout: 0 }),
    receive({ WaitTimeSeconds: 20, VisibilityTimeout: 0 }),
  ];
  await call('SendMessage', { MessageBody: 'a' });
  expect((await Promise.all(polls)).flat()).toHaveLength(2);
});

test('stop ends the long polls and leaves nothing on the clock', async () => {
  const { sqs, call, receive, clock } = testSqs([queueModel('parcels'), queueModel('letters')]);
  await call('SendMessage', { QueueUrl: 'letters', MessageBody: 'a' });
  await call('SendMessage', { QueueUrl: 'letters', MessageBody: 'b', DelaySeconds: 9 });
  const poll = receive({ WaitTimeSeconds: 20 });
  sqs.stop();
  expect(await poll).toEqual([]);
  expect(clock.waiting()).toBe(0);
});
