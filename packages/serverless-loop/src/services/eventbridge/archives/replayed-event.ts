import { isObject } from '../../../aws/json-object.ts';
import type { BusEvent } from '../event.ts';
import { parseJson } from '../json.ts';
import type { KeptEvent } from './kept-events.ts';

/**
 * The event as a replay sends it: the same with `replay-name` between its Region and its resources (LocalStack's record,
 * test_archive_and_replay.snapshot.json).
 */
export function replayedEvent({ id, text }: KeptEvent, replayName: string, now: number): BusEvent {
  const parsed = parseJson(text);
  const { detail, ...envelope } = isObject(parsed) ? parsed : {};
  const { resources, ...beforeResources } = envelope;
  const marked = { ...beforeResources, 'replay-name': replayName, resources };
  const start = opened(envelope);
  // The detail's own text, whose numbers a double may not hold.
  const detailText = text.startsWith(start) ? text.slice(start.length, -1) : JSON.stringify(detail);
  return {
    id,
    value: { ...marked, detail },
    text: `${opened(marked)}${detailText}}`,
    traceHeader: undefined,
    ingestedAt: now,
  };
}

function opened(envelope: object): string {
  return `${JSON.stringify(envelope).slice(0, -1)},"detail":`;
}
