import { AwsError } from '../../aws/errors.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';
import { queueDoesNotExist } from './sqs-error.ts';
import type { StoredMessage } from './stored-message.ts';

/** The messages to move, all that can be received unless some are told, and where to. */
export interface Redriven {
  /** A queue's name. Absent: each goes to the queue whose redrive policy gave it up. */
  to?: string;
  messageIds?: readonly string[];
}

/**
 * Moves messages out of a dead-letter queue. Each is a new message in its destination, with another id and an age that begins
 * anew; body and attributes stay (SQS guide, "Learn how to configure a dead-letter queue redrive"). Moves none where one of
 * them has no queue to go to: throws AwsError then.
 */
export function redrive(queues: Queues, queueName: string, { to, messageIds }: Redriven): number {
  const from = existing(queues.find(queueName));
  const destination = to === undefined ? undefined : existing(queues.find(to));
  const chosen = messageIds && new Set(messageIds);
  const moves = from.messages().flatMap(({ message, isVisible }) => {
    if (!isVisible || (chosen && !chosen.has(message.messageId))) return [];
    return [{ message, into: destination ?? sourceOf(queues, message) }];
  });
  for (const { message, into } of moves) {
    from.withdraw(message);
    const { body, attributes, systemAttributes } = message;
    const moved = { body, ...(attributes && { attributes }), ...(systemAttributes && { systemAttributes }) };
    into.send(moved, message.senderId, 0);
  }
  return moves.length;
}

/** Takes a message out of a queue, as long as it can be received: what is with a consumer stays. */
export function withdraw(queues: Queues, queueName: string, messageId: string): boolean {
  const queue = existing(queues.find(queueName));
  const found = queue.messages().find(({ message }) => message.messageId === messageId);
  if (!found?.isVisible) return false;
  queue.withdraw(found.message);
  return true;
}

function sourceOf(queues: Queues, { messageId, deadLetterSourceArn }: StoredMessage): Queue {
  if (deadLetterSourceArn === undefined)
    throw new AwsError(
      'InvalidParameterValue',
      `No queue gave up the message ${messageId}: tell the one that it is to go to.`,
    );
  return existing(queues.findByArn(deadLetterSourceArn));
}

function existing(queue: Queue | undefined): Queue {
  if (!queue) throw queueDoesNotExist();
  return queue;
}
