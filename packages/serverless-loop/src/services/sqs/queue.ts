import type { Clock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import type { QueueModel } from '../../template/model.ts';
import { FifoOrder } from './fifo/fifo-order.ts';
import { messageSizeBytes, type QueueMessage } from './message.ts';
import { MessageStore } from './message-store.ts';
import { MessageTaker } from './message-taker.ts';
import { parseReceiptHandle } from './receipt-handle.ts';
import { invalidValue } from './sqs-error.ts';
import { newStoredMessage, type ReceivedMessage, type StoredMessage, sentAnew } from './stored-message.ts';
import { type ReceiveRequest, WaitingReceivers } from './waiting-receivers.ts';

/** Counted from the receive (SQS reference, ChangeMessageVisibility). */
const MAX_VISIBILITY_SECONDS = 43_200;

interface QueueOptions {
  model: QueueModel;
  clock: Clock;
  report: Report;
  /** The queue of that ARN, for dead letters. */
  findQueue(queueArn: string): Queue | undefined;
  /** Told when there may be messages that no long poll took. */
  onMessages?(): void;
}

/** The answer to a sender; the number is a FIFO queue's. */
export interface Sent {
  messageId: string;
  sequenceNumber?: string;
}

/** A queue: sending, receiving and deleting. */
export class Queue {
  readonly tags = new Map<string, string>();
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly #options: QueueOptions;
  readonly #messages: MessageStore;
  readonly #receivers: WaitingReceivers;
  readonly #taker: MessageTaker;
  readonly #fifo: FifoOrder | undefined;
  #model: QueueModel;
  #modifiedAt: number;

  constructor(options: QueueOptions) {
    const { clock, model } = options;
    this.#options = options;
    this.#model = model;
    this.createdAt = clock.now();
    this.#modifiedAt = this.createdAt;
    this.#receivers = new WaitingReceivers(clock);
    this.#fifo = model.fifo && new FifoOrder(clock);
    this.#messages = new MessageStore({
      clock,
      retentionSeconds: () => this.#model.messageRetentionSeconds,
      onVisible: () => this.#serve(),
      groups: this.#fifo?.groups,
    });
    this.#taker = new MessageTaker({
      ...options,
      model: () => this.#model,
      messages: this.#messages,
      fifo: this.#fifo,
    });
  }

  /** The queue's settings. */
  get model(): QueueModel {
    return this.#model;
  }

  /** Epoch milliseconds of the last change of its settings. */
  get modifiedAt(): number {
    return this.#modifiedAt;
  }

  change(change: (model: QueueModel) => QueueModel): void {
    const { delaySeconds } = this.#model;
    this.#model = change(this.#model);
    this.#modifiedAt = this.#options.clock.now();
    // Of a FIFO queue the new delay is for messages that wait, too (SQS API reference, "SetQueueAttributes", DelaySeconds).
    if (!this.#fifo || delaySeconds === this.#model.delaySeconds) return;
    this.#messages.delay(this.#model.delaySeconds);
    this.#serve();
  }

  counts() {
    return this.#messages.counts();
  }

  /** The messages as they lie there: looking at them receives none. */
  messages() {
    return this.#messages.all();
  }

  /** Takes a message out, which its consumers then never see. */
  withdraw(message: StoredMessage): void {
    this.#messages.remove(message);
    this.#options.report({ kind: 'queue.deleted', queueName: this.model.name, messageId: message.messageId });
  }

  /** Of the oldest message; undefined when there is none. */
  oldestAgeSeconds(): number | undefined {
    return this.#messages.oldestAgeSeconds();
  }

  /**
   * Keeps a message, invisible for `delaySeconds` at first. A FIFO queue numbers it, and answers for one that it was sent
   * before as it did then, without keeping it.
   */
  send(message: QueueMessage, sender: string, delaySeconds: number): Sent {
    const { clock, report } = this.#options;
    const { fifo, name } = this.#model;
    const original = fifo && this.#fifo?.original(message, fifo);
    if (original) {
      report({ kind: 'queue.deduplicated', queueName: name, messageId: original.messageId, sender });
      return original;
    }
    const stored = newStoredMessage(this.#fifo?.numbered(message) ?? message, sender, clock);
    this.#add(stored, sender, delaySeconds);
    return (fifo && this.#fifo?.accept(stored, fifo)) ?? { messageId: stored.messageId };
  }

  /**
   * Keeps a message that another queue's redrive policy gave up: same id, age and receive count (LocalStack's record,
   * test_sqs.snapshot.json, test_dead_letter_queue_message_attributes).
   */
  adopt(message: StoredMessage, sourceArn: string): void {
    const adopted = { ...message, deadLetterSourceArn: sourceArn };
    const numbered = this.#fifo?.numbered(sentAnew(adopted, this.#options.clock));
    this.#add(numbered ?? adopted, sourceArn, 0);
  }

  /** A message once more, as a new one: with an id and an age of its own, and in a FIFO queue whatever its deduplication id is. */
  sendAnew({ body, attributes, systemAttributes, senderId }: StoredMessage, sender: string): void {
    const message = {
      body,
      ...(attributes && { attributes }),
      ...(systemAttributes && { systemAttributes }),
    };
    const numbered = this.#fifo?.numbered(message) ?? message;
    this.#add(newStoredMessage(numbered, senderId, this.#options.clock), sender, 0);
  }

  /** The message that would be received next. */
  nextVisible(): StoredMessage | undefined {
    const [next] = this.#messages.visible();
    return next;
  }

  remove(message: StoredMessage): void {
    this.#messages.remove(message);
  }

  /** Up to `maximum` messages at once; when there is none, waits up to `waitSeconds` for the first. */
  async receive(
    request: ReceiveRequest,
    waitSeconds: number,
    signal: AbortSignal,
  ): Promise<ReceivedMessage[]> {
    if (signal.aborted) return [];
    const messages = this.take(request);
    if (messages.length > 0 || waitSeconds === 0) return messages;
    return this.#receivers.wait(request, waitSeconds * 1000, signal);
  }

  /**
   * Deletes the message of a receipt handle. A handle from before the last receive deletes nothing and is no error, as
   * SQS reserves the right to do (SQS reference, DeleteMessage). Throws AwsError for a handle of no message, and for one of a
   * FIFO queue whose message is in flight no more (LocalStack's record, test_sqs.snapshot.json,
   * test_fifo_delete_after_visibility_timeout).
   */
  delete(receiptHandle: string): void {
    const { messageId, receiveCount } = parseReceiptHandle(receiptHandle, this.model.name);
    const message = this.#messages.get(messageId);
    if (!message) return;
    const isStale = message.receiveCount !== receiveCount;
    if (this.#fifo && (isStale || !this.#messages.isInvisible(message)))
      throw invalidValue(receiptHandle, 'ReceiptHandle', 'The receipt handle has expired.');
    if (isStale) return;
    this.#messages.remove(message);
    this.#options.report({ kind: 'queue.deleted', queueName: this.model.name, messageId });
    if (!this.#fifo) return;
    this.#fifo.attempts.forget(messageId);
    this.#serve();
  }

  /**
   * Makes a received message invisible for that long from now on, by whichever of its handles (LocalStack's record,
   * test_sqs.snapshot.json, test_change_message_visibility_after_visibility_timeout_expiration). Throws AwsError when it
   * is gone.
   */
  changeVisibility(receiptHandle: string, seconds: number): void {
    const { messageId } = parseReceiptHandle(receiptHandle, this.model.name);
    const message = this.#messages.get(messageId);
    if (!message) {
      throw invalidValue(
        receiptHandle,
        'ReceiptHandle',
        'Message does not exist or is not available for visibility timeout change.',
      );
    }
    const sinceReceiveMs = this.#options.clock.elapsedMs() - (message.receivedAtElapsedMs ?? 0);
    if (seconds * 1000 + sinceReceiveMs > MAX_VISIBILITY_SECONDS * 1000) {
      throw invalidValue(
        seconds,
        'VisibilityTimeout',
        `Total VisibilityTimeout for the message is beyond the limit [${MAX_VISIBILITY_SECONDS} seconds].`,
      );
    }
    this.#messages.hide(message, seconds);
    this.#fifo?.attempts.forget(messageId);
    this.#serve();
  }

  /** Drops every message, those in flight too. */
  purge(): void {
    this.#messages.clear();
    this.#fifo?.clear();
  }

  /** Drops all and ends the long polls. */
  stop(): void {
    this.#messages.clear();
    this.#receivers.stop();
  }

  #add(message: StoredMessage, sender: string, delaySeconds: number): void {
    const { report } = this.#options;
    const { messageId } = message;
    const sizeBytes = messageSizeBytes(message);
    report({ kind: 'queue.sent', queueName: this.model.name, messageId, sender, sizeBytes });
    this.#messages.hide(message, delaySeconds);
    this.#serve();
  }

  #serve(): void {
    this.#receivers.serve((request) => this.take(request));
    this.#options.onMessages?.();
  }

  /** Receives up to `maximum` messages that are there. */
  take(request: ReceiveRequest): ReceivedMessage[] {
    return this.#taker.take(request);
  }
}
