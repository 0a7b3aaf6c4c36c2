import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderStatus } from '../../src/orders/order.ts';

/** A scan's page is at most 1 MB of the table (DynamoDB guide, "Paginating the results of a scan"). */
export const MAX_PAGES = 64;

/** The listed part of an order: nothing of the customer's, which is not even asked for. */
export interface ListedOrder {
  orderId: string;
  status: string;
  createdAt: string;
  deliveryMethod: string;
}

export interface NewestOrders {
  /** Newest first. */
  orders: ListedOrder[];
  /** Orders looked at, those with another status too. */
  scanned: number;
  readUnits: number;
  /** The table is larger than what was read: there may be newer ones. */
  isPartial: boolean;
}

interface Wanted {
  tableName: string;
  status: OrderStatus | undefined;
  limit: number;
}

/** The newest orders, by a scan: an index by time would cost another write for each order (decision 7). */
export async function newestOrders(
  client: DynamoDBDocumentClient,
  { tableName, status, limit }: Wanted,
): Promise<NewestOrders> {
  const found: NewestOrders = { orders: [], scanned: 0, readUnits: 0, isPartial: false };
  let from: Record<string, unknown> | undefined;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { Items, ScannedCount, ConsumedCapacity, LastEvaluatedKey } = await client.send(
      new ScanCommand({
        TableName: tableName,
        ...(from && { ExclusiveStartKey: from }),
        ProjectionExpression: 'orderId, #status, createdAt, delivery.#method',
        ExpressionAttributeNames: { '#status': 'status', '#method': 'method' },
        ...(status && {
          FilterExpression: '#status = :status',
          ExpressionAttributeValues: { ':status': status },
        }),
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    found.orders = newest([...found.orders, ...(Items ?? []).map(listed)], limit);
    found.scanned += ScannedCount ?? 0;
    found.readUnits += ConsumedCapacity?.CapacityUnits ?? 0;
    from = LastEvaluatedKey;
    if (from === undefined) return found;
  }
  return { ...found, isPartial: true };
}

function newest(orders: ListedOrder[], limit: number): ListedOrder[] {
  return orders.toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1)).slice(0, limit);
}

/** Whatever the item is: a list that is looked into when something is wrong shows what is wrong. */
function listed(item: Record<string, unknown>): ListedOrder {
  const { orderId, status, createdAt, delivery } = item;
  const method =
    typeof delivery === 'object' && delivery !== null && 'method' in delivery ? delivery.method : '';
  return {
    orderId: String(orderId),
    status: String(status),
    createdAt: String(createdAt),
    deliveryMethod: String(method),
  };
}
