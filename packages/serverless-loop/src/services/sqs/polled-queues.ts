import { AwsError } from '../../aws/errors.ts';
import type { MessageAttribute } from './message.ts';
import { md5OfAttributes, md5OfText } from './message-digest.ts';
import type { Queues } from './queues.ts';
import { systemAttributes } from './received-message.ts';
import type { ReceivedMessage } from './stored-message.ts';

/** A message with all its attributes. */
export interface PolledMessage {
  messageId: string;
  receiptHandle: string;
  body: string;
  md5OfBody: string;
  attributes: Readonly<Record<string, string>>;
  messageAttributes: Readonly<Record<string, MessageAttribute>>;
  /** Absent where there are no attributes. */
  md5OfMessageAttributes?: string;
}

/** Queues as another service reads them: it is woken when there may be messages, and takes them at once or not at all. */
export interface PolledQueues {
  /** The queue's visibility timeout; undefined when there is no such queue. */
  visibilityTimeoutSeconds(queueArn: string): number | undefined;
  /** Receives up to so many messages, of one group of a FIFO queue; none of a queue that is not there. */
  take(queueArn: string, maximum: number): PolledMessage[];
  delete(queueArn: string, receiptHandle: string): void;
  /** Calls the listener whenever there may be messages to take, for a queue that is made later, too. It must not throw. */
  onMessages(queueArn: string, listener: () => void): { stop(): void };
}

export function polledQueues(queues: Queues): PolledQueues {
  return {
    visibilityTimeoutSeconds: (arn) => queues.findByArn(arn)?.model.visibilityTimeoutSeconds,
    take(arn, maximum) {
      const queue = queues.findByArn(arn);
      if (!queue) return [];
      const { visibilityTimeoutSeconds } = queue.model;
      return queue.take({ maximum, visibilityTimeoutSeconds, ofOneGroup: true }).map(polledMessage);
    },
    delete(arn, receiptHandle) {
      try {
        queues.findByArn(arn)?.delete(receiptHandle);
      } catch (error) {
        // A message that came back meanwhile stays.
        if (!(error instanceof AwsError)) throw error;
      }
    },
    onMessages: (arn, listener) => queues.onMessages(arn, listener),
  };
}

function polledMessage(message: ReceivedMessage): PolledMessage {
  const { messageId, receiptHandle, body, attributes = {} } = message;
  return {
    messageId,
    receiptHandle,
    body,
    md5OfBody: md5OfText(body),
    attributes: systemAttributes(message),
    messageAttributes: attributes,
    ...(Object.keys(attributes).length > 0 && { md5OfMessageAttributes: md5OfAttributes(attributes) }),
  };
}
