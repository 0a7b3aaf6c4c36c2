import { randomUUID } from 'node:crypto';
import { parseObject } from '../../aws/json-limits.ts';
import type { Clock, Timer } from '../../clock.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';
import { invalidParameter, sqsError } from './sqs-error.ts';

export interface MoveTask {
  id: string;
  sourceArn: string;
  /** Absent: each message goes back to where it came from. */
  destinationArn?: string;
  /** Absent: as fast as it goes. */
  perSecond?: number;
  /** Epoch milliseconds. */
  startedAt: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  failureReason?: string;
  movedCount: number;
  toMoveCount: number;
}

/** Tasks of a queue that are shown (SQS API reference, "ListMessageMoveTasks"). */
const KEPT_TASKS = 10;

/** Tasks that move messages out of dead-letter queues (SQS guide, "Learn how to configure a dead-letter queue redrive"). */
export class MoveTasks {
  readonly #queues: Queues;
  readonly #clock: Clock;
  /** By the ARN of the source, newest first. */
  readonly #tasks = new Map<string, MoveTask[]>();
  readonly #timers = new Map<MoveTask, Timer>();

  constructor(queues: Queues, clock: Clock) {
    this.#queues = queues;
    this.#clock = clock;
  }

  list(sourceArn: string): readonly MoveTask[] {
    return this.#tasks.get(sourceArn) ?? [];
  }

  /** Throws AwsError while another one moves messages of the queue. */
  start(source: Queue, options: Pick<MoveTask, 'destinationArn' | 'perSecond'>): MoveTask {
    const sourceArn = source.model.arn;
    const earlier = this.list(sourceArn);
    if (earlier.some(({ status }) => status === 'RUNNING'))
      throw invalidParameter(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    const task: MoveTask = {
      id: randomUUID(),
      sourceArn,
      ...options,
      startedAt: this.#clock.now(),
      status: 'RUNNING',
      movedCount: 0,
      toMoveCount: source.counts().visible,
    };
    this.#tasks.set(sourceArn, [task, ...earlier].slice(0, KEPT_TASKS));
    this.#run(task);
    return task;
  }

  /** Throws AwsError for a handle of no task, and for a task that has ended. */
  cancel(handle: string): MoveTask {
    const { taskId, sourceArn } = parseObject(Buffer.from(handle, 'base64').toString()) ?? {};
    if (typeof taskId !== 'string' || typeof sourceArn !== 'string')
      throw invalidParameter('Value for parameter TaskHandle is invalid.');
    if (!this.#queues.findByArn(sourceArn)) throw noResource('SourceArn');
    const task = this.list(sourceArn).find(({ id }) => id === taskId);
    if (!task) throw sqsError('ResourceNotFoundException', 'Task does not exist.', 404);
    if (task.status !== 'RUNNING') throw invalidParameter('Only active tasks can be cancelled.');
    this.#end(task, 'CANCELLED');
    return task;
  }

  /** Forgets all and moves no more. */
  stop(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    this.#tasks.clear();
  }

  /** Moves one message after the other, each at its time where the task has a rate. */
  #run(task: MoveTask): void {
    const { perSecond } = task;
    while (task.status === 'RUNNING') {
      this.#moveOne(task);
      if (perSecond === undefined || task.status !== 'RUNNING') continue;
      this.#timers.set(
        task,
        this.#clock.after(1000 / perSecond, () => this.#run(task)),
      );
      return;
    }
  }

  #moveOne(task: MoveTask): void {
    const source = this.#queues.findByArn(task.sourceArn);
    const message = source?.nextVisible();
    const destinationArn = task.destinationArn ?? message?.deadLetterSourceArn;
    const destination = this.#queues.findByArn(destinationArn ?? '');
    if (!source || !message) this.#end(task, 'COMPLETED');
    // It was sent there, and not moved by a redrive policy.
    else if (destinationArn === undefined) this.#end(task, 'FAILED', 'CouldNotDetermineMessageSource');
    else if (!destination) this.#end(task, 'FAILED', 'AWS.SimpleQueueService.NonExistentQueue');
    else {
      source.remove(message);
      destination.sendAnew(message, task.sourceArn);
      task.movedCount += 1;
      if (source.nextVisible() === undefined) this.#end(task, 'COMPLETED');
    }
  }

  #end(task: MoveTask, status: MoveTask['status'], failureReason?: string): void {
    this.#timers.get(task)?.cancel();
    this.#timers.delete(task);
    task.status = status;
    if (failureReason !== undefined) task.failureReason = failureReason;
  }
}

/** The handle of a task, as AWS makes it (LocalStack's test_sqs_move_task.py reads AWS's). */
export function handleOf({ id, sourceArn }: MoveTask): string {
  return Buffer.from(JSON.stringify({ taskId: id, sourceArn })).toString('base64');
}

export function noResource(member: string) {
  return sqsError(
    'ResourceNotFoundException',
    `The resource that you specified for the ${member} parameter doesn't exist.`,
    404,
  );
}
