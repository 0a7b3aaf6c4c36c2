import { integer, list, type Read, required, structure, text } from '../../aws/members.ts';
import { DAY_MS, HOUR_MS } from '../../aws/time-units.ts';
import { groupNamed, operation, streamNamed, streamNeed } from './context.ts';
import { invalidParameter } from './errors.ts';
import { EVENT_OVERHEAD_BYTES, eventId } from './event-position.ts';
import { MAX_EVENT_BYTES } from './function-logs.ts';
import { expiryOf } from './retention.ts';
import { GROUP_NAME, STREAM_NAME, TIME } from './shapes.ts';

const MAX_BATCH_BYTES = 1_048_576;
const MAX_BATCH_EVENTS = 10_000;

const EVENT = { timestamp: required(TIME), message: required(text({ min: 1 })) } as const;

type PutEvent = Read<typeof EVENT>;

const EVENTS = list(structure(EVENT), {
  min: 1,
  max: MAX_BATCH_EVENTS,
  reason: `The number of log events in a batch cannot exceed ${MAX_BATCH_EVENTS}.`,
});

/** Takes a batch in the order of its times; events that are too old or too new are left out and told of. */
export const PUT_LOG_EVENTS = operation({
  input: {
    logGroupName: required(GROUP_NAME),
    logStreamName: required(STREAM_NAME),
    logEvents: required(EVENTS),
  },
  output: {
    nextSequenceToken: text(),
    rejectedLogEventsInfo: structure({
      tooNewLogEventStartIndex: integer(),
      tooOldLogEventEndIndex: integer(),
      expiredLogEventEndIndex: integer(),
    }),
  },
  needs: streamNeed,
  handle({ logGroupName, logStreamName, logEvents: events }, context, { traceHeader }) {
    const { store } = context;
    const group = groupNamed(logGroupName, context);
    const stream = streamNamed(logStreamName, group);
    refuseBatch(events);
    const now = store.now();

    const tooOld = endOf(events, ({ timestamp }) => timestamp < now - 14 * DAY_MS);
    const expired = endOf(events, ({ timestamp }) => timestamp < expiryOf(group, now));
    const tooNew = events.findIndex(({ timestamp }) => timestamp > now + 2 * HOUR_MS);
    const taken = events.slice(Math.max(tooOld, expired), tooNew < 0 ? undefined : tooNew);
    refuseLongTime(taken);
    for (const { timestamp, message } of taken) store.addEvent(stream, timestamp, message, { traceHeader });

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
  },
});

function refuseBatch(events: PutEvent[]): void {
  const sizes = events.map(({ message }) => Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES);
  const tooLarge = sizes.find((bytes) => bytes > MAX_EVENT_BYTES);
  if (tooLarge !== undefined)
    throw invalidParameter(`Log event too large: ${tooLarge} bytes exceeds limit of ${MAX_EVENT_BYTES}`);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > MAX_BATCH_BYTES)
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BATCH_BYTES}`);
  const isInOrder = events.every(({ timestamp }, at) => timestamp >= (events[at - 1]?.timestamp ?? 0));
  if (!isInOrder)
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
}

function refuseLongTime(events: PutEvent[]): void {
  const [first, last] = [events[0], events.at(-1)];
  if (first && last && last.timestamp - first.timestamp > DAY_MS)
    throw invalidParameter(
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    );
}

/** Counts the events at the beginning that are so; the events are in the order of their times. */
function endOf(events: PutEvent[], isSo: (event: PutEvent) => boolean): number {
  const end = events.findIndex((event) => !isSo(event));
  return end < 0 ? events.length : end;
}
