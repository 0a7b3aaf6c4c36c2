import { Deduplication, deduplicationKey, type SentMessage } from '../../../aws/fifo/deduplication.ts';
import { sequenceNumbers } from '../../../aws/fifo/sequence-numbers.ts';
import type { Clock } from '../../../clock.ts';
import type { FifoModel } from '../../../template/model.ts';
import type { QueueMessage } from '../message.ts';
import type { StoredMessage } from '../stored-message.ts';
import { MessageGroups } from './message-groups.ts';
import { ReceiveAttempts } from './receive-attempts.ts';

/** The state that a FIFO queue has beside its messages: their groups, what was sent before, and receives that may be repeated. */
export class FifoOrder {
  readonly groups = new MessageGroups();
  readonly attempts: ReceiveAttempts;
  readonly #deduplication: Deduplication;
  readonly #nextNumber: () => string;

  constructor(clock: Clock) {
    this.attempts = new ReceiveAttempts(clock);
    this.#deduplication = new Deduplication(clock.elapsedMs);
    this.#nextNumber = sequenceNumbers(clock.now);
  }

  /** The message that a new one repeats. */
  original({ systemAttributes = {} }: QueueMessage, model: FifoModel): SentMessage | undefined {
    return this.#deduplication.find(keyOf(systemAttributes, model));
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
    this.#deduplication.remember(keyOf(systemAttributes, model), sent);
    return sent;
  }

  clear(): void {
    this.#deduplication.clear();
    this.attempts.clear();
  }
}

function keyOf(
  { MessageGroupId = '', MessageDeduplicationId = '' }: Readonly<Record<string, string>>,
  { deduplicationScope }: FifoModel,
): string {
  const isByGroup = deduplicationScope === 'messageGroup';
  return deduplicationKey(MessageDeduplicationId, { groupId: MessageGroupId, isByGroup });
}
