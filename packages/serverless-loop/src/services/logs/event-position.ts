import { invalidToken } from './errors.ts';
import type { KeptEvent } from './event-ring.ts';

/** The place of an event among all: by its time, then by when it came. */
export interface EventPosition {
  timestamp: number;
  sequence: number;
}

export function compare(one: EventPosition, other: EventPosition): number {
  return one.timestamp - other.timestamp || one.sequence - other.sequence;
}

/** 56 digits, as CloudWatch Logs has them, that sort as the events do. */
export function eventId({ timestamp, sequence }: EventPosition): string {
  return `${String(timestamp).padStart(20, '0')}${String(sequence).padStart(36, '0')}`;
}

/** Throws AwsError when the text is no id that `eventId` made. */
export function positionIn(id: string): EventPosition {
  if (!/^\d{56}$/.test(id)) throw invalidToken();
  const position = { timestamp: Number(id.slice(0, 20)), sequence: Number(id.slice(20)) };
  if (!Number.isSafeInteger(position.timestamp) || !Number.isSafeInteger(position.sequence))
    throw invalidToken();
  return position;
}

/** CloudWatch Logs counts so many bytes beside the message of an event (CloudWatch Logs reference, "PutLogEvents"). */
export const EVENT_OVERHEAD_BYTES = 26;

export function sizeOf({ messageBytes }: Pick<KeptEvent, 'messageBytes'>): number {
  return messageBytes + EVENT_OVERHEAD_BYTES;
}
