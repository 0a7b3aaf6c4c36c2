import { processedChange } from '../orders/order.ts';
import { parseOrderCreated } from '../orders/order-created.ts';
import type { Fulfilment, Journal, OrdersTable } from '../orders/ports.ts';

export interface OrderProcessorParts {
  orders: OrdersTable;
  fulfilment: Fulfilment;
  journal: Journal;
  now: () => Date;
}

export interface ProcessingAnswer {
  orderId: string;
  outcome: 'processed' | 'already processed';
}

/**
 * Fulfils an order and moves it to PROCESSED, in this order: an order marked and never fulfilled would be lost, one
 * fulfilled and not yet marked is tried again. Throws on a foreign event, on an order that is not there, and when
 * fulfilment or the table fails; Lambda then tries again, and keeps the event on the failure queue in the end.
 */
export function processOrder({ orders, fulfilment, journal, now }: OrderProcessorParts) {
  return async (event: unknown): Promise<ProcessingAnswer> => {
    const order = parseOrderCreated(event);
    const { orderId } = order;
    journal.follow({ orderId, correlationId: order.metadata.correlationId });

    await fulfilment.fulfil(orderId);
    const change = processedChange(order, now());
    const outcome = await orders.markProcessed(orderId, change);

    const sinceCreatedMs = Date.parse(change.at) - Date.parse(order.createdAt);
    journal.record(
      outcome === 'processed'
        ? { what: 'order processed', sinceCreatedMs }
        : { what: 'order already processed' },
    );
    return { orderId, outcome };
  };
}
