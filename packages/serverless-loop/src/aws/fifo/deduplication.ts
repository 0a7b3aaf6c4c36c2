import { createHash } from 'node:crypto';
import { MINUTE_MS } from '../time-units.ts';

/** From the first message of an id (SQS guide, "Using the message deduplication ID"; SNS guide, "Amazon SNS message deduplication for FIFO topics"). */
const INTERVAL_MS = 5 * MINUTE_MS;

/** The answer that a duplicate's sender gets too. */
export interface SentMessage {
  messageId: string;
  sequenceNumber: string;
}

interface Remembered extends SentMessage {
  atMs: number;
}

/** The deduplication ids of the last five minutes of emulated time, those of messages that are gone, too. */
export class Deduplication {
  readonly #elapsedMs: () => number;
  /** In the order of time. */
  readonly #sent = new Map<string, Remembered>();

  constructor(elapsedMs: () => number) {
    this.#elapsedMs = elapsedMs;
  }

  /** The message that was accepted by the id before. */
  find(key: string): SentMessage | undefined {
    this.#forgetOld();
    return this.#sent.get(key);
  }

  remember(key: string, sent: SentMessage): void {
    this.#sent.delete(key);
    this.#sent.set(key, { ...sent, atMs: this.#elapsedMs() });
  }

  /** A queue that is purged remembers none (seen at AWS: localstack/localstack, test_purge_queue_clears_fifo_deduplication_cache). */
  clear(): void {
    this.#sent.clear();
  }

  #forgetOld(): void {
    const untilMs = this.#elapsedMs() - INTERVAL_MS;
    for (const [key, { atMs }] of this.#sent) {
      if (atMs > untilMs) return;
      this.#sent.delete(key);
    }
  }
}

/** Two messages of one key are duplicates: where groups count, only within their group (SQS guide, "High throughput for FIFO queues"). */
export function deduplicationKey(
  id: string,
  { groupId, isByGroup }: { groupId: string; isByGroup: boolean },
): string {
  return isByGroup ? `${groupId} ${id}` : id;
}

/** The id of a message that has none: by its body, and not by its attributes (SQS API reference, "SendMessage", MessageDeduplicationId). */
export function contentId(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
