import type { Issue } from './issue.ts';
import type { Order, OrderSummary } from './order.ts';

export type OrderAnswer = Receipt | Refusal;

export interface Receipt extends Pick<Order, 'orderId' | 'status' | 'createdAt'> {
  accepted: true;
  /** The order was there before; the answer tells of that one. */
  duplicate: boolean;
}

export interface Refusal {
  accepted: false;
  error: 'InvalidOrder';
  issues: Issue[];
}

export function receipt({ orderId, status, createdAt }: OrderSummary, duplicate: boolean): Receipt {
  return { accepted: true, orderId, status, createdAt, duplicate };
}

export function refusal(issues: Issue[]): Refusal {
  return { accepted: false, error: 'InvalidOrder', issues };
}
