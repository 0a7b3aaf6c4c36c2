import { list, required, structure, text } from '../../aws/members.ts';
import { groupOf, operation, streamNamed, streamNeed } from './context.ts';
import { invalidToken } from './errors.ts';
import { firstMatching } from './event-page.ts';
import { compare, type EventPosition, eventId, positionIn } from './event-position.ts';
import type { KeptEvent } from './event-ring.ts';
import { compileFilterPattern } from './filter/pattern.ts';
import { expiryOf } from './retention.ts';
import { EVENTS_WANTED, GROUP_NAME, IDENTIFIER, MAX_EVENTS, STREAM_NAME, TIME } from './shapes.ts';

/** The empty pattern matches every event. */
const ALL = compileFilterPattern('');

/** The events of one stream, forward or backward (CloudWatch Logs reference, "GetLogEvents"). */
export const GET_LOG_EVENTS = operation({
  input: {
    logGroupName: GROUP_NAME,
    logGroupIdentifier: IDENTIFIER,
    logStreamName: required(STREAM_NAME),
    ...EVENTS_WANTED,
  },
  output: {
    events: list(structure({ timestamp: TIME, message: text(), ingestionTime: TIME })),
    nextForwardToken: text(),
    nextBackwardToken: text(),
  },
  needs: streamNeed,
  async handle(input, context) {
    const { startFromHead = false, limit = MAX_EVENTS, endTime = Number.MAX_SAFE_INTEGER, nextToken } = input;
    const { store } = context;
    const group = groupOf(input, context);
    const stream = streamNamed(input.logStreamName, group);
    const startTime = Math.max(input.startTime ?? 0, expiryOf(group, store.now()));
    const start = nextToken === undefined ? { isForward: startFromHead } : startIn(nextToken);

    const isWanted = (event: KeptEvent) =>
      event.streamId === stream.id &&
      event.timestamp >= startTime &&
      event.timestamp < endTime &&
      (start.from === undefined || compare(event, start.from) * (start.isForward ? 1 : -1) > 0);
    const events = [...store.events(startTime, endTime)].filter(isWanted).sort(compare);
    const { found } = await firstMatching(start.isForward ? events : events.reverse(), limit, ALL);
    // In the order of their times, whichever way they were looked for.
    const page = start.isForward ? found : found.reverse();
    // At an end the token stays as it was; later events may follow it.
    const from = start.from ?? { timestamp: 0, sequence: 0 };
    return {
      events: page.map(({ event: { timestamp, ingestionTime }, message }) => ({
        timestamp,
        message,
        ingestionTime,
      })),
      nextForwardToken: `f/${eventId(page.at(-1)?.event ?? from)}/s`,
      nextBackwardToken: `b/${eventId(page[0]?.event ?? from)}/s`,
    };
  },
});

function startIn(token: string): { isForward: boolean; from?: EventPosition } {
  const [, direction, id] = /^([fb])\/(\d{56})\/s$/.exec(token) ?? [];
  if (id === undefined) throw invalidToken();
  return { isForward: direction === 'f', from: positionIn(id) };
}
