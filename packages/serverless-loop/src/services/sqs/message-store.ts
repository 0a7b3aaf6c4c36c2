import { DAY_MS } from '../../aws/time-units.ts';
import type { Clock, Timer } from '../../clock.ts';
import { groupIn, inFairOrder } from './fair-order.ts';
import type { MessageGroups } from './fifo/message-groups.ts';
import type { StoredMessage } from './stored-message.ts';

const MIN_SWEEP_MS = 1_000;
const MAX_SWEEP_MS = DAY_MS;

interface MessageStoreOptions {
  clock: Clock;
  /** The age at which a message is dropped, read anew each time. */
  retentionSeconds(): number;
  /** Told when a message can be received that couldn't before. */
  onVisible(): void;
  /** Of a FIFO queue: the order that messages are received in. */
  groups?: MessageGroups | undefined;
}

/** A queue's messages, those that can be received and those that can't yet, until they are too old. */
export class MessageStore {
  readonly #options: MessageStoreOptions;
  /** Both in the order in which messages came, or came back. */
  readonly #visible = new Map<string, StoredMessage>();
  readonly #invisible = new Map<string, StoredMessage>();
  /** Make the invisible ones visible again. */
  readonly #timers = new Map<string, Timer>();
  #sweep: Timer | undefined;
  /** Some message had a group. */
  #hasGroups = false;

  constructor(options: MessageStoreOptions) {
    this.#options = options;
  }

  /** Keeps a message that can be received at once. */
  show(message: StoredMessage): void {
    this.#take(message);
    this.#visible.set(message.messageId, message);
    this.#hasGroups ||= groupIn(message) !== undefined;
    this.#options.groups?.add(message);
    this.#sweep ??= this.#sweepLater(message.sentAtElapsedMs);
  }

  /** Keeps a message that can be received after so many seconds of emulated time, at once when it's 0. */
  hide(message: StoredMessage, seconds: number): void {
    if (seconds === 0) {
      this.show(message);
      return;
    }
    this.#take(message);
    this.#invisible.set(message.messageId, message);
    this.#options.groups?.add(message);
    this.#timers.set(
      message.messageId,
      this.#options.clock.after(seconds * 1000, () => {
        this.show(message);
        this.#options.onVisible();
      }),
    );
    this.#sweep ??= this.#sweepLater(message.sentAtElapsedMs);
  }

  remove(message: StoredMessage): void {
    this.#take(message);
    this.#options.groups?.remove(message);
  }

  /** Gives the messages that were never received yet another delay, counted from when they were sent. */
  delay(seconds: number): void {
    for (const message of [...this.#invisible.values()]) {
      if (message.receiveCount > 0) continue;
      const passedMs = this.#options.clock.elapsedMs() - message.sentAtElapsedMs;
      this.hide(message, Math.max(0, seconds - passedMs / 1000));
    }
  }

  get(messageId: string): StoredMessage | undefined {
    return this.#invisible.get(messageId) ?? this.#visible.get(messageId);
  }

  isInvisible({ messageId }: StoredMessage): boolean {
    return this.#invisible.has(messageId);
  }

  /** Messages that can be received, the longest waiting first, or as the groups have them. May be removed from while it is read. */
  *visible(): Iterable<StoredMessage> {
    const { groups } = this.#options;
    const inOrder = groups
      ? groups.receivable(({ messageId }) => this.#visible.has(messageId))
      : this.#ungrouped();
    for (const message of inOrder) {
      if (this.#isExpired(message)) this.remove(message);
      else yield message;
    }
  }

  /** Of a standard queue; few of them have groups. */
  #ungrouped(): Iterable<StoredMessage> {
    const visible = this.#visible.values();
    return this.#hasGroups ? inFairOrder(visible, this.#invisible.values()) : visible;
  }

  /** All of them, in the order in which they can be received: those that can't yet come last. */
  all(): { message: StoredMessage; isVisible: boolean }[] {
    this.#dropExpired();
    return [
      ...[...this.#visible.values()].map((message) => ({ message, isVisible: true })),
      ...[...this.#invisible.values()].map((message) => ({ message, isVisible: false })),
    ];
  }

  counts(): { visible: number; inFlight: number; delayed: number } {
    this.#dropExpired();
    const delayed = [...this.#invisible.values()].filter(({ receiveCount }) => receiveCount === 0).length;
    return { visible: this.#visible.size, inFlight: this.#invisible.size - delayed, delayed };
  }

  /** Whole seconds of emulated time; undefined when there is no message. */
  oldestAgeSeconds(): number | undefined {
    const oldest = this.#all().reduce(
      (least, { sentAtElapsedMs }) => Math.min(least, sentAtElapsedMs),
      Infinity,
    );
    return oldest === Infinity ? undefined : Math.floor((this.#options.clock.elapsedMs() - oldest) / 1000);
  }

  clear(): void {
    for (const message of this.#all()) this.remove(message);
    this.#sweep?.cancel();
    this.#sweep = undefined;
  }

  #take({ messageId }: StoredMessage): void {
    this.#visible.delete(messageId);
    this.#invisible.delete(messageId);
    this.#timers.get(messageId)?.cancel();
    this.#timers.delete(messageId);
  }

  #all(): StoredMessage[] {
    return [...this.#visible.values(), ...this.#invisible.values()];
  }

  #isExpired({ sentAtElapsedMs }: StoredMessage): boolean {
    return this.#options.clock.elapsedMs() - sentAtElapsedMs >= this.#options.retentionSeconds() * 1000;
  }

  #dropExpired(): void {
    for (const message of this.#all()) if (this.#isExpired(message)) this.remove(message);
  }

  /** Drops what is too old when the oldest message is, but neither every moment nor later than a timer can wait. */
  #sweepLater(oldestAtElapsedMs: number): Timer {
    const expiresAtMs = oldestAtElapsedMs + this.#options.retentionSeconds() * 1000;
    const delayMs = expiresAtMs - this.#options.clock.elapsedMs();
    return this.#options.clock.after(Math.min(Math.max(delayMs, MIN_SWEEP_MS), MAX_SWEEP_MS), () => {
      this.#dropExpired();
      // One that held its group back is gone.
      if (this.#options.groups) this.#options.onVisible();
      const oldest = this.#all().reduce(
        (least, { sentAtElapsedMs }) => Math.min(least, sentAtElapsedMs),
        Infinity,
      );
      this.#sweep = oldest === Infinity ? undefined : this.#sweepLater(oldest);
    });
  }
}
