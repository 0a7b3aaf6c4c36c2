import type { Statement } from '../../aws/statement.ts';

export interface TopicModel {
  logicalId: string;
  name: string;
  arn: string;
  displayName: string;
  subscriptions: SubscriptionModel[];
  /** The topic's resource policy; undefined: only the account itself may publish. */
  resourcePolicy?: Statement[];
  tags?: Readonly<Record<string, string>>;
  /** Attributes that are shown and without effect. */
  attributes?: Readonly<Record<string, string>>;
  /** Of a FIFO topic. */
  fifo?: FifoTopicModel;
}

export interface FifoTopicModel {
  /** A message without a deduplication id has the SHA-256 of its text for one. */
  isContentBased: boolean;
  /** Messages are told apart in the whole topic, or in each group. Absent: nobody has said. */
  throughputScope?: 'Topic' | 'MessageGroup';
}

export interface SubscriptionModel {
  /** Absent for one of a topic's own `Subscription` property, which nothing can refer to. */
  arn?: string;
  protocol: string;
  /** A queue's or function's ARN, an e-mail address… */
  endpoint: string;
  /** The message alone, without SNS's envelope. */
  isRaw: boolean;
  /** A filter policy, JSON, and where it looks. Absent: the subscriber gets every message. */
  filter?: { policy: string; scope: 'MessageAttributes' | 'MessageBody' };
  /** The queue of its redrive policy. */
  deadLetterArn?: string;
  /** JSON; of one by HTTP. */
  deliveryPolicy?: string;
}
