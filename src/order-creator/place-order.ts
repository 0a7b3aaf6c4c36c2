import { newOrder } from '../orders/order.ts';
import { type OrderAnswer, receipt, refusal } from '../orders/order-answer.ts';
import { orderCreated } from '../orders/order-created.ts';
import { orderIdFor } from '../orders/order-id.ts';
import { parseOrderRequest } from '../orders/order-request.ts';
import type { Decision, Insertion, Journal, OrderBus, OrdersTable } from '../orders/ports.ts';
import type { Invocation } from '../platform/instrument.ts';

export interface OrderCreatorParts {
  orders: OrdersTable;
  bus: OrderBus;
  journal: Journal;
  now: () => Date;
}

/**
 * Takes an order: answers only when it is stored and published. Answers too, and does not throw, for what is the
 * caller's doing; it throws when the table or the bus fails. A repeat meets the stored order, and publishes it again
 * as long as it is NEW: the first try may have stored it and failed to publish.
 */
export function placeOrder({ orders, bus, journal, now }: OrderCreatorParts) {
  return async (event: unknown, invocation: Invocation): Promise<OrderAnswer> => {
    const request = parseOrderRequest(event);
    if (!request.ok) {
      journal.record({ what: 'order refused', issueCount: request.issues.length });
      return refusal(request.issues);
    }

    const correlationId = invocation.awsRequestId;
    const orderId = orderIdFor(request.value, invocation.awsRequestId);
    journal.follow({ orderId, correlationId });

    const insertion = await orders.insert(newOrder(request.value, orderId, now()));
    if (insertion.order.status === 'NEW') {
      await bus.publish(orderCreated(insertion.order, correlationId), () =>
        invocation.getRemainingTimeInMillis(),
      );
    }
    journal.record(decisionOf(insertion));
    return receipt(insertion.order, insertion.duplicate);
  };
}

function decisionOf({ order, duplicate }: Insertion): Decision {
  const { status, snackCount, totalQuantity } = order;
  if (duplicate) return { what: 'order repeated', status };
  return { what: 'order created', snackCount, totalQuantity };
}
