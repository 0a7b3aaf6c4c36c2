import { DynamoDbError, validationError } from '../dynamodb-error.ts';
import { isObject } from '../requests/shapes.ts';

/** API reference, "GetShardIterator": how long an iterator can be used. */
const LIFETIME_MS = 15 * 60 * 1000;

/** A place in a stream: after this sequence number, which may be of no record. */
export interface StreamPlace {
  readonly arn: string;
  readonly after: string;
}

/** An iterator: opaque to its users, and complete, so that nothing is kept of it. */
export function iteratorOf({ arn, after }: StreamPlace, nowMs: number): string {
  const token = Buffer.from(JSON.stringify({ after, madeAt: nowMs })).toString('base64');
  return `${arn}|1|${token}`;
}

/** Throws ValidationException for what is no iterator, ExpiredIteratorException for one that is too old. */
export function placeOfIterator(iterator: string, nowMs: number): StreamPlace {
  const [arn, version, token = ''] = iterator.split('|');
  const { after, madeAt } = version === '1' ? parsed(token) : {};
  if (arn === undefined || typeof after !== 'string' || typeof madeAt !== 'number') {
    throw validationError('Invalid ShardIterator');
  }
  if (nowMs - madeAt > LIFETIME_MS)
    throw new DynamoDbError('ExpiredIteratorException', 'Shard iterator has expired');
  return { arn, after };
}

function parsed(token: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(Buffer.from(token, 'base64').toString());
    return isObject(json) ? json : {};
  } catch {
    return {};
  }
}
