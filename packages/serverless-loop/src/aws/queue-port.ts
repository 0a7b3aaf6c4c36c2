/** A message as a queue gives it to a poller, with all its attributes. */
export interface PolledMessage {
  messageId: string;
  receiptHandle: string;
  body: string;
  md5OfBody: string;
  attributes: Readonly<Record<string, string>>;
  messageAttributes: Readonly<Record<string, QueueAttribute>>;
  /** Absent where there are no attributes. */
  md5OfMessageAttributes?: string;
}

export interface QueueAttribute {
  dataType: string;
  stringValue?: string;
  /** Base64. */
  binaryValue?: string;
}

/** Queues as those read them who poll for others: woken when there may be messages, they take them at once or not at all. */
export interface QueuePort {
  /** The queue's visibility timeout; undefined when there is no such queue. */
  visibilityTimeoutSeconds(queueArn: string): number | undefined;
  /** Receives up to so many messages, of one group of a FIFO queue; none of a queue that is not there. */
  take(queueArn: string, maximum: number): PolledMessage[];
  delete(queueArn: string, receiptHandle: string): void;
  /** Calls the listener whenever there may be messages to take, for a queue that is made later, too. It must not throw. */
  onMessages(queueArn: string, listener: () => void): { stop(): void };
}
