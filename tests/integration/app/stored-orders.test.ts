import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { createTable, type Item, onEveryStore, type Subject } from 'serverless-loop/tests/services';
import { beforeAll, describe, expect, test } from 'vitest';
import { ordersTable } from '../../../src/adapters/orders-table.ts';
import { keyedHashOf, requestHashOf } from '../../../src/adapters/request-hash.ts';
import { newOrder } from '../../../src/orders/order.ts';
import { orderIdFor } from '../../../src/orders/order-id.ts';
import type { OrdersTable } from '../../../src/orders/ports.ts';
import { fullOrder } from '../../unit/app/valid-order.ts';

const CREATED_AT = '2026-01-31T12:00:00.000Z';
const PROCESSED = { status: 'PROCESSED', at: '2026-01-31T12:00:01.000Z' } as const;

const anOrder = (name: string) => newOrder(fullOrder(), orderIdOf(name), new Date(CREATED_AT));
/** As `anOrder` is stored: with the hash by which a repeat is told from another order. */
const itemOf = (order: object) => ({ ...order, requestHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
const orderIdOf = (name: string) => orderIdFor({ idempotencyKey: name }, '');

onEveryStore(ordersContract);

/** The application's own calls, by its own adapter, and those of the tools around the orders. */
function ordersContract(subject: () => Subject): void {
  let TableName: string;
  let client: DynamoDBDocumentClient;
  let orders: OrdersTable;
  beforeAll(async () => {
    TableName = await createTable(subject(), { orderId: 'S' });
    client = DynamoDBDocumentClient.from(subject().client);
    orders = ordersTable(client, TableName);
  });

  const stored = async (orderId: string) =>
    (await client.send(new GetCommand({ TableName, Key: { orderId }, ConsistentRead: true }))).Item;

  describe('an order', () => {
    test('is stored as NEW, whole', async () => {
      const order = anOrder('stored');
      expect(await orders.insert(order)).toMatchObject({ outcome: 'created', order: { status: 'NEW' } });
      expect(await stored(order.orderId)).toEqual(itemOf(order));
    });

    test('that is there already is left alone, and the outcome', async () => {
      const order = anOrder('repeated');
      await orders.insert(order);
      const later = newOrder(fullOrder(), order.orderId, new Date());
      const there = { createdAt: CREATED_AT, snackCount: 2, totalQuantity: 3 };
      expect(await orders.insert(later)).toMatchObject({ outcome: 'repeated', order: there });
      const other = { ...later, snacks: [] };
      expect(await orders.insert(other)).toMatchObject({ outcome: 'conflicting', order: there });
      expect(await stored(order.orderId)).toEqual(itemOf(order));
    });

    test('moves to PROCESSED once, however many ask', async () => {
      const order = anOrder('processed');
      await orders.insert(order);
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => orders.markProcessed(order.orderId, PROCESSED)),
      );
      expect(outcomes.filter((outcome) => outcome === 'processed')).toHaveLength(1);
      const processed = { status: 'PROCESSED', processedAt: PROCESSED.at };
      expect(await stored(order.orderId)).toEqual(
        itemOf({ ...order, ...processed, history: [...order.history, PROCESSED] }),
      );
      expect(await orders.insert(order)).toMatchObject({
        outcome: 'repeated',
        order: { status: 'PROCESSED' },
      });
    });

    test('that is not there can not be processed, and is not made by trying', async () => {
      const orderId = orderIdOf('nobody');
      await expect(orders.markProcessed(orderId, PROCESSED)).rejects.toMatchObject({
        name: 'OrderNotFound',
        orderId,
      });
      expect(await stored(orderId)).toBeUndefined();
    });

    test('is shown without its customer', async () => {
      const { orderId, history } = anOrder('shown');
      await orders.insert(anOrder('shown'));
      const { Item } = await client.send(
        new GetCommand({
          TableName,
          Key: { orderId },
          ConsistentRead: true,
          ProjectionExpression: 'orderId, #status, createdAt, processedAt, history',
          ExpressionAttributeNames: { '#status': 'status' },
        }),
      );
      expect(Item).toEqual({ orderId, status: 'NEW', createdAt: CREATED_AT, history });
    });

    test('whose customer is erased is still an order, and a repeat still meets it', async () => {
      const order = anOrder('erased');
      const { orderId } = order;
      await orders.insert(order);
      const keyedHash = keyedHashOf(String(order.idempotencyKey), requestHashOf(order));
      const erase = () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: { orderId },
            UpdateExpression:
              'REMOVE customer, delivery.address, delivery.notes, idempotencyKey, requestHash SET erasedAt = :at, keyedHash = :keyed',
            ConditionExpression: 'attribute_exists(orderId) AND attribute_not_exists(erasedAt)',
            ExpressionAttributeValues: { ':at': PROCESSED.at, ':keyed': keyedHash },
          }),
        );
      await erase();
      await expect(erase()).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
      const { customer, idempotencyKey, ...kept } = order;
      expect(await stored(orderId)).toEqual({
        ...kept,
        delivery: { method: order.delivery.method },
        erasedAt: PROCESSED.at,
        keyedHash,
      });
      expect(await orders.insert(order)).toMatchObject({ outcome: 'repeated', order: { snackCount: 2 } });
    });
  });

  test('orders that are stuck are found by a filtered scan in segments, also behind empty pages', async () => {
    const TableOfMany = await createTable(subject(), { orderId: 'S' });
    const table = ordersTable(client, TableOfMany);
    const names = Array.from({ length: 30 }, (_, at) => `many-${at}`);
    await Promise.all(names.map((name) => table.insert(anOrder(name))));
    const done = names.filter((_, at) => at % 10 !== 0);
    await Promise.all(done.map((name) => table.markProcessed(orderIdOf(name), PROCESSED)));

    async function stuckIn(Segment: number): Promise<{ ids: unknown[]; pages: number }> {
      const ids: unknown[] = [];
      let start: Item | undefined;
      let pages = 0;
      do {
        const { Items = [], LastEvaluatedKey } = await subject().client.send(
          new ScanCommand({
            TableName: TableOfMany,
            Segment,
            TotalSegments: 2,
            Limit: 3,
            ConsistentRead: true,
            FilterExpression: '#status = :new AND createdAt < :before',
            ProjectionExpression: 'orderId',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':new': { S: 'NEW' }, ':before': { S: '2026-02-01T00:00:00.000Z' } },
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        ids.push(...Items.map(({ orderId }) => orderId?.S));
        start = LastEvaluatedKey;
        pages += 1;
      } while (start);
      return { ids, pages };
    }

    const [first, second] = await Promise.all([stuckIn(0), stuckIn(1)]);
    const stuck = names.filter((name) => !done.includes(name)).map(orderIdOf);
    expect([...first.ids, ...second.ids].toSorted()).toEqual(stuck.toSorted());
    expect(first.pages + second.pages).toBeGreaterThanOrEqual(names.length / 3);
  });
}
