import { randomUUID } from 'node:crypto';
import type { ServiceMessage } from '../../aws/delivery.ts';
import {
  contentId,
  Deduplication,
  deduplicationKey,
  type SentMessage,
} from '../../aws/fifo/deduplication.ts';
import { sequenceNumbers } from '../../aws/fifo/sequence-numbers.ts';
import type { Clock } from '../../clock.ts';
import type { FifoTopicModel } from '../../template/model.ts';
import type { Message } from './message.ts';
import { invalidParameter } from './sns-errors.ts';

/** The state of a FIFO topic: what was published before (SNS guide, "Amazon SNS FIFO topics"). */
export class FifoTopic {
  readonly #deduplication: Deduplication;
  readonly #nextNumber: () => string;

  constructor(clock: Clock) {
    this.#deduplication = new Deduplication(clock.elapsedMs);
    this.#nextNumber = sequenceNumbers(clock.now);
  }

  /** Numbers a message, or gives the number of the one that it repeats. */
  accept(
    { groupId = '', deduplicationId = '' }: Message,
    { throughputScope }: FifoTopicModel,
  ): { sent: SentMessage; isRepeated: boolean } {
    const key = deduplicationKey(deduplicationId, {
      groupId,
      isByGroup: throughputScope === 'MessageGroup',
    });
    const before = this.#deduplication.find(key);
    if (before) return { sent: before, isRepeated: true };
    const sent = { messageId: randomUUID(), sequenceNumber: this.#nextNumber() };
    this.#deduplication.remember(key, sent);
    return { sent, isRepeated: false };
  }
}

/** Another service's message with what a FIFO topic needs. Throws AwsError for one without a group. */
export function identified(message: ServiceMessage, { isContentBased }: FifoTopicModel): ServiceMessage {
  const { groupId, body } = message;
  const deduplicationId = message.deduplicationId ?? (isContentBased ? contentId(body) : undefined);
  if (groupId === undefined)
    throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  if (deduplicationId === undefined)
    throw invalidParameter(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  return { ...message, deduplicationId };
}
