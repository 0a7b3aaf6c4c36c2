import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { invalidParameter } from './errors.ts';
import { eventId } from './event-position.ts';
import { pageOf } from './list-page.ts';
import type { LogGroup, LogStore, LogStream } from './log-store.ts';
import { groupOf, type LogsContext } from './lookup.ts';
import { streamArn } from './names.ts';
import { optionalBoolean, optionalChoice, optionalText, STREAM_NAME } from './request.ts';

/** The times of the events of a stream that are still kept, in epoch milliseconds. */
interface EventTimes {
  first: number;
  last: number;
  ingested: number;
}

interface Described {
  stream: LogStream;
  times?: EventTimes;
  /** What the list is sorted by: texts that sort as the streams do. */
  key: string;
}

/** DescribeLogStreams: by name or by the last event (CloudWatch Logs reference, "DescribeLogStreams"). */
export function describeLogStreams(input: JsonObject, context: LogsContext): JsonObject {
  // In other words than its siblings' (LocalStack's record, test_logs_streams.snapshot.json,
  // test_describe_log_streams_with_log_group_identifier).
  if (
    (input.logGroupName ?? undefined) !== undefined &&
    (input.logGroupIdentifier ?? undefined) !== undefined
  )
    throw new AwsError(
      'ValidationException',
      'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    );
  const group = groupOf(input, context);
  const prefix = optionalText(input, 'logStreamNamePrefix', STREAM_NAME);
  const orderBy = optionalChoice(input, 'orderBy', ['LogStreamName', 'LastEventTime']) ?? 'LogStreamName';
  const sign = optionalBoolean(input, 'descending') ? -1 : 1;
  if (prefix !== undefined && orderBy === 'LastEventTime') {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const times = eventTimes(group, context.store);
  const streams = [...group.streams.values()]
    .filter(({ name }) => name.startsWith(prefix ?? ''))
    .map((stream) => described(stream, orderBy, times.get(stream.id)))
    .sort((one, other) => (one.key < other.key ? -sign : sign));
  const { items, nextToken } = pageOf(input, streams, {
    kind: `streams ${orderBy} ${sign}`,
    keyOf: ({ key }) => key,
    isAfter: ({ key }, after) => (sign > 0 ? key > after : key < after),
  });
  return {
    logStreams: items.map((item) => describe(item, streamArn(context.place, group.name, item.stream.name))),
    ...(nextToken !== undefined && { nextToken }),
  };
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

function describe({ stream, times }: Described, arn: string): JsonObject {
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
