import type { StoredMessage } from '../stored-message.ts';

/**
 * The messages of a FIFO queue in their groups, each group in the order of sending. A group whose messages were received last
 * comes last of all: so others have their turn (seen at AWS: localstack/localstack, test_sqs.py,
 * test_fifo_receive_message_with_zero_visibility_timeout).
 */
export class MessageGroups {
  readonly #groups = new Map<string, Map<string, StoredMessage>>();

  /** Puts a new message last in its group; one that is there keeps its place. */
  add(message: StoredMessage): void {
    const id = groupOf(message);
    const group = this.#groups.get(id) ?? new Map<string, StoredMessage>();
    this.#groups.set(id, group);
    if (!group.has(message.messageId)) group.set(message.messageId, message);
  }

  remove(message: StoredMessage): void {
    const id = groupOf(message);
    const group = this.#groups.get(id);
    group?.delete(message.messageId);
    if (group?.size === 0) this.#groups.delete(id);
  }

  /** Lets the groups of received messages wait for their next turn. */
  served(messages: readonly StoredMessage[]): void {
    for (const id of new Set(messages.map(groupOf))) {
      const group = this.#groups.get(id);
      if (!group) continue;
      this.#groups.delete(id);
      this.#groups.set(id, group);
    }
  }

  /**
   * The messages of each group before the first that can't be received: one in flight holds back all behind it (the same
   * file's record, test_fifo_group_visibility_extends_with_change_message_visibility). May be removed from while it is read.
   */
  *receivable(isVisible: (message: StoredMessage) => boolean): Iterable<StoredMessage> {
    for (const group of this.#groups.values()) {
      for (const message of group.values()) {
        if (!isVisible(message)) break;
        yield message;
      }
    }
  }
}

export function groupOf({ systemAttributes }: Pick<StoredMessage, 'systemAttributes'>): string {
  return systemAttributes?.MessageGroupId ?? '';
}
