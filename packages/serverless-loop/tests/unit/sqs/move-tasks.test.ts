import { expect, test } from 'vitest';
import { DEFAULT_FIFO } from '../../../src/services/sqs/fifo/fifo-settings.ts';
import { endpoint, queueModel, testSqs } from './test-sqs.ts';

const dead = queueModel('dead');
const redrive = { deadLetterArn: dead.arn, maxReceiveCount: 1 };
const queues = [
  queueModel('parcels', { redrive }),
  queueModel('letters', { redrive }),
  dead,
  queueModel('other'),
];

/** SQS with messages that went to the queue `dead`. */
async function withDeadLetters(...bodies: string[]) {
  const test = testSqs(queues);
  const send = async (QueueUrl: string, MessageBody: string) => {
    await test.call('SendMessage', { QueueUrl, MessageBody });
    for (let times = 0; times < 2; times += 1) await test.receive({ QueueUrl, VisibilityTimeout: 0 });
  };
  for (const body of bodies) await send(body.startsWith('l') ? 'letters' : 'parcels', body);
  const SourceArn = dead.arn;
  const tasks = async () => (await test.call('ListMessageMoveTasks', { SourceArn, MaxResults: 10 })).Results;
  const bodiesIn = async (QueueUrl: string) =>
    (await test.receive({ QueueUrl, MaxNumberOfMessages: 10 })).map(({ Body }) => Body);
  return { ...test, SourceArn, tasks, bodiesIn };
}

// LocalStack's record, test_sqs_move_task.snapshot.json, test_move_task_workflow_with_multiple_sources_as_default_destination; that
// they are new messages: SQS guide, "Learn how to configure a dead-letter queue redrive".
test('dead letters go back to where they came from, as new messages', async () => {
  const { call, receive, SourceArn, tasks, bodiesIn, clock } = await withDeadLetters('p1', 'l1', 'p2');
  const [letter] = await receive({ QueueUrl: 'dead', VisibilityTimeout: 0 });
  const { TaskHandle } = await call('StartMessageMoveTask', { SourceArn });
  expect(JSON.parse(Buffer.from(String(TaskHandle), 'base64').toString())).toEqual({
    taskId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    sourceArn: dead.arn,
  });
  expect(await tasks()).toEqual([
    {
      Status: 'COMPLETED',
      SourceArn: dead.arn,
      ApproximateNumberOfMessagesMoved: 3,
      ApproximateNumberOfMessagesToMove: 3,
      StartedTimestamp: clock.now(),
    },
  ]);
  const back = await receive({ MaxNumberOfMessages: 10 });
  expect(back.map(({ Body }) => Body).sort()).toEqual(['p1', 'p2']);
  const parcel = back.find(({ Body }) => Body === letter?.Body);
  expect(parcel?.MessageId).not.toBe(letter?.MessageId);
  expect(parcel?.Attributes.ApproximateReceiveCount).toBe('1');
  expect(await bodiesIn('letters')).toEqual(['l1']);
  expect(await bodiesIn('dead')).toEqual([]);
});

// The same record's test_move_task_cancel, test_start_multiple_move_tasks.
test('a task with a rate moves so many a second, one at a time for a queue, until it is cancelled', async () => {
  const { call, SourceArn, tasks, bodiesIn, clock } = await withDeadLetters('p1', 'p2', 'p3');
  const start = { SourceArn, DestinationArn: queues[3]?.arn, MaxNumberOfMessagesPerSecond: 1 };
  const { TaskHandle } = await call('StartMessageMoveTask', start);
  await expect(call('StartMessageMoveTask', start)).rejects.toThrow(
    'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
  );
  await clock.advance(1_000);
  expect(await tasks()).toMatchObject([
    { Status: 'RUNNING', TaskHandle, MaxNumberOfMessagesPerSecond: 1, ApproximateNumberOfMessagesToMove: 3 },
  ]);
  expect(await call('CancelMessageMoveTask', { TaskHandle })).toEqual({
    ApproximateNumberOfMessagesMoved: 2,
  });
  await clock.advance(10_000);
  expect(await tasks()).toMatchObject([{ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 2 }]);
  expect(await bodiesIn('other')).toEqual(['p1', 'p2']);
  expect(await bodiesIn('dead')).toEqual(['p3']);
});

