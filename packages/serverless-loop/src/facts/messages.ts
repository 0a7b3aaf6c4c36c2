/** A queue has a message, a topic sends one on, a bucket tells of an object, or a log group of its events. */
export type MessageFact =
  | { kind: 'queue.sent'; queueName: string; messageId: string; sender: string; sizeBytes: number }
  /** A FIFO queue was sent a message once more; `messageId` is of the first. */
  | { kind: 'queue.deduplicated'; queueName: string; messageId: string; sender: string }
  | { kind: 'queue.received'; queueName: string; messageId: string; receiveCount: number }
  | { kind: 'queue.deleted'; queueName: string; messageId: string }
  /** A FIFO topic got a message once more; `messageId` is of the first. */
  | { kind: 'topic.deduplicated'; topicName: string; messageId: string }
  | {
      kind: 'topic.published';
      topicName: string;
      messageId: string;
      subscriptionCount: number;
      subject?: string;
    }
  /** To a queue or a function; by e-mail it would have been on AWS. */
  | {
      kind: 'notification.sent';
      topicName: string;
      messageId: string;
      protocol: string;
      endpoint: string;
      subject?: string;
    }
  /** A subscription's filter policy doesn't want the message. */
  | {
      kind: 'notification.filtered';
      topicName: string;
      messageId: string;
      protocol: string;
      endpoint: string;
    }
  | {
      kind: 'notification.failed';
      topicName: string;
      messageId: string;
      protocol: string;
      endpoint: string;
      reason: string;
      /** The queue of the subscription's redrive policy, which has it now. */
      deadLetterArn?: string;
    }
  /** A bucket told of what happened to one of its objects. */
  | { kind: 'object.notified'; bucketName: string; key: string; eventName: string; targetArn: string }
  | {
      kind: 'object.notNotified';
      bucketName: string;
      key: string;
      eventName: string;
      targetArn: string;
      reason: string;
    }
  /** Events of a stream of a log group went to the destination of a subscription filter that they match. */
  | {
      kind: 'subscription.sent';
      filterName: string;
      logGroup: string;
      logStream: string;
      destinationArn: string;
      eventCount: number;
    }
  /** The same, and they are lost. */
  | {
      kind: 'subscription.failed';
      filterName: string;
      logGroup: string;
      logStream: string;
      destinationArn: string;
      eventCount: number;
      reason: string;
    };
