import { inSlices } from '../../aws/in-slices.ts';
import { sizeOf } from './event-position.ts';
import type { KeptEvent } from './event-ring.ts';
import type { MessageTest } from './filter/pattern.ts';

export interface FoundEvent {
  event: KeptEvent;
  message: string;
}

export interface EventPage {
  found: FoundEvent[];
  /** True when another event follows that matches too. */
  hasMore: boolean;
}

/** A page holds 1 MB of events (CloudWatch Logs reference, "FilterLogEvents"). */
const PAGE_BYTES = 1_048_576;

/** The first events that match, up to `limit` and 1 MB. */
export function firstMatching(
  events: Iterable<KeptEvent>,
  limit: number,
  matches: MessageTest,
): Promise<EventPage> {
  return inSlices(collect(events, limit, matches));
}

function* collect(
  events: Iterable<KeptEvent>,
  limit: number,
  matches: MessageTest,
): Generator<undefined, EventPage> {
  const found: FoundEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    yield;
    const message = event.message();
    if (!(yield* matches(message))) continue;
    bytes += sizeOf(event);
    const isFull = found.length >= limit || (found.length > 0 && bytes > PAGE_BYTES);
    if (isFull) return { found, hasMore: true };
    found.push({ event, message });
  }
  return { found, hasMore: false };
}