// The same record's test_move_task_delete_destination_queue_while_running; the other: the guide, "Learn how to configure …".
test('a task fails when its destination goes, or when a message was never moved there', async () => {
  const { call, SourceArn, tasks, bodiesIn, clock } = await withDeadLetters('p1', 'p2');
  const DestinationArn = queues[3]?.arn;
  await call('StartMessageMoveTask', { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: 1 });
  await call('DeleteQueue', { QueueUrl: 'other' });
  await clock.advance(1_000);
  expect(await tasks()).toMatchObject([
    { Status: 'FAILED', FailureReason: 'AWS.SimpleQueueService.NonExistentQueue' },
  ]);
  expect(await bodiesIn('dead')).toEqual(['p2']);
  await call('SendMessage', { QueueUrl: 'dead', MessageBody: 'by hand' });
  await call('StartMessageMoveTask', { SourceArn });
  expect(await tasks()).toMatchObject([
    { Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' },
    { Status: 'FAILED' },
  ]);
  expect(await bodiesIn('dead')).toEqual(['by hand']);
});

const handleOf = (sourceArn: string) =>
  Buffer.from(JSON.stringify({ taskId: '10f57157-fc38-4da9-a113-4de7e12d05aa', sourceArn })).toString(
    'base64',
  );

// The same record's test_source_needs_redrive_policy, test_destination_needs_to_exist and test_cancel_with_….
test.each([
  [
    'StartMessageMoveTask',
    { SourceArn: queues[3]?.arn },
    'Source queue must be configured as a Dead Letter Queue.',
  ],
  [
    'StartMessageMoveTask',
    { SourceArn: `${dead.arn}x` },
    "The resource that you specified for the SourceArn parameter doesn't exist.",
  ],
  [
    'StartMessageMoveTask',
    { SourceArn: dead.arn, DestinationArn: `${dead.arn}x` },
    "The resource that you specified for the DestinationArn parameter doesn't exist.",
  ],
  ['CancelMessageMoveTask', { TaskHandle: 'foobared' }, 'Value for parameter TaskHandle is invalid.'],
  [
    'CancelMessageMoveTask',
    { TaskHandle: handleOf(`${dead.arn}x`) },
    "The resource that you specified for the SourceArn parameter doesn't exist.",
  ],
  ['CancelMessageMoveTask', { TaskHandle: handleOf(dead.arn) }, 'Task does not exist.'],
])('%s with %j is refused: %s', async (operation, input, message) => {
  await expect(testSqs(queues).call(operation, input)).rejects.toMatchObject({ message });
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
test('letters of a FIFO queue go back in their order, though their ids were sent before', async () => {
  const fifo = { ...DEFAULT_FIFO, isContentBased: true };
  const deadRow = queueModel('dead.fifo', { fifo });
  const row = queueModel('row.fifo', { fifo, redrive: { deadLetterArn: deadRow.arn, maxReceiveCount: 1 } });
  const { call, receive } = testSqs([row, deadRow]);
  const QueueUrl = `${endpoint}/123456789012/row.fifo`;
  for (const MessageBody of ['a', 'b'])
    await call('SendMessage', { QueueUrl, MessageBody, MessageGroupId: 'g' });
  for (let times = 0; times < 2; times += 1)
    await receive({ QueueUrl, VisibilityTimeout: 0, MaxNumberOfMessages: 10 });
  await call('StartMessageMoveTask', { SourceArn: deadRow.arn });
  const back = await receive({ QueueUrl, MaxNumberOfMessages: 10 });
  expect(back.map(({ Body }) => Body)).toEqual(['a', 'b']);
});
