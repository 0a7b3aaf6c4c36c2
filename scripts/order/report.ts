import { type Paint, printable } from 'serverless-loop/commands';
import { ORDER_STATUSES } from '../../src/orders/order.ts';
import { MAX_PAGES, type NewestOrders } from './newest-orders.ts';

const WIDEST_STATUS = Math.max(...ORDER_STATUSES.map((status) => status.length));

/** An order with every status that it has had. */
export function orderText(order: Record<string, unknown>, paint: Paint): string {
  const history = Array.isArray(order.history) ? order.history : [];
  const steps = history.map(
    (step: Record<string, unknown>) => `  ${printable(String(step.at))}  ${printable(String(step.status))}`,
  );
  const id = paint('bold', printable(String(order.orderId)));
  return [`Order ${id} is ${paint('green', printable(String(order.status)))}`, ...steps, ''].join('\n');
}

/** Orders, one a line; what reading them took is for the other stream. */
export function listText({ orders }: NewestOrders, paint: Paint): string {
  return orders
    .map(({ orderId, status, createdAt, deliveryMethod }) =>
      [
        printable(createdAt),
        paint('green', printable(status).padEnd(WIDEST_STATUS)),
        paint('bold', printable(orderId)),
        printable(deliveryMethod),
      ].join('  '),
    )
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** Tells how much was read for a list, and whether it was all. */
export function readText({ orders, scanned, readUnits, isPartial }: NewestOrders): string {
  const read = `${orders.length} of ${scanned} orders read, ${readUnits} read request units.\n`;
  if (!isPartial) return read;
  return `${read}The table is larger than the ${MAX_PAGES} MB that were read: there may be newer ones.\n`;
}
