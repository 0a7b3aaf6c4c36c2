import { createHash, createHmac } from 'node:crypto';
import { canonicalText } from '../orders/canonical-request.ts';

/** The hash of what was asked for, by a request or by an order that was made of one; the same for the same request. */
export function requestHashOf(order: object): string {
  return createHash('sha256').update(canonicalText(order)).digest('hex');
}

/**
 * The rest of that hash when the order's customer is erased. A plain hash could confirm a guess of the customer's
 * data; this one can't be made without the idempotency key, which is erased too: only who sends the key again can tell.
 */
export function keyedHashOf(idempotencyKey: string, requestHash: string): string {
  return createHmac('sha256', idempotencyKey).update(requestHash).digest('hex');
}
