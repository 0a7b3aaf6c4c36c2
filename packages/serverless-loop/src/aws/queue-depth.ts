/** The number of messages in a queue. */
export interface QueueDepth {
  queueName: string;
  visible: number;
  notVisible: number;
  delayed: number;
  /** In emulated time; undefined when it is empty. */
  oldestAgeSeconds: number | undefined;
}
