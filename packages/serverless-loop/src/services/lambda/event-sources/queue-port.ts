/** A message as a queue gives it to a poller. */
export interface PolledMessage {
  messageId: string;
  receiptHandle: string;
  body: string;
  md5OfBody: string;
  attributes: Readonly<Record<string, string>>;
  messageAttributes: Readonly<Record<string, QueueAttribute>>;
  md5OfMessageAttributes?: string;
}

export interface QueueAttribute {
  dataType: string;
  stringValue?: string;
  /** Base64. */
  binaryValue?: string;
}

/** Queues, as Lambda needs them. */
export interface QueuePort {
  /** Undefined when there is no such queue. */
  visibilityTimeoutSeconds(queueArn: string): number | undefined;
  /** Receives up to so many messages that are there. */
  take(queueArn: string, maximum: number): PolledMessage[];
  delete(queueArn: string, receiptHandle: string): void;
  /** Calls the listener whenever there may be messages to take. It must not throw. */
  onMessages(queueArn: string, listener: () => void): { stop(): void };
}
