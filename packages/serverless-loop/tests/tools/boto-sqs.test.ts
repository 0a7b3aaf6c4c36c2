import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoopUnderTest, runLoop } from '../loop-in-process.ts';
import { type BotoCaller, botoCaller, findBoto } from './boto-caller.ts';
import { depotTemplate } from './depot.ts';

const python = await findBoto();

describe.runIf(python)('SQS as boto3 reads it', () => {
  let running: LoopUnderTest & { stop(): Promise<void> };
  let boto: BotoCaller;
  let QueueUrl: string;
  beforeAll(async () => {
    running = await runLoop(depotTemplate(afterAll));
    boto = botoCaller(python ?? '', running.loop.endpoint);
    QueueUrl = String((await call('CreateQueue', { QueueName: 'boto' })).QueueUrl);
  });
  afterAll(async () => {
    boto.stop();
    await running.stop();
  });
  const call = (operation: string, params?: Record<string, unknown>) => boto.output('sqs', operation, params);

  async function receive(): Promise<{ ReceiptHandle: string }> {
    const { Messages } = await call('ReceiveMessage', {
      QueueUrl,
      AttributeNames: ['All'],
      MessageAttributeNames: ['All'],
      WaitTimeSeconds: 5,
    });
    return Object(Messages)[0];
  }

  async function callMessages(): Promise<void> {
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'x' } };
    await call('SendMessage', { QueueUrl, MessageBody: 'one', MessageAttributes });
    const message = await receive();
    expect(message).toMatchObject({ Body: 'one', MessageAttributes: { kind: { StringValue: 'x' } } });
    const { ReceiptHandle } = message;
    await call('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 30 });
    const Entries = [{ Id: 'a', ReceiptHandle, VisibilityTimeout: 30 }];
    await call('ChangeMessageVisibilityBatch', { QueueUrl, Entries });
    await call('DeleteMessage', { QueueUrl, ReceiptHandle });
    const batch = await call('SendMessageBatch', {
      QueueUrl,
      Entries: [
        { Id: 'a', MessageBody: 'two' },
        { Id: 'b', MessageBody: 'three', DelaySeconds: 901 },
      ],
    });
    expect(batch).toMatchObject({ Successful: [{ Id: 'a' }], Failed: [{ Id: 'b' }] });
    const { ReceiptHandle: second } = await receive();
    expect(
      await call('DeleteMessageBatch', { QueueUrl, Entries: [{ Id: 'a', ReceiptHandle: second }] }),
    ).toMatchObject({ Successful: [{ Id: 'a' }] });
  }

  async function callQueues(): Promise<void> {
    expect(await call('GetQueueUrl', { QueueName: 'boto' })).toEqual({ QueueUrl });
    expect(await call('ListQueues', { MaxResults: 1 })).toHaveProperty('NextToken');
    await call('SetQueueAttributes', { QueueUrl, Attributes: { VisibilityTimeout: '7' } });
    expect(await call('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).toMatchObject({
      Attributes: { VisibilityTimeout: '7' },
    });
    await call('TagQueue', { QueueUrl, Tags: { owner: 'me' } });
    expect(await call('ListQueueTags', { QueueUrl })).toEqual({ Tags: { owner: 'me' } });
    await call('UntagQueue', { QueueUrl, TagKeys: ['owner'] });
    await call('PurgeQueue', { QueueUrl });
    expect(await call('ListDeadLetterSourceQueues', { QueueUrl })).toEqual({ queueUrls: [] });
    const other = await call('CreateQueue', { QueueName: 'boto-gone' });
    await call('DeleteQueue', other);
  }

  async function callFifo(): Promise<void> {
    const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
    const fifo = await call('CreateQueue', { QueueName: 'boto.fifo', Attributes });
    const sent = await call('SendMessage', { ...fifo, MessageBody: 'a', MessageGroupId: 'g' });
    const { Messages } = await call('ReceiveMessage', {
      ...fifo,
      ReceiveRequestAttemptId: 'try',
      MessageSystemAttributeNames: ['All'],
    });
    expect(Messages).toMatchObject([
      { Attributes: { MessageGroupId: 'g', SequenceNumber: sent.SequenceNumber } },
    ]);
  }

  async function callRedrives(): Promise<void> {
    const AttributeNames = ['QueueArn'];
    const { Attributes } = await call('GetQueueAttributes', { QueueUrl, AttributeNames });
    const SourceArn = Object(Attributes).QueueArn;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: SourceArn, maxReceiveCount: 1 });
    const other = await call('CreateQueue', { QueueName: 'boto-source', Attributes: { RedrivePolicy } });
    const Entries = Array.from({ length: 10 }, (_, at) => ({ Id: String(at), MessageBody: 'x' }));
    // So many that the task still runs, a thousand times as fast as it would.
    for (let times = 0; times < 50; times += 1) await call('SendMessageBatch', { QueueUrl, Entries });
    const started = await call('StartMessageMoveTask', {
      SourceArn,
      DestinationArn: SourceArn.replace(/boto$/, 'boto-source'),
      MaxNumberOfMessagesPerSecond: 1,
    });
    expect(await call('ListMessageMoveTasks', { SourceArn })).toMatchObject({
      Results: [{ Status: 'RUNNING', TaskHandle: started.TaskHandle, MaxNumberOfMessagesPerSecond: 1 }],
    });
    expect(await call('CancelMessageMoveTask', started)).toEqual({
      ApproximateNumberOfMessagesMoved: expect.any(Number),
    });
    await call('AddPermission', {
      ...other,
      Label: 'a',
      AWSAccountIds: ['123456789012'],
      Actions: ['SendMessage'],
    });
    await call('RemovePermission', { ...other, Label: 'a' });
  }

  test('every operation answers as its model says', async () => {
    await callMessages();
    await callQueues();
    await callFifo();
    await callRedrives();
    const emulated = await boto.emulated('sqs');
    expect(emulated.length).toBeGreaterThan(0);
    expect(emulated.filter((operation) => !boto.answered.has(`sqs.${operation}`))).toEqual([]);
  });

  test('every error is one of its operation or a common one', async () => {
    const refuse = (operation: string, params: Record<string, unknown>) =>
      boto.refusal('sqs', operation, params);
    expect(await refuse('GetQueueUrl', { QueueName: 'none' })).toMatchObject({
      code: 'AWS.SimpleQueueService.NonExistentQueue',
      status: 400,
    });
    expect(await refuse('DeleteMessage', { QueueUrl, ReceiptHandle: 'foreign' })).toMatchObject({
      code: 'ReceiptHandleIsInvalid',
    });
    expect(await refuse('SendMessageBatch', { QueueUrl, Entries: [] })).toMatchObject({
      code: 'AWS.SimpleQueueService.EmptyBatchRequest',
    });
    expect(await refuse('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 11 })).toHaveProperty('code');
    expect(await refuse('SetQueueAttributes', { QueueUrl, Attributes: { Nonsense: '1' } })).toMatchObject({
      code: 'InvalidAttributeName',
    });
    expect(await refuse('SendMessage', { QueueUrl, MessageBody: '' })).toHaveProperty('code');
  });
});
