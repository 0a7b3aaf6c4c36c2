import { randomUUID } from 'node:crypto';
import type { Place } from '../../aws/arn.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import { timeText } from '../../aws/time-text.ts';
import { compactJson } from './json.ts';
import type { Entry } from './put-entry.ts';
import { targetTraceHeader } from './trace-header.ts';

/** An event on a bus. */
export interface BusEvent {
  id: string;
  /** As patterns and paths read it. */
  value: JsonObject;
  /** As targets receive it. */
  text: string;
  /** For the targets. */
  traceHeader: string | undefined;
  /** Time at which the bus got it: epoch milliseconds. */
  ingestedAt: number;
  /** It came from another bus, and goes on to no third one. */
  isForwarded?: true;
  /** A replay sends it, to these rules alone; to all, where they are none. */
  replayedTo?: readonly string[];
}

/** Makes the event of an entry, its members in AWS's order. */
export function createEvent(entry: Entry, place: Place, now: number): BusEvent {
  const id = randomUUID();
  const envelope = {
    version: '0',
    id,
    'detail-type': entry.detailType,
    source: entry.source,
    account: place.accountId,
    time: timeText(entry.timeMs ?? now),
    region: place.region,
    resources: entry.resources,
  };
  return {
    id,
    value: { ...envelope, detail: entry.detail },
    // The detail's own text, not a copy of its value: a target reads numbers that a double cannot hold.
    text: `${JSON.stringify(envelope).slice(0, -1)},"detail":${compactJson(entry.detailText)}}`,
    traceHeader: targetTraceHeader(entry.traceHeader),
    ingestedAt: now,
  };
}
