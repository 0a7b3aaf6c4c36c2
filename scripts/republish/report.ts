import { printable } from 'serverless-loop/commands';
import type { Published } from './publication.ts';
import type { StuckOrders } from './stuck-orders.ts';

/** Orders listed by name; the rest are counted. */
const LISTED = 20;

/** Tells what the scan found. */
export function findingText(
  { orders, unreadable, readUnits, isPartial }: StuckOrders,
  until: string,
): string {
  const more = isPartial ? '; the scan ended before it had read all' : '';
  return [
    `${orders.length} still NEW and created until ${until}${more} (${readUnits} read request units)`,
    ...orders
      .slice(0, LISTED)
      .map(({ orderId, createdAt }) => `  ${printable(orderId)}  ${printable(createdAt)}`),
    ...(orders.length > LISTED ? [`  and ${orders.length - LISTED} more`] : []),
    ...(unreadable.length > 0 ? [`${unreadable.length} that can't be read, left alone`] : []),
    ...unreadable.slice(0, LISTED).map(({ message }) => `  ${printable(message)}`),
    '',
  ].join('\n');
}

/** Tells the end of a run. */
export function outcomeText({ published, failed, notTried }: Published, correlationId: string): string {
  return [
    `${published} published again with correlation id ${correlationId}, ${failed.length} failed, ${notTried} not tried`,
    ...failed.map(({ orderId, error }) => `  failed: ${printable(orderId)}: ${printable(String(error))}`),
    ...(notTried > 0 ? ['  not tried: interrupted; run this again'] : []),
    '',
  ].join('\n');
}
