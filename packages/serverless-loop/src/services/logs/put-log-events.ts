import type { JsonObject } from '../../aws/operation.ts';
import { constraint, invalidParameter } from './errors.ts';
import { EVENT_OVERHEAD_BYTES, eventId } from './event-position.ts';
import { MAX_EVENT_BYTES } from './function-logs.ts';
import { type LogsContext, namedGroup, streamOf } from './lookup.ts';
import { objectOf, requiredInteger, requiredText, wrongType } from './request.ts';
import { expiryOf } from './retention.ts';

interface PutEvent {
  timestamp: number;
  message: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAX_BATCH_BYTES = 1_048_576;
const MAX_BATCH_EVENTS = 10_000;

/** PutLogEvents: a batch in the order of its times; events that are too old or too new are left out and told of. */
export function putLogEvents(input: JsonObject, context: LogsContext): JsonObject {
  const group = namedGroup(input, context);
  const stream = streamOf(input, group);
  const events = batchOf(input);
  const { store } = context;
  const now = store.now();

  const tooOld = endOf(events, ({ timestamp }) => timestamp < now - 14 * DAY_MS);
  const expired = endOf(events, ({ timestamp }) => timestamp < expiryOf(group, now));
  const tooNew = events.findIndex(({ timestamp }) => timestamp > now + 2 * HOUR_MS);
  const taken = events.slice(Math.max(tooOld, expired), tooNew < 0 ? undefined : tooNew);
  const [first, last] = [taken[0], taken.at(-1)];
  if (first && last && last.timestamp - first.timestamp > DAY_MS) {
    throw invalidParameter(
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    );
  }
  for (const { timestamp, message } of taken) store.addEvent(stream, timestamp, message);

  const rejected = {
    ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(expired > tooOld && { expiredLogEventEndIndex: expired }),
  };
  return {
    // Nobody needs it any more, but it is still there.
    nextSequenceToken: eventId({ timestamp: now, sequence: 0 }),
    ...(Object.keys(rejected).length > 0 && { rejectedLogEventsInfo: rejected }),
  };
}

function batchOf(input: JsonObject): PutEvent[] {
  const list = input.logEvents ?? undefined;
  if (list === undefined) throw constraint(undefined, 'logEvents', 'not be null');
  if (!Array.isArray(list)) throw wrongType('logEvents', 'a list');
  if (list.length < 1) throw constraint('[]', 'logEvents', 'have length greater than or equal to 1');
  if (list.length > MAX_BATCH_EVENTS) {
    throw invalidParameter(`The number of log events in a batch cannot exceed ${MAX_BATCH_EVENTS}.`);
  }
  const events = list.map(readEvent);
  const bytes = events.reduce(
    (sum, { message }) => sum + Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES,
    0,
  );
  if (bytes > MAX_BATCH_BYTES) {
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BATCH_BYTES}`);
  }
  const isInOrder = events.every(({ timestamp }, at) => timestamp >= (events[at - 1]?.timestamp ?? 0));
  if (!isInOrder) {
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
  }
  return events;
}

function readEvent(value: unknown): PutEvent {
  const event = objectOf(value, 'logEvents');
  const message = requiredText(event, 'message');
  const bytes = Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
  if (bytes > MAX_EVENT_BYTES) {
    throw invalidParameter(`Log event too large: ${bytes} bytes exceeds limit of ${MAX_EVENT_BYTES}`);
  }
  return { message, timestamp: requiredInteger(event, 'timestamp') };
}

/** How many at the beginning are so; the events are in the order of their times. */
function endOf(events: PutEvent[], isSo: (event: PutEvent) => boolean): number {
  const end = events.findIndex((event) => !isSo(event));
  return end < 0 ? events.length : end;
}
