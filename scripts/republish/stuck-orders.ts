import { ScanCommand, type ScanCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { OrderSummary } from '../../src/orders/order.ts';
import { summaryOfStored, UnreadableOrder } from '../../src/orders/stored-order.ts';

/** The finding of a scan. */
export interface StuckOrders {
  orders: OrderSummary[];
  /** Items that are no orders: where they can't be read. */
  unreadable: UnreadableOrder[];
  readUnits: number;
  /** The scan ended before it had read all. */
  isPartial: boolean;
}

interface Options {
  /** Asks DynamoDB for a page. */
  send(command: ScanCommand): Promise<ScanCommandOutput>;
  tableName: string;
  /** Orders that were created at this time or earlier, ISO 8601. */
  createdUntil: string;
  limit: number;
  segments: number;
  signal: AbortSignal;
  onPage(found: number, scanned: number): void;
}

type Page = Pick<ScanCommandOutput, 'Items' | 'LastEvaluatedKey'>;

/**
 * Finds orders that are still NEW by a parallel scan; an index would cost two more writes an order. Nothing of the
 * customer's is asked for, so that none of it leaves the table.
 */
export async function findStuckOrders(options: Options): Promise<StuckOrders> {
  const { send, limit, segments, onPage } = options;
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  const found: StuckOrders = { orders: [], unreadable: [], readUnits: 0, isPartial: false };
  let scanned = 0;

  const scanSegment = async (segment: number) => {
    let from: Page['LastEvaluatedKey'];
    do {
      if (signal.aborted || found.orders.length >= limit) {
        found.isPartial = true;
        return;
      }
      const page = await send(pageOf(options, segment, from));
      for (const item of page.Items ?? []) keep(found, item);
      found.readUnits += page.ConsumedCapacity?.CapacityUnits ?? 0;
      scanned += page.ScannedCount ?? 0;
      onPage(found.orders.length, scanned);
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
  };
  await Promise.all(Array.from({ length: segments }, (_, segment) => scanSegment(segment))).catch((error) => {
    // Else the other segments would be read to their end for nothing.
    failure.abort();
    throw error;
  });

  return {
    ...found,
    orders: found.orders.slice(0, limit),
    isPartial: found.isPartial || found.orders.length > limit,
  };
}

function pageOf(
  { tableName, createdUntil, segments }: Options,
  segment: number,
  from: Page['LastEvaluatedKey'],
): ScanCommand {
  return new ScanCommand({
    TableName: tableName,
    Segment: segment,
    TotalSegments: segments,
    ...(from && { ExclusiveStartKey: from }),
    FilterExpression: '#status = :new AND createdAt <= :until',
    ProjectionExpression: 'orderId, #status, createdAt, delivery.#method, snacks',
    ExpressionAttributeNames: { '#status': 'status', '#method': 'method' },
    ExpressionAttributeValues: { ':new': 'NEW', ':until': createdUntil },
    ReturnConsumedCapacity: 'TOTAL',
  });
}

function keep(found: StuckOrders, item: Record<string, unknown>): void {
  try {
    found.orders.push(summaryOfStored(String(item.orderId), item));
  } catch (error) {
    if (!(error instanceof UnreadableOrder)) throw error;
    found.unreadable.push(error);
  }
}
