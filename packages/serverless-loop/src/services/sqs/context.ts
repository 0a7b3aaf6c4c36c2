import { formatArn, type Place } from '../../aws/arn.ts';
import { operationsOf } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import type { MoveTasks } from './move-tasks.ts';
import type { Queue } from './queue.ts';
import { parseQueueUrl, type Queues } from './queues.ts';

/** The context of SQS's operations. */
export interface SqsContext {
  queues: Queues;
  place: Place;
  /** The start of queue URLs. */
  endpoint: string;
  clock: Clock;
  moveTasks: MoveTasks;
  /** Emulated time of each queue's last purge. */
  purgedAtMs: WeakMap<Queue, number>;
}

export const operation = operationsOf<SqsContext>();

/** The queue that a request names by URL or by name, whether it is there or not. */
export function queueArn(
  { QueueUrl, QueueName = '' }: { QueueUrl?: string; QueueName?: string },
  { place }: SqsContext,
): string[] {
  const name = QueueUrl === undefined ? QueueName : parseQueueUrl(QueueUrl).name;
  return [formatArn(place, 'sqs', name)];
}
