import { AwsError } from '../../aws/errors.ts';
import { isObject } from '../../aws/json-object.ts';
import { parsedJson } from '../../aws/parsed-json.ts';
import { invalidArgument } from './kinesis-errors.ts';

/** "Shard iterators expire 5 minutes after they are returned" (Kinesis API reference, "GetShardIterator"). */
const LIFETIME_MS = 300_000;

/** A place in a shard. */
export interface ShardPlace {
  name: string;
  shardId: string;
  after: string;
  madeAtMs: number;
}

/** Opaque to its users, and complete, so that nothing is kept of it. */
export function formatIterator(place: ShardPlace): string {
  return Buffer.from(JSON.stringify(place)).toString('base64');
}

/** Throws AwsError for what is no iterator, and for one that is too old. */
export function parseIterator(iterator: string, nowMs: number): ShardPlace {
  const { name, shardId, after, madeAtMs } = parsed(iterator);
  if (
    typeof name !== 'string' ||
    typeof shardId !== 'string' ||
    typeof after !== 'string' ||
    typeof madeAtMs !== 'number'
  )
    throw invalidArgument('Invalid ShardIterator.');
  if (nowMs - madeAtMs > LIFETIME_MS)
    throw new AwsError(
      'ExpiredIteratorException',
      `Iterator expired. The iterator was created at time ${timeText(madeAtMs)} while right now it is ${timeText(nowMs)} which is further in the future than the tolerated delay of ${LIFETIME_MS} milliseconds.`,
    );
  return { name, shardId, after, madeAtMs };
}

function parsed(iterator: string): Record<string, unknown> {
  const json = parsedJson(Buffer.from(iterator, 'base64').toString());
  return isObject(json) ? json : {};
}

/** As Kinesis writes it: `Thu Jan 22 01:22:02 UTC 2015`. */
function timeText(epochMs: number): string {
  const [, weekday = '', day, month, year, time] =
    /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(epochMs).toUTCString()) ?? [];
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}
