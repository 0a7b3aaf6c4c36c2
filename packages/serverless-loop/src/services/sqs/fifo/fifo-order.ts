import type { Clock } from '../../../clock.ts';
import type { FifoModel } from '../../../template/model.ts';
import type { QueueMessage } from '../message.ts';
import type { StoredMessage } from '../stored-message.ts';
import { Deduplication, deduplicationKey, type SentMessage } from './deduplication.ts';
import { MessageGroups } from './message-groups.ts';
import { ReceiveAttempts } from './receive-attempts.ts';
import { sequenceNumbers } from './sequence-numbers.ts';

/** The state that a FIFO queue has beside its messages: their groups, what was sent before, and receives that may be repeated. */
export class FifoOrder {
  readonly groups = new MessageGroups();
  readonly attempts: ReceiveAttempts;
  readonly #deduplication: Deduplication;
  readonly #nextNumber: () => string;

  constructor(clock: Clock) {
    this.attempts = new ReceiveAttempts(clock);
    this.#deduplication = new Deduplication(clock);
    this.#nextNumber = sequenceNumbers(clock.now);
  }

  /** The message that a new one repeats. */
  original({ systemAttributes = {} }: QueueMessage, model: FifoModel): SentMessage | undefined {
    return this.#deduplication.find(deduplicationKey(model, systemAttributes));
  }

  numbered<Message extends QueueMessage>(message: Message): Message {
    return {
      ...message,
      systemAttributes: { ...message.systemAttributes, SequenceNumber: this.#nextNumber() },
    };
  }

  /** Remembers a message, so that another of its id is a duplicate. */
  accept({ messageId, systemAttributes = {} }: StoredMessage, model: FifoModel): SentMessage {
    const sent = { messageId, sequenceNumber: systemAttributes.SequenceNumber ?? '' };
    this.#deduplication.remember(deduplicationKey(model, systemAttributes), sent);
    return sent;
  }

  clear(): void {
    this.#deduplication.clear();
    this.attempts.clear();
  }
}
