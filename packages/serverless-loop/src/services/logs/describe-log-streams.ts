import { AwsError } from '../../aws/errors.ts';
import {
  boolean,
  integer,
  list,
  oneOf,
  type Read,
  structure,
  text,
  type Written,
} from '../../aws/members.ts';
import { pageOf } from '../../aws/page.ts';
import { groupNeed, groupOf, operation } from './context.ts';
import { invalidParameter, invalidToken } from './errors.ts';
import { eventId } from './event-position.ts';
import type { LogGroup, LogStore, LogStream } from './log-store.ts';
import { streamArn } from './names.ts';
import { GROUP_NAME, IDENTIFIER, LISTED, MAX_LISTED, STREAM_NAME, TIME } from './shapes.ts';

/** The times of the events of a stream that are still kept, in epoch milliseconds. */
interface EventTimes {
  first: number;
  last: number;
  ingested: number;
}

interface Described {
  stream: LogStream;
  times?: EventTimes;
  /** By which the list is sorted: texts that sort as the streams do. */
  key: string;
}

const WANTED = {
  logGroupName: GROUP_NAME,
  logGroupIdentifier: IDENTIFIER,
  logStreamNamePrefix: STREAM_NAME,
  orderBy: oneOf(['LogStreamName', 'LastEventTime']),
  descending: boolean(),
  ...LISTED,
} as const;

const STREAM = {
  logStreamName: STREAM_NAME,
  creationTime: TIME,
  firstEventTimestamp: TIME,
  lastEventTimestamp: TIME,
  lastIngestionTime: TIME,
  uploadSequenceToken: text(),
  arn: text(),
  storedBytes: integer(),
} as const;

/** By name or by the last event (CloudWatch Logs reference, "DescribeLogStreams"). */
export const DESCRIBE_LOG_STREAMS = operation({
  input: WANTED,
  output: { logStreams: list(structure(STREAM)), nextToken: text() },
  needs: groupNeed,
  handle(input, context) {
    refuseContradictions(input);
    const group = groupOf(input, context);
    const { logStreamNamePrefix: prefix = '', orderBy = 'LogStreamName', descending = false } = input;
    const times = eventTimes(group, context.store);
    const streams = [...group.streams.values()]
      .filter(({ name }) => name.startsWith(prefix))
      .map((stream) => described(stream, orderBy, times.get(stream.id)));
    const { items, ...more } = pageOf(streams, {
      list: `streams ${orderBy} ${descending}`,
      limit: input.limit ?? MAX_LISTED,
      token: input.nextToken,
      keyOf: ({ key }) => key,
      descending,
      refusal: invalidToken,
    });
    return {
      logStreams: items.map((item) => describe(item, streamArn(context.place, group.name, item.stream.name))),
      ...more,
    };
  },
});

function refuseContradictions(input: Read<typeof WANTED>): void {
  // In other words than its siblings' (LocalStack's record, test_logs_streams.snapshot.json,
  // test_describe_log_streams_with_log_group_identifier).
  if (input.logGroupName !== undefined && input.logGroupIdentifier !== undefined)
    throw new AwsError(
      'ValidationException',
      'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    );
  if (input.logStreamNamePrefix !== undefined && input.orderBy === 'LastEventTime')
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
}

function described(stream: LogStream, orderBy: string, times: EventTimes | undefined): Described {
  const time = orderBy === 'LastEventTime' ? `${String(times?.last ?? 0).padStart(20, '0')} ` : '';
  return { stream, key: `${time}${stream.name}`, ...(times && { times }) };
}

function eventTimes({ streams }: LogGroup, store: LogStore): Map<number, EventTimes> {
  const ids = new Set([...streams.values()].map(({ id }) => id));
  const times = new Map<number, EventTimes>();
  for (const { streamId, timestamp, ingestionTime } of store.events()) {
    if (!ids.has(streamId)) continue;
    const known = times.get(streamId);
    times.set(streamId, {
      first: Math.min(known?.first ?? timestamp, timestamp),
      last: Math.max(known?.last ?? timestamp, timestamp),
      ingested: ingestionTime,
    });
  }
  return times;
}

function describe({ stream, times }: Described, arn: string): Written<typeof STREAM> {
  return {
    logStreamName: stream.name,
    creationTime: stream.creationTime,
    ...(times && {
      firstEventTimestamp: times.first,
      lastEventTimestamp: times.last,
      lastIngestionTime: times.ingested,
      uploadSequenceToken: eventId({ timestamp: times.ingested, sequence: 0 }),
    }),
    arn,
    // Always 0 since June 2019.
    storedBytes: 0,
  };
}
