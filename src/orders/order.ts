import type { Delivery, DeliveryMethod, OrderRequest, Snack } from './order-request.ts';

export type OrderStatus = 'NEW' | 'PROCESSED';

/** An order as it is stored, and all of it. Times are ISO 8601 in UTC, with milliseconds. */
export interface Order extends OrderRequest {
  orderId: string;
  status: OrderStatus;
  createdAt: string;
  processedAt?: string;
  /** Every status the order has had, oldest first. */
  history: StatusChange[];
  /** When the table may delete the order, in seconds since 1970; absent where orders are kept for ever. */
  expiresAt?: number;
}

export interface StatusChange {
  status: OrderStatus;
  at: string;
}

/** What of an order may leave the table: nothing of the customer's. */
export interface OrderSummary {
  orderId: string;
  status: OrderStatus;
  createdAt: string;
  deliveryMethod: DeliveryMethod;
  /** Kinds of snack. */
  snackCount: number;
  /** Pieces of all kinds. */
  totalQuantity: number;
}

/** What a summary is made from. An order keeps it when the customer's data is gone. */
export type Summarised = Pick<Order, 'orderId' | 'status' | 'createdAt'> & {
  delivery: Pick<Delivery, 'method'>;
  snacks: Pick<Snack, 'quantity'>[];
};

const SECONDS_PER_DAY = 24 * 60 * 60;

/** A NEW order, created `now`, to be kept for so many days, or for ever where they are 0. */
export function newOrder(request: OrderRequest, orderId: string, now: Date, retentionDays = 0): Order {
  const createdAt = now.toISOString();
  const expiresAt = Math.floor(now.getTime() / 1_000) + retentionDays * SECONDS_PER_DAY;
  return {
    ...request,
    orderId,
    status: 'NEW',
    createdAt,
    history: [{ status: 'NEW', at: createdAt }],
    ...(retentionDays > 0 && { expiresAt }),
  };
}

/** The change to PROCESSED `now`, or when the order was created if this clock is behind the one that created it. */
export function processedChange(order: Pick<Order, 'createdAt'>, now: Date): StatusChange {
  const at = Math.max(now.getTime(), Date.parse(order.createdAt));
  return { status: 'PROCESSED', at: new Date(at).toISOString() };
}

/** What of `order` may be told outside the table. */
export function summaryOf(order: Summarised): OrderSummary {
  return {
    orderId: order.orderId,
    status: order.status,
    createdAt: order.createdAt,
    deliveryMethod: order.delivery.method,
    snackCount: order.snacks.length,
    totalQuantity: order.snacks.reduce((sum, { quantity }) => sum + quantity, 0),
  };
}
