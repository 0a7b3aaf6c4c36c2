import type { OrderSummary } from '../../src/orders/order.ts';
import { orderCreated } from '../../src/orders/order-created.ts';
import type { OrderBus } from '../../src/orders/ports.ts';

/** One order may be tried for so long when the bus is throttled. */
const PATIENCE_MS = 30_000;

export interface Published {
  published: number;
  failed: { orderId: string; error: unknown }[];
  /** The run was interrupted before them. */
  notTried: number;
}

interface Options {
  orders: OrderSummary[];
  bus: OrderBus;
  correlationId: string;
  signal: AbortSignal;
  elapsedMs: () => number;
  onDone(count: number): void;
}

/** Publishes the creator's own event of each order again. An interrupt takes effect between two of them. */
export async function publishAgain(options: Options): Promise<Published> {
  const { orders, bus, correlationId, signal, elapsedMs, onDone } = options;
  const result: Published = { published: 0, failed: [], notTried: 0 };
  for (const [index, order] of orders.entries()) {
    if (signal.aborted) {
      result.notTried = orders.length - index;
      break;
    }
    const untilMs = elapsedMs() + PATIENCE_MS;
    await bus
      .publish(orderCreated(order, correlationId), () => untilMs - elapsedMs())
      .then(
        () => {
          result.published += 1;
        },
        (error) => {
          result.failed.push({ orderId: order.orderId, error });
        },
      );
    onDone(index + 1);
  }
  return result;
}
