import { v5 } from 'uuid';
import type { OrderRequest } from './order-request.ts';

/** Ours alone, and never to change: a changed namespace would make a new order of every repeat. */
const NAMESPACE = '2f0c6d38-9b1f-4d55-8a3e-6f1b7c0d94ea';

/**
 * The same id for the same order: from the caller's idempotency key, or else from the Lambda request id, which
 * stays the same over the tries of one asynchronous invocation. A UUID of version 5.
 */
export function orderIdFor(request: Pick<OrderRequest, 'idempotencyKey'>, requestId: string): string {
  return v5(request.idempotencyKey ?? requestId, NAMESPACE);
}
