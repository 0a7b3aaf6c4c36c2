import { MINUTE_MS } from '../../../aws/time-units.ts';
import type { Clock } from '../../../clock.ts';
import type { ReceivedMessage } from '../stored-message.ts';

/** Of an attempt that can be repeated (SQS API reference, "ReceiveMessage", ReceiveRequestAttemptId). */
const INTERVAL_MS = 5 * MINUTE_MS;

interface Attempt {
  atMs: number;
  messages: readonly ReceivedMessage[];
}

/**
 * Receives whose answer may be asked for once more by their attempt's id: the same messages by the same handles, as long as
 * none of them was deleted, became visible or had its time-out changed.
 */
export class ReceiveAttempts {
  readonly #clock: Clock;
  /** In the order of time. */
  readonly #attempts = new Map<string, Attempt>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  find(id: string): readonly ReceivedMessage[] | undefined {
    const untilMs = this.#clock.elapsedMs() - INTERVAL_MS;
    for (const [old, { atMs }] of this.#attempts) {
      if (atMs > untilMs) break;
      this.#attempts.delete(old);
    }
    return this.#attempts.get(id)?.messages;
  }

  remember(id: string, messages: readonly ReceivedMessage[]): void {
    this.#attempts.delete(id);
    this.#attempts.set(id, { atMs: this.#clock.elapsedMs(), messages });
  }

  /** Forgets the attempts that got a message which was changed since. */
  forget(messageId: string): void {
    for (const [id, { messages }] of this.#attempts)
      if (messages.some((message) => message.messageId === messageId)) this.#attempts.delete(id);
  }

  clear(): void {
    this.#attempts.clear();
  }
}
