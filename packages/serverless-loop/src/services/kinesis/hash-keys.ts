import { createHash } from 'node:crypto';
import { invalidArgument } from './kinesis-errors.ts';

/** Hash keys are whole numbers of 128 bits (Kinesis guide, "Key concepts", partition key). */
const LAST_HASH_KEY = 2n ** 128n - 1n;

/** From its first key to its last, both its own. */
export interface HashKeyRange {
  first: bigint;
  last: bigint;
}

/** The key of a record, by MD5 of its partition key, unless it says its own. Throws AwsError. */
export function hashKeyOf(partitionKey: string, explicit: string | undefined): bigint {
  if (explicit === undefined) return BigInt(`0x${createHash('md5').update(partitionKey).digest('hex')}`);
  const key = BigInt(explicit);
  if (key > LAST_HASH_KEY)
    throw invalidArgument(
      `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${explicit}`,
    );
  return key;
}

/** All keys, in so many ranges of one size. */
export function evenRanges(count: number): HashKeyRange[] {
  const size = (LAST_HASH_KEY + 1n) / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({
    first: size * BigInt(index),
    last: index === count - 1 ? LAST_HASH_KEY : size * BigInt(index + 1) - 1n,
  }));
}

export function overlaps(one: HashKeyRange, other: HashKeyRange): boolean {
  return one.first <= other.last && other.first <= one.last;
}
