import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { QueueMessage } from './message.ts';

/** A message while its queue keeps it. */
export interface StoredMessage extends QueueMessage {
  readonly messageId: string;
  readonly senderId: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** Emulated time of sending, which its age is counted from. */
  readonly sentAtElapsedMs: number;
  receiveCount: number;
  /** Epoch milliseconds of the first time it was received. */
  firstReceivedAt?: number;
  /** Emulated time of the last time it was received, which the 12 hours of invisibility are counted from. */
  receivedAtElapsedMs?: number;
  /** The queue whose redrive policy moved it here. */
  deadLetterSourceArn?: string;
}

/** A message as it was when a consumer got it. */
export interface ReceivedMessage extends Readonly<StoredMessage> {
  readonly receiptHandle: string;
}

/** A message of a FIFO queue begins anew, age and all, where it is moved to (SQS guide, "Using dead-letter queues in Amazon SQS"). */
export function sentAnew(message: StoredMessage, clock: Clock): StoredMessage {
  return { ...message, sentAt: clock.now(), sentAtElapsedMs: clock.elapsedMs() };
}

export function newStoredMessage(message: QueueMessage, senderId: string, clock: Clock): StoredMessage {
  return {
    ...message,
    messageId: randomUUID(),
    senderId,
    sentAt: clock.now(),
    sentAtElapsedMs: clock.elapsedMs(),
    receiveCount: 0,
  };
}
