import type { Delivery, DeliveryMethod, OrderRequest, Snack } from './order-request.ts';

/** Every status that an order can have: what is stored is read by this list, and commands offer it. */
export const ORDER_STATUSES = ['NEW', 'PROCESSED'] as const;

export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** An order as it is stored, and all of it. Times are ISO 8601 in UTC, with milliseconds. */
export interface Order extends OrderRequest {
  orderId: string;
  status: OrderStatus;
  createdAt: string;
  processedAt?: string;
  /** Every status the order has had, oldest first. */
  history: StatusChange[];
  /** Time from which the table may delete the order, in seconds since 1970; absent where orders are kept for ever. */
  expiresAt?: number;
}

export interface StatusChange {
  status: OrderStatus;
  at: string;
}

/** The part of an order that may leave the table: nothing of the customer's. */
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

/** The attributes that a summary is made from. An order keeps them when the customer's data is gone. */
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

/** The attributes that the system adds to a request. The compiler asks for an attribute of Order that is missing here. */
const ADDED: Record<Exclude<keyof Order, keyof OrderRequest>, true> = {
  orderId: true,
  status: true,
  createdAt: true,
  processedAt: true,
  history: true,
  expiresAt: true,
};

/** The request in an order that is new or stored: all of it but what the system adds. */
export function askedFor(order: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(order).filter(([name]) => !Object.hasOwn(ADDED, name)));
}

/** The change to PROCESSED `now`, or when the order was created if this clock is behind the one that created it. */
export function processedChange(order: Pick<Order, 'createdAt'>, now: Date): StatusChange {
  const at = Math.max(now.getTime(), Date.parse(order.createdAt));
  return { status: 'PROCESSED', at: new Date(at).toISOString() };
}

/** The part of `order` that may be told outside the table. */
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
