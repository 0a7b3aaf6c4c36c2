import type { Scheduler } from 'fast-check';
import { placeOrder } from '../../../src/order-creator/place-order.ts';
import { processOrder } from '../../../src/order-processor/process-order.ts';
import type { Order } from '../../../src/orders/order.ts';
import type { OrderAnswer } from '../../../src/orders/order-answer.ts';
import type { OrderCreated } from '../../../src/orders/order-created.ts';
import { journalInMemory, tableInMemory } from './in-memory-parts.ts';

/** A call fails before it had its effect, or after: then only its answer is lost. */
export type Fault = 'none' | 'before' | 'after';

export interface Misfortune {
  /** One for each call in turn; when they are used up, calls succeed. */
  faults: Fault[];
  /** The number of deliveries of each publishing's event; when they are used up, one. */
  copies: number[];
  /** The times that the clocks tell in turn, over and over. */
  clocksMs: number[];
}

/**
 * The real creator and processor between a table, a bus and a fulfilment whose calls take turns as `scheduler` likes
 * and fail as told. A delivery that fails is made again, as is a call of the creator.
 */
export function unreliableSystem(scheduler: Scheduler, { faults, copies, clocksMs }: Misfortune) {
  const table = tableInMemory();
  const states = new Map<string, Order[]>();
  const publishedIds: string[] = [];
  const deliveries: Promise<unknown>[] = [];
  const { journal } = journalInMemory();
  let readings = 0;

  const now = () => new Date(clocksMs[readings++ % clocksMs.length] ?? 0);

  async function unreliably<T>(name: string, act: () => Promise<T>): Promise<T> {
    const fault = faults.shift() ?? 'none';
    await scheduler.schedule(Promise.resolve(), name);
    if (fault === 'before') throw new Error(`${name} failed`);
    const result = await act();
    await scheduler.schedule(Promise.resolve(), `the answer of ${name}`);
    if (fault === 'after') throw new Error(`the answer of ${name} was lost`);
    return result;
  }

  /** Makes a write, and keeps the order as it is now if it changed. */
  async function written<T>(orderId: string, write: () => Promise<T>): Promise<T> {
    const before = table.items.get(orderId);
    const result = await write();
    const after = table.items.get(orderId);
    if (after !== undefined && after !== before) states.set(orderId, [...(states.get(orderId) ?? []), after]);
    return result;
  }

  const orders: typeof table = {
    items: table.items,
    insert: (order) => unreliably('PutItem', () => written(order.orderId, () => table.insert(order))),
    markProcessed: (orderId, change) =>
      unreliably('UpdateItem', () => written(orderId, () => table.markProcessed(orderId, change))),
  };

  const process = processOrder({
    orders,
    fulfilment: { fulfil: () => unreliably('fulfil', async () => undefined) },
    journal,
    now,
  });

  async function publish(detail: OrderCreated): Promise<void> {
    publishedIds.push(detail.orderId);
    const event = { source: 'serverless-snacks.orders', 'detail-type': 'Order Created', detail };
    for (let copy = copies.shift() ?? 1; copy > 0; copy -= 1) {
      deliveries.push(untilItSucceeds(() => process(JSON.parse(JSON.stringify(event)))));
    }
  }

  const place = placeOrder({
    orders,
    bus: { publish: (detail) => unreliably('PutEvents', () => publish(detail)) },
    journal,
    now,
    retentionDays: 0,
  });

  return {
    items: table.items,
    /** Every order's states, oldest first. */
    states,
    publishedIds: () => publishedIds,
    placeUntilAnswered: (order: unknown, awsRequestId: string): Promise<OrderAnswer> =>
      untilItSucceeds(() => place(order, { awsRequestId, getRemainingTimeInMillis: () => 20_000 })),
    /** Resolves when every delivery so far has succeeded. */
    delivered: () => Promise.all(deliveries),
  };
}

/** Faults are used up, so it ends; what fails for another reason fails for good. */
async function untilItSucceeds<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === 20) throw error;
    }
  }
}
