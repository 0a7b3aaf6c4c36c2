import { setImmediate as nextTurn } from 'node:timers/promises';
import { sizeOf } from './event-position.ts';
import type { KeptEvent } from './event-ring.ts';
import type { MessageTest } from './filter/pattern.ts';

export interface FoundEvent {
  event: KeptEvent;
  message: string;
}

export interface EventPage {
  found: FoundEvent[];
  /** Whether another event follows that matches too. */
  hasMore: boolean;
}

/** A page holds 1 MB of events (CloudWatch Logs reference, "FilterLogEvents"). */
const PAGE_BYTES = 1_048_576;

/** After this long, whatever else waits in the loop comes first. */
const TURN_MS = 10;

/** The first events that match, up to `limit` and 1 MB. */
export async function firstMatching(
  events: Iterable<KeptEvent>,
  limit: number,
  matches: MessageTest,
): Promise<EventPage> {
  const found: FoundEvent[] = [];
  let bytes = 0;
  let turnBegan = performance.now();
  for (const event of events) {
    if (performance.now() - turnBegan > TURN_MS) {
      await nextTurn();
      turnBegan = performance.now();
    }
    const message = event.message();
    if (!matches(message)) continue;
    bytes += sizeOf(event);
    const isFull = found.length >= limit || (found.length > 0 && bytes > PAGE_BYTES);
    if (isFull) return { found, hasMore: true };
    found.push({ event, message });
  }
  return { found, hasMore: false };
}
