import { MINUTE_MS } from '../../../aws/time-units.ts';
import type { Clock } from '../../../clock.ts';
import type { FifoModel } from '../../../template/model.ts';

/** From the first message of an id (SQS guide, "Using the message deduplication ID"). */
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
  readonly #clock: Clock;
  /** In the order of time. */
  readonly #sent = new Map<string, Remembered>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The message that was accepted by the id before. */
  find(key: string): SentMessage | undefined {
    this.#forgetOld();
    return this.#sent.get(key);
  }

  remember(key: string, sent: SentMessage): void {
    this.#sent.delete(key);
    this.#sent.set(key, { ...sent, atMs: this.#clock.elapsedMs() });
  }

  /** A queue that is purged remembers none (seen at AWS: localstack/localstack, test_purge_queue_clears_fifo_deduplication_cache). */
  clear(): void {
    this.#sent.clear();
  }

  #forgetOld(): void {
    const untilMs = this.#clock.elapsedMs() - INTERVAL_MS;
    for (const [key, { atMs }] of this.#sent) {
      if (atMs > untilMs) return;
      this.#sent.delete(key);
    }
  }
}

/** Two messages of one key are duplicates: by `messageGroup` only within their group (SQS guide, "High throughput for FIFO queues"). */
export function deduplicationKey(
  { deduplicationScope }: FifoModel,
  { MessageGroupId = '', MessageDeduplicationId = '' }: Readonly<Record<string, string>>,
): string {
  const parts = deduplicationScope === 'queue' ? [] : [MessageGroupId];
  return [...parts, MessageDeduplicationId].join(' ');
}
