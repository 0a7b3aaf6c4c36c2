import { AwsError } from '../../aws/errors.ts';
import type { PolledMessage, QueuePort } from '../../aws/queue-port.ts';
import { md5OfAttributes, md5OfText } from './message-digest.ts';
import type { Queues } from './queues.ts';
import { systemAttributes } from './received-message.ts';
import type { ReceivedMessage } from './stored-message.ts';

/** Queues for those who poll them for others. */
export function polledQueues(queues: Queues): QueuePort {
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
