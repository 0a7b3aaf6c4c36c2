import { newOrder } from '../orders/order.ts';
import { idempotencyConflict, invalidOrder, type OrderAnswer, receipt } from '../orders/order-answer.ts';
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
  /** Days that the table keeps an order; 0 for ever. */
  retentionDays: number;
}

/**
 * Takes an order: answers only when it is stored and published. Answers too, and does not throw, for what is the
 * caller's doing; it throws when the table or the bus fails. A repeat meets the stored order, and publishes it again
 * as long as it is NEW: the first try may have stored it and failed to publish. Another order with the same key is
 * refused.
 */
export function placeOrder({ orders, bus, journal, now, retentionDays }: OrderCreatorParts) {
  return async (event: unknown, invocation: Invocation): Promise<OrderAnswer> => {
    const request = parseOrderRequest(event);
    if (!request.ok) {
      journal.record({
        what: 'order refused',
        reason: 'InvalidOrder',
        issueCount: request.issues.length,
      });
      return invalidOrder(request.issues);
    }

    const correlationId = invocation.awsRequestId;
    const orderId = orderIdFor(request.value, invocation.awsRequestId);
    journal.follow({ orderId, correlationId });

    const insertion = await orders.insert(newOrder(request.value, orderId, now(), retentionDays));
    const { outcome, order } = insertion;
    if (outcome !== 'conflicting' && order.status === 'NEW') {
      await bus.publish(orderCreated(order, correlationId), () => invocation.getRemainingTimeInMillis());
    }
    journal.record(decisionOf(insertion));
    return outcome === 'conflicting' ? idempotencyConflict(orderId) : receipt(order, outcome === 'repeated');
  };
}

function decisionOf({ outcome, order }: Insertion): Decision {
  const { status, snackCount, totalQuantity } = order;
  if (outcome === 'conflicting') return { what: 'order refused', reason: 'IdempotencyConflict' };
  if (outcome === 'repeated') return { what: 'order repeated', status };
  return { what: 'order created', snackCount, totalQuantity };
}
