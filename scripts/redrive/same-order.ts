import { isObject } from 'serverless-loop/commands';
import type { Missed } from './envelope.ts';

/**
 * Returns what to send again for an order that the creator missed. An order without a key gets its id from the request id of
 * its invocation (src/orders/order-id.ts), and sending it again is an invocation with another one. With the first
 * request id for a key it is the same order still, which the first try may have stored.
 */
export function sameOrder({ payload, requestId }: Pick<Missed, 'payload' | 'requestId'>): unknown {
  if (!isObject(payload) || requestId === undefined || Object.hasOwn(payload, 'idempotencyKey'))
    return payload;
  return { ...payload, idempotencyKey: requestId };
}
