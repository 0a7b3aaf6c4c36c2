import { canonicalText } from '../../../src/orders/canonical-request.ts';
import { type Order, summaryOf } from '../../../src/orders/order.ts';
import type { OrderCreated } from '../../../src/orders/order-created.ts';
import {
  type Decision,
  type Fulfilment,
  type Journal,
  type OrderBus,
  OrderNotFound,
  type OrdersTable,
} from '../../../src/orders/ports.ts';

/** An orders table in a map. */
export function tableInMemory(): OrdersTable & { items: Map<string, Order> } {
  const items = new Map<string, Order>();
  return {
    items,
    async insert(order) {
      const there = items.get(order.orderId);
      if (there === undefined) items.set(order.orderId, order);
      if (there === undefined) return { outcome: 'created', order: summaryOf(order) };
      const outcome = canonicalText(there) === canonicalText(order) ? 'repeated' : 'conflicting';
      return { outcome, order: summaryOf(there) };
    },
    async markProcessed(orderId, change) {
      const order = items.get(orderId);
      if (order === undefined) throw new OrderNotFound(orderId);
      if (order.status === 'PROCESSED') return 'already processed';
      items.set(orderId, {
        ...order,
        status: change.status,
        processedAt: change.at,
        history: [...order.history, change],
      });
      return 'processed';
    },
  };
}

/** A bus that keeps what was published, or fails once for every error it is given. */
export function busInMemory(failures: Error[] = []): OrderBus & { published: OrderCreated[] } {
  const published: OrderCreated[] = [];
  return {
    published,
    async publish(event) {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      published.push(event);
    },
  };
}

export function fulfilmentInMemory(failures: Error[] = []): Fulfilment & { fulfilled: string[] } {
  const fulfilled: string[] = [];
  return {
    fulfilled,
    async fulfil(orderId) {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      fulfilled.push(orderId);
    },
  };
}

export function journalInMemory() {
  const followed: { orderId: string; correlationId: string }[] = [];
  const decisions: Decision[] = [];
  const steps: string[] = [];
  const journal: Journal = {
    follow: (subject) => followed.push(subject),
    record: (decision) => decisions.push(decision),
    async step(name, run) {
      steps.push(name);
      return run();
    },
  };
  return { journal, followed, decisions, steps };
}
