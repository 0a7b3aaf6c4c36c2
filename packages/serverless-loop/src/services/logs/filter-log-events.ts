import type { JsonObject } from '../../aws/operation.ts';
import { constraint, invalidParameter, invalidToken, noSuchStream } from './errors.ts';
import { firstMatching } from './event-page.ts';
import { compare, type EventPosition, eventId, positionIn } from './event-position.ts';
import type { KeptEvent } from './event-ring.ts';
import { compileFilterPattern, InvalidPatternError, type MessageTest } from './filter/pattern.ts';
import type { LogGroup, LogStream } from './log-store.ts';
import { groupOf, type LogsContext } from './lookup.ts';
import {
  optionalBoolean,
  optionalInteger,
  optionalText,
  optionalTexts,
  PATTERN,
  STREAM_NAME,
} from './request.ts';
import { expiryOf } from './retention.ts';

/** Where a token goes on; its direction counts for more than `startFromHead`. */
interface Continuation {
  isForward: boolean;
  after: EventPosition;
}

const LONGEST_PAGE = 10_000;
const MOST_STREAMS = 100;
/** Newest first is for later starts only. */
const BACKWARD_SINCE = Date.parse('2024-01-01T00:00:00Z');

/** FilterLogEvents: the events of a group, streams interleaved (CloudWatch Logs reference, "FilterLogEvents"). */
export async function filterLogEvents(input: JsonObject, context: LogsContext): Promise<JsonObject> {
  const group = groupOf(input, context);
  const streams = new Map(streamsOf(input, group).map((stream) => [stream.id, stream.name]));
  const startTime = Math.max(optionalInteger(input, 'startTime') ?? 0, expiryOf(group, context.store.now()));
  const endTime = optionalInteger(input, 'endTime') ?? Number.MAX_SAFE_INTEGER;
  const limit = optionalInteger(input, 'limit', 1, LONGEST_PAGE) ?? LONGEST_PAGE;
  const matches = patternOf(input);
  optionalBoolean(input, 'interleaved');
  const start = startOf(input, group, startTime);

  const isWanted = (event: KeptEvent) =>
    streams.has(event.streamId) &&
    event.timestamp >= startTime &&
    event.timestamp <= endTime &&
    (start.after === undefined || compare(event, start.after) * (start.isForward ? 1 : -1) > 0);
  const events = [...context.store.events(startTime, endTime)].filter(isWanted).sort(compare);
  const page = await firstMatching(start.isForward ? events : events.reverse(), limit, matches);
  const last = page.found.at(-1);
  return {
    events: page.found.map(({ event, message }) => ({
      logStreamName: streams.get(event.streamId),
      timestamp: event.timestamp,
      message,
      ingestionTime: event.ingestionTime,
      eventId: eventId(event),
    })),
    // Empty since May 2020.
    searchedLogStreams: [],
    ...(last &&
      page.hasMore && { nextToken: tokenOf(group, { isForward: start.isForward, after: last.event }) }),
  };
}

function streamsOf(input: JsonObject, { streams }: LogGroup): LogStream[] {
  const names = optionalTexts(input, 'logStreamNames', STREAM_NAME);
  if (names && (names.length < 1 || names.length > MOST_STREAMS)) {
    throw constraint(`[${names.join(', ')}]`, 'logStreamNames', `have length from 1 to ${MOST_STREAMS}`);
  }
  const prefix = optionalText(input, 'logStreamNamePrefix', STREAM_NAME);
  if (names && prefix !== undefined) {
    throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive parameters.');
  }
  if (!names) return [...streams.values()].filter(({ name }) => name.startsWith(prefix ?? ''));
  return names.map((name) => {
    const stream = streams.get(name);
    if (!stream) throw noSuchStream();
    return stream;
  });
}

function patternOf(input: JsonObject): MessageTest {
  try {
    return compileFilterPattern(optionalText(input, 'filterPattern', PATTERN) ?? '');
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    throw invalidParameter(`Invalid filter pattern: ${error.message}`);
  }
}

function startOf(
  input: JsonObject,
  group: LogGroup,
  startTime: number,
): { isForward: boolean; after?: EventPosition } {
  const token = optionalText(input, 'nextToken');
  if (token !== undefined) return continuationIn(token, group);
  const isForward = optionalBoolean(input, 'startFromHead') ?? true;
  if (!isForward && startTime < BACKWARD_SINCE) {
    throw invalidParameter(
      'startFromHead set to false is supported only when startTime is on or after Jan 1, 2024 00:00:00 UTC.',
    );
  }
  return { isForward };
}

function tokenOf({ name }: LogGroup, { isForward, after }: Continuation): string {
  return Buffer.from(`${isForward ? 'f' : 'b'}/${eventId(after)}/${name}`).toString('base64url');
}

function continuationIn(token: string, { name }: LogGroup): Continuation {
  const [direction, id = '', ...rest] = Buffer.from(token, 'base64url').toString().split('/');
  if ((direction !== 'f' && direction !== 'b') || rest.join('/') !== name) throw invalidToken();
  return { isForward: direction === 'f', after: positionIn(id) };
}
