import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { DETAIL_TYPE, SOURCE } from '../orders/order-created.ts';
import type { Journal, OrderBus } from '../orders/ports.ts';

export interface OrderBusOptions {
  client: EventBridgeClient;
  busName: string;
  /** Resolves after so many milliseconds. */
  sleep: (delayMs: number) => Promise<void>;
  /** From 0 up to, but not including, 1. */
  random: () => number;
  /** Time to keep back when deciding on another try: the longest that a try can take. */
  marginMs: number;
  /** Hears of every try after the first. A tool has none. */
  journal?: Journal;
}

/** EventBridge answers 200 for these too ("PutEventsResultEntry"); they are the ones that another try can cure. */
const RETRYABLE = ['ThrottlingException', 'InternalFailure'];
const FIRST_DELAY_MS = 50;
const MAX_DELAY_MS = 2_000;

/** The bus took the call but not the event. */
export class PublishFailed extends Error {
  override readonly name = 'PublishFailed';
  readonly orderId: string;
  readonly errorCode: string;
  readonly attempts: number;

  constructor(orderId: string, entry: PutEventsResultEntry | undefined, attempts: number) {
    const errorCode = entry?.ErrorCode ?? 'no code';
    super(
      `Order ${orderId} was not published: ${errorCode} (${entry?.ErrorMessage ?? 'no message'}), tries: ${attempts}`,
    );
    this.orderId = orderId;
    this.errorCode = errorCode;
    this.attempts = attempts;
  }
}

/** The order bus in EventBridge. */
export function orderBus({ client, busName, sleep, random, marginMs, journal }: OrderBusOptions): OrderBus {
  return {
    async publish(event, remainingMs) {
      const command = new PutEventsCommand({
        Entries: [
          { EventBusName: busName, Source: SOURCE, DetailType: DETAIL_TYPE, Detail: JSON.stringify(event) },
        ],
      });
      for (let attempt = 1; ; attempt += 1) {
        const { FailedEntryCount, Entries } = await client.send(command);
        if (!FailedEntryCount) return;
        const failure = new PublishFailed(event.orderId, Entries?.[0], attempt);
        const delayMs = fullJitter(attempt, random());
        if (!RETRYABLE.includes(failure.errorCode) || remainingMs() < delayMs + marginMs) throw failure;
        journal?.record({ what: 'publish retried', errorCode: failure.errorCode, attempt: attempt + 1 });
        await sleep(delayMs);
      }
    },
  };
}

/** Anything from nothing to the full delay, which doubles each time: so callers that failed together part. */
function fullJitter(attempt: number, random: number): number {
  return random * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
}
