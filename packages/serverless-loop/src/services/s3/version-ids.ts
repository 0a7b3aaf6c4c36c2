import { createHash, randomBytes } from 'node:crypto';

/** Of an id's bytes those that say when it was made, and all that are drawn. */
const ORDER_BYTES = 8;
const DRAWN_BYTES = 18;
const CHECK_LENGTH = 8;
const TIME_BITS = 20n;

let last = 0n;

/** Makes the id of a version, 32 characters of a URL: a later one has the greater order. */
export function newVersionId(now: number): string {
  const earliest = orderAt(now);
  last = earliest > last ? earliest : last + 1n;
  const order = Buffer.alloc(ORDER_BYTES);
  order.writeBigUInt64BE(last);
  const drawn = Buffer.concat([order, randomBytes(DRAWN_BYTES - ORDER_BYTES)]).toString('base64url');
  return drawn + checkOf(drawn);
}

/** Tells an id that was given from one that never was: S3 refuses the latter. */
export function isVersionId(id: string): boolean {
  const drawn = id.slice(0, -CHECK_LENGTH);
  return /^[\w-]{32}$/.test(id) && checkOf(drawn) === id.slice(-CHECK_LENGTH);
}

/** Tells when a version was made, against others of its key. */
export function orderOf(id: string): bigint {
  return Buffer.from(id, 'base64url').readBigUInt64BE();
}

export function orderAt(epochMs: number): bigint {
  return BigInt(Math.floor(epochMs)) << TIME_BITS;
}

function checkOf(drawn: string): string {
  return createHash('sha256').update(drawn).digest('base64url').slice(0, CHECK_LENGTH);
}
