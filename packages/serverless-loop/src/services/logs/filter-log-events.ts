import { boolean, list, type Read, structure, text } from '../../aws/members.ts';
import { groupNeed, groupOf, operation, streamNamed } from './context.ts';
import { invalidParameter, invalidToken } from './errors.ts';
import { firstMatching } from './event-page.ts';
import { compare, type EventPosition, eventId, positionIn } from './event-position.ts';
import type { KeptEvent } from './event-ring.ts';
import type { LogGroup, LogStream } from './log-store.ts';
import { patternTest } from './pattern-test.ts';
import { expiryOf } from './retention.ts';
import {
  EVENTS_WANTED,
  FILTER_PATTERN,
  GROUP_NAME,
  IDENTIFIER,
  MAX_EVENTS,
  STREAM_NAME,
  TIME,
} from './shapes.ts';

/** A token goes on there; its direction counts for more than `startFromHead`. */
interface Continuation {
  isForward: boolean;
  after: EventPosition;
}

/** Newest first is for later starts only. */
const BACKWARD_SINCE = Date.parse('2024-01-01T00:00:00Z');

const WANTED = {
  logGroupName: GROUP_NAME,
  logGroupIdentifier: IDENTIFIER,
  logStreamNames: list(STREAM_NAME, { min: 1, max: 100 }),
  logStreamNamePrefix: STREAM_NAME,
  filterPattern: FILTER_PATTERN,
  interleaved: boolean(),
  ...EVENTS_WANTED,
} as const;

type Wanted = Read<typeof WANTED>;

const EVENT = structure({
  logStreamName: STREAM_NAME,
  timestamp: TIME,
  message: text(),
  ingestionTime: TIME,
  eventId: text(),
});

/** The events of a group, streams interleaved (CloudWatch Logs reference, "FilterLogEvents"). */
export const FILTER_LOG_EVENTS = operation({
  input: WANTED,
  output: {
    events: list(EVENT),
    searchedLogStreams: list(structure({ logStreamName: STREAM_NAME, searchedCompletely: boolean() })),
    nextToken: text(),
  },
  needs: groupNeed,
  async handle(input, context) {
    const { endTime = Number.MAX_SAFE_INTEGER, limit = MAX_EVENTS } = input;
    const { store } = context;
    const group = groupOf(input, context);
    const streams = new Map(streamsOf(input, group).map(({ id, name }) => [id, name]));
    const startTime = Math.max(input.startTime ?? 0, expiryOf(group, store.now()));
    const matches = patternTest(input.filterPattern ?? '');
    const start = startOf(input, group, startTime);

    const isWanted = (event: KeptEvent) =>
      streams.has(event.streamId) &&
      event.timestamp >= startTime &&
      event.timestamp <= endTime &&
      (start.after === undefined || compare(event, start.after) * (start.isForward ? 1 : -1) > 0);
    const events = [...store.events(startTime, endTime)].filter(isWanted).sort(compare);
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
  },
});

function streamsOf(
  { logStreamNames: names, logStreamNamePrefix: prefix }: Wanted,
  group: LogGroup,
): LogStream[] {
  if (names && prefix !== undefined)
    throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive parameters.');
  if (names) return names.map((name) => streamNamed(name, group));
  return [...group.streams.values()].filter(({ name }) => name.startsWith(prefix ?? ''));
}

function startOf(
  { nextToken, startFromHead: isForward = true }: Wanted,
  group: LogGroup,
  startTime: number,
): { isForward: boolean; after?: EventPosition } {
  if (nextToken !== undefined) return continuationIn(nextToken, group);
  if (!isForward && startTime < BACKWARD_SINCE)
    throw invalidParameter(
      'startFromHead set to false is supported only when startTime is on or after Jan 1, 2024 00:00:00 UTC.',
    );
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
