import type { Clock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import type { QueueModel } from '../../template/model.ts';
import { messageSizeBytes, type QueueMessage } from './message.ts';
import { MessageStore } from './message-store.ts';
import { formatReceiptHandle, parseReceiptHandle } from './receipt-handle.ts';
import { invalidValue } from './sqs-error.ts';
import { newStoredMessage, type ReceivedMessage, type StoredMessage } from './stored-message.ts';
import { type ReceiveRequest, WaitingReceivers } from './waiting-receivers.ts';

/** Counted from the receive (SQS reference, ChangeMessageVisibility). */
const MAXIMUM_VISIBILITY_SECONDS = 43_200;

interface QueueOptions {
  model: QueueModel;
  clock: Clock;
  report: Report;
  /** The queue of that ARN, for dead letters. */
  findQueue(queueArn: string): Queue | undefined;
  /** Told when there may be messages that no long poll took. */
  onMessages?(): void;
}

/** A standard queue: what sending, receiving and deleting mean. */
export class Queue {
  readonly tags = new Map<string, string>();
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly #options: QueueOptions;
  readonly #messages: MessageStore;
  readonly #receivers: WaitingReceivers;
  #model: QueueModel;
  #modifiedAt: number;

  constructor(options: QueueOptions) {
    const { clock, model } = options;
    this.#options = options;
    this.#model = model;
    this.createdAt = clock.now();
    this.#modifiedAt = this.createdAt;
    this.#receivers = new WaitingReceivers(clock);
    this.#messages = new MessageStore({
      clock,
      retentionSeconds: () => this.#model.messageRetentionSeconds,
      onVisible: () => this.#serve(),
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
    this.#model = change(this.#model);
    this.#modifiedAt = this.#options.clock.now();
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

  /** Keeps a message, invisible for `delaySeconds` at first. */
  send(message: QueueMessage, sender: string, delaySeconds: number): { messageId: string } {
    const stored = newStoredMessage(message, sender, this.#options.clock);
    this.#add(stored, sender, delaySeconds);
    return { messageId: stored.messageId };
  }

  /**
   * Keeps a message that another queue's redrive policy gave up: same id, age and receive count (LocalStack's record,
   * test_sqs.snapshot.json, test_dead_letter_queue_message_attributes).
   */
  adopt(message: StoredMessage, sourceArn: string): void {
    this.#add({ ...message, deadLetterSourceArn: sourceArn }, sourceArn, 0);
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
   * SQS reserves the right to do (SQS reference, DeleteMessage). Throws AwsError for a handle of no message.
   */
  delete(receiptHandle: string): void {
    const message = this.#find(receiptHandle);
    if (!message) return;
    this.#messages.remove(message);
    this.#options.report({ kind: 'queue.deleted', queueName: this.model.name, messageId: message.messageId });
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
    if (seconds * 1000 + sinceReceiveMs > MAXIMUM_VISIBILITY_SECONDS * 1000) {
      throw invalidValue(
        seconds,
        'VisibilityTimeout',
        `Total VisibilityTimeout for the message is beyond the limit [${MAXIMUM_VISIBILITY_SECONDS} seconds].`,
      );
    }
    this.#messages.hide(message, seconds);
    this.#serve();
  }

  /** Drops every message, those in flight too. */
  purge(): void {
    this.#messages.clear();
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
  take({ maximum, visibilityTimeoutSeconds }: ReceiveRequest): ReceivedMessage[] {
    const taken: StoredMessage[] = [];
    for (const message of this.#messages.visible()) {
      if (this.#redrive(message)) continue;
      taken.push(message);
      if (taken.length === maximum) break;
    }
    const received = taken.map((message) => this.#markReceived(message));
    for (const message of taken) this.#messages.hide(message, visibilityTimeoutSeconds);
    return received;
  }

  /**
   * A message received often enough goes to the dead-letter queue when it would be received once more; not to where it
   * came from, or two queues would toss it to and fro for ever.
   */
  #redrive(message: StoredMessage): boolean {
    const { arn, redrive } = this.model;
    if (!redrive || message.receiveCount < redrive.maxReceiveCount) return false;
    const deadLetters = this.#options.findQueue(redrive.deadLetterArn);
    if (!deadLetters || deadLetters === this || message.deadLetterSourceArn === redrive.deadLetterArn)
      return false;
    this.#messages.remove(message);
    deadLetters.adopt(message, arn);
    return true;
  }

  #markReceived(message: StoredMessage): ReceivedMessage {
    const { clock, report } = this.#options;
    const { messageId } = message;
    const queueName = this.model.name;
    message.receiveCount += 1;
    message.firstReceivedAt ??= clock.now();
    message.receivedAtElapsedMs = clock.elapsedMs();
    const { receiveCount } = message;
    report({ kind: 'queue.received', queueName, messageId, receiveCount });
    return { ...message, receiptHandle: formatReceiptHandle({ queueName, messageId, receiveCount }) };
  }

  /** The message, unless it is gone or was received again since. */
  #find(receiptHandle: string): StoredMessage | undefined {
    const { messageId, receiveCount } = parseReceiptHandle(receiptHandle, this.model.name);
    const message = this.#messages.get(messageId);
    return message?.receiveCount === receiveCount ? message : undefined;
  }
}
