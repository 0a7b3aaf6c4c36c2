import type { Issue } from './issue.ts';
import type { Order, OrderSummary } from './order.ts';

export type OrderAnswer = Receipt | Refusal;

export interface Receipt extends Pick<Order, 'orderId' | 'status' | 'createdAt'> {
  accepted: true;
  /** The order was there before; the answer tells of that one. */
  duplicate: boolean;
}

export type Refusal = InvalidOrder | IdempotencyConflict;

export interface InvalidOrder {
  accepted: false;
  error: 'InvalidOrder';
  issues: Issue[];
}

/** The key is that of another order. Nothing is told of that one but its id, which follows from the key. */
export interface IdempotencyConflict {
  accepted: false;
  error: 'IdempotencyConflict';
  orderId: string;
}

export function receipt({ orderId, status, createdAt }: OrderSummary, duplicate: boolean): Receipt {
  return { accepted: true, orderId, status, createdAt, duplicate };
}

export function invalidOrder(issues: Issue[]): InvalidOrder {
  return { accepted: false, error: 'InvalidOrder', issues };
}

export function idempotencyConflict(orderId: string): IdempotencyConflict {
  return { accepted: false, error: 'IdempotencyConflict', orderId };
}
