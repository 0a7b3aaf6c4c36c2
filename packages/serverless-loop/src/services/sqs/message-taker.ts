import type { Clock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import type { QueueModel } from '../../template/model.ts';
import type { FifoOrder } from './fifo/fifo-order.ts';
import { groupOf } from './fifo/message-groups.ts';
import type { MessageStore } from './message-store.ts';
import { formatReceiptHandle } from './receipt-handle.ts';
import type { ReceivedMessage, StoredMessage } from './stored-message.ts';
import type { ReceiveRequest } from './waiting-receivers.ts';

interface TakerOptions {
  model(): QueueModel;
  clock: Clock;
  report: Report;
  messages: MessageStore;
  /** Of a FIFO queue. */
  fifo: FifoOrder | undefined;
  /** The queue of that ARN, for dead letters. */
  findQueue(queueArn: string): { adopt(message: StoredMessage, sourceArn: string): void } | undefined;
}

/** Takes a queue's messages for receivers, and gives up those that were received too often. */
export class MessageTaker {
  readonly #options: TakerOptions;

  constructor(options: TakerOptions) {
    this.#options = options;
  }

  /** Receives up to `maximum` messages that are there. */
  take(request: ReceiveRequest): ReceivedMessage[] {
    const { maximum, visibilityTimeoutSeconds, attemptId, ofOneGroup } = request;
    const repeated = this.#repeat(request);
    if (repeated) return [...repeated];
    const taken: StoredMessage[] = [];
    for (const message of this.#options.messages.visible()) {
      if (ofOneGroup && this.#options.fifo && taken[0] && groupOf(taken[0]) !== groupOf(message)) break;
      if (this.#redrive(message)) continue;
      taken.push(message);
      if (taken.length === maximum) break;
    }
    const received = taken.map((message) => this.#markReceived(message));
    for (const message of taken) this.#options.messages.hide(message, visibilityTimeoutSeconds);
    this.#options.fifo?.groups.served(taken);
    if (attemptId !== undefined && taken.length > 0)
      this.#options.fifo?.attempts.remember(attemptId, received);
    return received;
  }

  /** Messages of the same attempt before, while all of them are still in flight; they stay there anew. */
  #repeat({ attemptId, visibilityTimeoutSeconds }: ReceiveRequest): readonly ReceivedMessage[] | undefined {
    const received = attemptId === undefined ? undefined : this.#options.fifo?.attempts.find(attemptId);
    const stored = (received ?? []).flatMap(({ messageId, receiveCount }) => {
      const message = this.#options.messages.get(messageId);
      const isSame = message?.receiveCount === receiveCount && this.#options.messages.isInvisible(message);
      return isSame ? [message] : [];
    });
    if (!received || stored.length < received.length) return undefined;
    for (const message of stored) this.#options.messages.hide(message, visibilityTimeoutSeconds);
    return received;
  }

  /**
   * A message received often enough goes to the dead-letter queue when it would be received once more; not to where it
   * came from, or two queues would toss it to and fro for ever.
   */
  #redrive(message: StoredMessage): boolean {
    const { arn, redrive } = this.#options.model();
    if (!redrive || message.receiveCount < redrive.maxReceiveCount) return false;
    const deadLetters = this.#options.findQueue(redrive.deadLetterArn);
    if (
      !deadLetters ||
      redrive.deadLetterArn === arn ||
      message.deadLetterSourceArn === redrive.deadLetterArn
    )
      return false;
    this.#options.messages.remove(message);
    deadLetters.adopt(message, arn);
    return true;
  }

  #markReceived(message: StoredMessage): ReceivedMessage {
    const { clock, report } = this.#options;
    const { messageId } = message;
    const queueName = this.#options.model().name;
    message.receiveCount += 1;
    message.firstReceivedAt ??= clock.now();
    message.receivedAtElapsedMs = clock.elapsedMs();
    const { receiveCount } = message;
    report({ kind: 'queue.received', queueName, messageId, receiveCount });
    return { ...message, receiptHandle: formatReceiptHandle({ queueName, messageId, receiveCount }) };
  }
}
