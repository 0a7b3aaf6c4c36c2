import type { Order, OrderSummary, StatusChange } from './order.ts';
import type { OrderCreated } from './order-created.ts';

/** Keeps orders. */
export interface OrdersTable {
  /** Stores a new order, unless there is one of its id: then that one is the outcome, as it is now. */
  insert(order: Order): Promise<Insertion>;
  /** Moves a NEW order to PROCESSED, once, however many ask at the same time. Throws OrderNotFound. */
  markProcessed(orderId: string, change: StatusChange): Promise<'processed' | 'already processed'>;
}

/** `conflicting`: the order that is there was made of another request with the same idempotency key. */
export interface Insertion {
  outcome: 'created' | 'repeated' | 'conflicting';
  order: OrderSummary;
}

/** Tells other parts of the business of orders. */
export interface OrderBus {
  /** Publishes the event, or throws; tries again while there is time for it. `remainingMs` is what the caller has left. */
  publish(event: OrderCreated, remainingMs: () => number): Promise<void>;
}

/**
 * Brings the snacks to the customer.
 *
 * At least once: the same order can be asked for again, after a failure, on a duplicate event, or when two events of
 * it come at the same time. The orderId is the idempotency token: an implementation hands it on, so that an order is
 * fulfilled once however often it is asked for.
 */
export interface Fulfilment {
  /** Resolves when the order is dispatched. */
  fulfil(orderId: string): Promise<void>;
}

/** Tells those who run the functions: log lines, metrics and traces, none with a customer's data. */
export interface Journal {
  /** From here to the end of the invocation everything recorded is about this order. */
  follow(subject: { orderId: string; correlationId: string }): void;
  record(decision: Decision): void;
  /** Runs one step of the work, and records the time it took, also when it fails. */
  step<T>(name: string, run: () => Promise<T>): Promise<T>;
}

export type Decision =
  | { what: 'order created'; snackCount: number; totalQuantity: number }
  | { what: 'order repeated'; status: Order['status'] }
  | { what: 'order refused'; reason: 'InvalidOrder'; issueCount: number }
  | { what: 'order refused'; reason: 'IdempotencyConflict' }
  | { what: 'publish retried'; errorCode: string; attempt: number }
  | { what: 'order processed'; sinceCreatedMs: number }
  | { what: 'order already processed' };

/** An event tells of an order that the table does not hold. */
export class OrderNotFound extends Error {
  override readonly name = 'OrderNotFound';
  readonly orderId: string;

  constructor(orderId: string) {
    super(`There is no order ${orderId}`);
    this.orderId = orderId;
  }
}
