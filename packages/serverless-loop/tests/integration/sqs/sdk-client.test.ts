import {
  CancelMessageMoveTaskCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  paginateListDeadLetterSourceQueues,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  ResourceNotFoundException,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { startClock } from '../../../src/clock.ts';
import type { Fact } from '../../../src/facts.ts';
import { type Sqs, startSqs } from '../../../src/services/sqs/sqs.ts';
import { place, queueModel } from '../../unit/sqs/test-sqs.ts';
import { serveJson } from './sqs-server.ts';

/** SQS behind HTTP on its own port, with one queue and the SDK's client for it. */
async function start() {
  const clock = startClock();
  const facts: Fact[] = [];
  const started: Sqs[] = [];
  const server = await serveJson((endpoint) => {
    const queues = [queueModel('parcels', { url: `${endpoint}/123456789012/parcels` })];
    const sqs = startSqs({
      place,
      endpoint,
      queues,
      clock,
      report: (fact) => facts.push(fact),
      allows: () => true,
      authorizeRole: () => undefined,
    });
    started.push(sqs);
    return sqs.service;
  });
  const client = new SQSClient({
    endpoint: server.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    for (const sqs of started) sqs.stop();
    clock.stop();
    await server.close();
  });
  return { client, facts, server, QueueUrl: `${server.endpoint}/123456789012/parcels` };
}

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html, MD5OfMessageBody and MD5OfMessageAttributes
test('the SDK sends, receives and deletes, and finds every checksum right', async () => {
  const { client, QueueUrl, facts } = await start();
  await client.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: 'Grüße 🥨',
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: 'box' },
        label: { DataType: 'Binary', BinaryValue: Buffer.of(1, 2, 255) },
      },
    }),
  );
  const { Messages: [message] = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
  );
  expect(message).toMatchObject({
    Body: 'Grüße 🥨',
    MessageAttributes: { kind: { StringValue: 'box' }, label: { BinaryValue: new Uint8Array([1, 2, 255]) } },
    Attributes: { ApproximateReceiveCount: '1', SenderId: '123456789012' },
  });
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
  expect(facts.map(({ kind }) => kind)).toEqual(['queue.sent', 'queue.received', 'queue.deleted']);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html, MessageDeduplicationId
test('the SDK sends to a FIFO queue, which knows a message that comes twice', async () => {
  const { client } = await start();
  const { QueueUrl } = await client.send(
    new CreateQueueCommand({
      QueueName: 'row.fifo',
      Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' },
    }),
  );
  const send = new SendMessageCommand({ QueueUrl, MessageBody: 'a', MessageGroupId: 'g' });
  const first = await client.send(send);
  const { MessageId, SequenceNumber } = await client.send(send);
  expect([MessageId, SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
  const receive = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: 10,
    MessageSystemAttributeNames: ['All'],
    ReceiveRequestAttemptId: 'try',
  });
  const { Messages } = await client.send(receive);
  expect(Messages).toMatchObject([{ Attributes: { SequenceNumber, MessageGroupId: 'g' } }]);
  expect((await client.send(receive)).Messages).toEqual(Messages);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
test('the SDK redrives dead letters, lists the task and cancels it, and knows the error of a queue that is not there', async () => {
  const { client, QueueUrl } = await start();
  const SourceArn = 'arn:aws:sqs:eu-west-1:123456789012:parcels';
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: SourceArn, maxReceiveCount: 1 });
  await client.send(new CreateQueueCommand({ QueueName: 'source', Attributes: { RedrivePolicy } }));
  for (const MessageBody of ['a', 'b']) await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  const DestinationArn = SourceArn.replace('parcels', 'source');
  const redrive = { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: 1 };
  const { TaskHandle } = await client.send(new StartMessageMoveTaskCommand(redrive));
  const { Results } = await client.send(new ListMessageMoveTasksCommand({ SourceArn }));
  expect(Results).toMatchObject([{ Status: 'RUNNING', TaskHandle, ApproximateNumberOfMessagesToMove: 2 }]);
  expect(await client.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).toMatchObject({
    ApproximateNumberOfMessagesMoved: 1,
  });
  const lost = client.send(new StartMessageMoveTaskCommand({ SourceArn: `${SourceArn}x` }));
  await expect(lost).rejects.toBeInstanceOf(ResourceNotFoundException);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
test('the SDK gets a batch’s results by id', async () => {
  const { client, QueueUrl } = await start();
  const { Successful, Failed } = await client.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: 'a', MessageBody: 'one' },
        { Id: 'b', MessageBody: 'two', DelaySeconds: 1000 },
      ],
    }),
  );
  expect(Successful?.map(({ Id }) => Id)).toEqual(['a']);
  expect(Failed).toMatchObject([{ Id: 'b', Code: 'InvalidParameterValue', SenderFault: true }]);
});

test('the SDK knows the error of a queue that does not exist', async () => {
  const { client } = await start();
  const error = await client
    .send(new GetQueueUrlCommand({ QueueName: 'nobody' }))
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(QueueDoesNotExist);
  expect(error).toMatchObject({
    message: 'The specified queue does not exist.',
    $metadata: { httpStatusCode: 400 },
  });
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html, WaitTimeSeconds
test('the SDK’s long poll is answered by a message that is sent meanwhile', async () => {
  const { client, QueueUrl, server } = await start();
  const poll = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  await expect.poll(server.open).toBe(1);
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  expect((await poll).Messages).toMatchObject([{ Body: 'a' }]);
});

test('a client that hangs up during a long poll takes no message', async () => {
  const { client, QueueUrl, server } = await start();
  const hangUp = new AbortController();
  const poll = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), {
    abortSignal: hangUp.signal,
  });
  await expect.poll(server.open).toBe(1);
  hangUp.abort();
  await expect(poll).rejects.toThrow();
  await expect.poll(server.open).toBe(0);
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  expect((await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toHaveLength(1);
});

test('the SDK lists queues and reads their attributes', async () => {
  const { client, QueueUrl } = await start();
  expect((await client.send(new ListQueuesCommand({}))).QueueUrls).toEqual([QueueUrl]);
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] }),
  );
  expect(Attributes).toEqual({ VisibilityTimeout: '30' });
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListDeadLetterSourceQueues.html
test('the SDK pages through the sources of a queue’s dead letters', async () => {
  const { client, QueueUrl } = await start();
  const deadLetterTargetArn = 'arn:aws:sqs:eu-west-1:123456789012:parcels';
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 });
  for (const QueueName of ['letters', 'boxes'])
    await client.send(new CreateQueueCommand({ QueueName, Attributes: { RedrivePolicy } }));
  const pages: unknown[] = [];
  for await (const { queueUrls } of paginateListDeadLetterSourceQueues({ client, pageSize: 1 }, { QueueUrl }))
    pages.push(queueUrls);
  expect(pages).toEqual(['boxes', 'letters'].map((name) => [QueueUrl.replace('parcels', name)]));
});
