import type { JsonObject } from '../../aws/operation.ts';
import { invalidToken } from './errors.ts';
import { firstMatching } from './event-page.ts';
import { compare, type EventPosition, eventId, positionIn } from './event-position.ts';
import type { KeptEvent } from './event-ring.ts';
import { compileFilterPattern } from './filter/pattern.ts';
import { groupOf, type LogsContext, streamOf } from './lookup.ts';
import { optionalBoolean, optionalInteger, optionalText } from './request.ts';
import { expiryOf } from './retention.ts';

/** The empty pattern matches every event. */
const ALL = compileFilterPattern('');

const LONGEST_PAGE = 10_000;

/** GetLogEvents: the events of one stream, forward or backward (CloudWatch Logs reference, "GetLogEvents"). */
export async function getLogEvents(input: JsonObject, context: LogsContext): Promise<JsonObject> {
  const group = groupOf(input, context);
  const stream = streamOf(input, group);
  const startTime = Math.max(optionalInteger(input, 'startTime') ?? 0, expiryOf(group, context.store.now()));
  const endTime = optionalInteger(input, 'endTime') ?? Number.MAX_SAFE_INTEGER;
  const limit = optionalInteger(input, 'limit', 1, LONGEST_PAGE) ?? LONGEST_PAGE;
  const startFromHead = optionalBoolean(input, 'startFromHead') ?? false;
  const token = optionalText(input, 'nextToken');
  const start = token === undefined ? { isForward: startFromHead } : startIn(token);

  const isWanted = (event: KeptEvent) =>
    event.streamId === stream.id &&
    event.timestamp >= startTime &&
    event.timestamp < endTime &&
    (start.from === undefined || compare(event, start.from) * (start.isForward ? 1 : -1) > 0);
  const events = [...context.store.events(startTime, endTime)].filter(isWanted).sort(compare);
  const { found } = await firstMatching(start.isForward ? events : events.reverse(), limit, ALL);
  // In the order of their times, whichever way they were looked for.
  const page = start.isForward ? found : found.reverse();
  // At an end the token stays as it was; later events may follow it.
  const from = start.from ?? { timestamp: 0, sequence: 0 };
  return {
    events: page.map(({ event, message }) => ({
      timestamp: event.timestamp,
      message,
      ingestionTime: event.ingestionTime,
    })),
    nextForwardToken: `f/${eventId(page.at(-1)?.event ?? from)}/s`,
    nextBackwardToken: `b/${eventId(page[0]?.event ?? from)}/s`,
  };
}

function startIn(token: string): { isForward: boolean; from?: EventPosition } {
  const [, direction, id] = /^([fb])\/(\d{56})\/s$/.exec(token) ?? [];
  if (id === undefined) throw invalidToken();
  return { isForward: direction === 'f', from: positionIn(id) };
}
