import { integer, list, required, structure, text } from '../../aws/members.ts';
import type { Need } from '../../aws/operation.ts';
import { operation, type SqsContext } from './context.ts';
import { handleOf, type MoveTask, noResource } from './move-tasks.ts';
import type { Queue } from './queue.ts';
import { invalidParameter } from './sqs-error.ts';

/** The operations that redrive dead letters (SQS API reference). The words of refusals: LocalStack's record, test_sqs_move_task.snapshot.json. */
export const MOVE_TASK_OPERATIONS = {
  StartMessageMoveTask: operation({
    input: {
      SourceArn: required(text()),
      DestinationArn: text(),
      MaxNumberOfMessagesPerSecond: integer({
        min: 1,
        max: 500,
        reason: 'Must be between 1 and 500, if provided.',
      }),
    },
    output: { TaskHandle: text() },
    needs: ({ SourceArn = '*', DestinationArn }, context) => moveNeeds(SourceArn, DestinationArn, context),
    handle({ SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond }, context) {
      const source = sourceOf(SourceArn, context);
      if (sourcesOf(SourceArn, context).length === 0)
        throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
      if (DestinationArn !== undefined && !context.queues.findByArn(DestinationArn))
        throw noResource('DestinationArn');
      // The guide: FIFO queues redrive to FIFO queues.
      if (DestinationArn !== undefined && DestinationArn.endsWith('.fifo') !== SourceArn.endsWith('.fifo'))
        throw invalidParameter('Source queue and destination queue must be of the same type.');
      const task = context.moveTasks.start(source, {
        ...(DestinationArn !== undefined && { destinationArn: DestinationArn }),
        ...(MaxNumberOfMessagesPerSecond !== undefined && { perSecond: MaxNumberOfMessagesPerSecond }),
      });
      return { TaskHandle: handleOf(task) };
    },
  }),
  CancelMessageMoveTask: operation({
    input: { TaskHandle: required(text()) },
    output: { ApproximateNumberOfMessagesMoved: integer() },
    needs: () => ['*'],
    handle: ({ TaskHandle }, { moveTasks }) => ({
      ApproximateNumberOfMessagesMoved: moveTasks.cancel(TaskHandle).movedCount,
    }),
  }),
  ListMessageMoveTasks: operation({
    input: {
      SourceArn: required(text()),
      MaxResults: integer({ min: 1, max: 10, reason: 'Must be between 1 and 10, if provided.' }),
    },
    output: {
      Results: list(
        structure({
          TaskHandle: text(),
          Status: text(),
          SourceArn: text(),
          DestinationArn: text(),
          MaxNumberOfMessagesPerSecond: integer(),
          ApproximateNumberOfMessagesMoved: integer(),
          ApproximateNumberOfMessagesToMove: integer(),
          FailureReason: text(),
          StartedTimestamp: integer(),
        }),
        { name: 'ListMessageMoveTasksResultEntry', flat: true },
      ),
    },
    needs: ({ SourceArn = '*' }) => [SourceArn],
    handle({ SourceArn, MaxResults = 1 }, context) {
      sourceOf(SourceArn, context);
      return { Results: context.moveTasks.list(SourceArn).slice(0, MaxResults).map(taskView) };
    },
  }),
};

function sourceOf(sourceArn: string, { queues }: SqsContext): Queue {
  const source = queues.findByArn(sourceArn);
  if (!source) throw noResource('SourceArn');
  return source;
}

/** The queues whose dead letters it gets. */
function sourcesOf(arn: string, { queues }: SqsContext): string[] {
  return queues.list().flatMap(({ model }) => (model.redrive?.deadLetterArn === arn ? [model.arn] : []));
}

/** SQS guide, "Learn how to configure a dead-letter queue redrive", "Configuring queue permissions". */
function moveNeeds(sourceArn: string, destinationArn: string | undefined, context: SqsContext): Need[] {
  const ofSource = ['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
  const destinations = destinationArn === undefined ? sourcesOf(sourceArn, context) : [destinationArn];
  return [
    ...ofSource.map((action) => ({ action: `sqs:${action}`, resource: sourceArn })),
    ...destinations.map((resource) => ({ action: 'sqs:SendMessage', resource })),
  ];
}

/** A task that has ended has no handle. */
function taskView(task: MoveTask) {
  return {
    ...(task.status === 'RUNNING' && { TaskHandle: handleOf(task) }),
    Status: task.status,
    SourceArn: task.sourceArn,
    DestinationArn: task.destinationArn,
    MaxNumberOfMessagesPerSecond: task.perSecond,
    ApproximateNumberOfMessagesMoved: task.movedCount,
    ApproximateNumberOfMessagesToMove: task.toMoveCount,
    FailureReason: task.failureReason,
    StartedTimestamp: task.startedAt,
  };
}
