import { randomUUID } from 'node:crypto';
import { inTurnByKey } from '../../aws/in-turn.ts';
import type { Clock } from '../../clock.ts';
import type { Confirmations } from './confirmations.ts';
import type { DeliveryOptions } from './delivery.ts';
import { FifoTopic } from './fifo-topic.ts';
import type { Message } from './message.ts';
import { isHttp, type Topic } from './topic.ts';

export interface PublisherOptions extends DeliveryOptions {
  clock: Clock;
  confirmations: Confirmations;
}

export interface Published {
  messageId: string;
  sequenceNumber?: string;
}

/** Brings messages to the subscribers of their topics: those of a FIFO topic once, and in their order. */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #fifoTopics = new Map<string, FifoTopic>();
  readonly #inTurn = inTurnByKey();

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  async publish(topic: Topic, message: Message): Promise<Published> {
    const { clock, report } = this.#options;
    const { fifo, arn, name } = topic.model;
    if (!fifo) return this.#publishOnce(topic, message, { messageId: randomUUID() });
    const state = this.#fifoTopics.get(arn) ?? new FifoTopic(clock);
    this.#fifoTopics.set(arn, state);
    const { sent, isRepeated } = state.accept(message, fifo);
    if (isRepeated) {
      report({ kind: 'topic.deduplicated', topicName: name, messageId: sent.messageId });
      return sent;
    }
    const numbered = { ...message, sequenceNumber: sent.sequenceNumber };
    return this.#inTurn(arn, () => this.#publishOnce(topic, numbered, sent));
  }

  /** Forgets the order and the deduplication of a topic that went. */
  forget(topicArn: string): void {
    this.#fifoTopics.delete(topicArn);
  }

  async #publishOnce(topic: Topic, message: Message, published: Published): Promise<Published> {
    const { confirmations, report } = this.#options;
    const { messageId } = published;
    const subscriptions = topic.subscriptions.filter(({ arn }) => !confirmations.of(arn)?.isPending);
    report({
      kind: 'topic.published',
      topicName: topic.model.name,
      messageId,
      subscriptionCount: subscriptions.length,
      ...(message.subject !== undefined && { subject: message.subject }),
    });
    const { deliverTo } = await import('./delivery.ts');
    const deliveries = subscriptions.map((it) => {
      const delivery = deliverTo(it, { topic, message, messageId }, this.#options);
      // Whoever publishes does not wait for an endpoint that may be tried for an hour.
      return isHttp(it) ? undefined : delivery;
    });
    await Promise.all(deliveries);
    return published;
  }
}
