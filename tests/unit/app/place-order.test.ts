import { expect, test } from 'vitest';
import { placeOrder } from '../../../src/order-creator/place-order.ts';
import { processedChange } from '../../../src/orders/order.ts';
import { orderIdFor } from '../../../src/orders/order-id.ts';
import { busInMemory, journalInMemory, tableInMemory } from './in-memory-parts.ts';
import { fullOrder } from './valid-order.ts';

const NOON = new Date('2026-01-31T12:00:00.000Z');

function creator(failures: Error[] = []) {
  const orders = tableInMemory();
  const bus = busInMemory(failures);
  const { journal, ...journalled } = journalInMemory();
  const place = placeOrder({ orders, bus, journal, now: () => NOON, retentionDays: 0 });
  return {
    orders,
    bus,
    ...journalled,
    place: (event: unknown, awsRequestId = 'request-1') =>
      place(event, { awsRequestId, getRemainingTimeInMillis: () => 20_000 }),
  };
}

function withoutKey() {
  const { idempotencyKey, ...order } = fullOrder();
  return order;
}

test('an order is stored as NEW, published and acknowledged', async () => {
  const { place, orders, bus, decisions, followed } = creator();
  const orderId = orderIdFor(fullOrder(), '');
  expect(await place(fullOrder())).toStrictEqual({
    accepted: true,
    orderId,
    status: 'NEW',
    createdAt: NOON.toISOString(),
    duplicate: false,
  });
  expect(orders.items.get(orderId)).toMatchObject({ ...fullOrder(), status: 'NEW' });
  expect(bus.published).toMatchObject([{ orderId, metadata: { correlationId: 'request-1' } }]);
  expect(decisions).toEqual([{ what: 'order created', snackCount: 2, totalQuantity: 3 }]);
  expect(followed).toEqual([{ orderId, correlationId: 'request-1' }]);
});

test('a repeat with the same key meets the same order, and publishes it again while it is NEW', async () => {
  const { place, orders, bus, decisions } = creator();
  const first = await place(fullOrder(), 'request-1');
  expect(await place(fullOrder(), 'request-2')).toEqual({ ...first, duplicate: true });
  expect(orders.items.size).toBe(1);
  expect(bus.published.map(({ metadata }) => metadata.correlationId)).toEqual(['request-1', 'request-2']);
  expect(decisions.at(-1)).toEqual({ what: 'order repeated', status: 'NEW' });
});

test('a repeat of a PROCESSED order publishes nothing and tells the status', async () => {
  const { place, orders, bus, decisions } = creator();
  await place(fullOrder());
  const orderId = orderIdFor(fullOrder(), '');
  await orders.markProcessed(orderId, processedChange({ createdAt: NOON.toISOString() }, NOON));
  expect(await place(fullOrder())).toMatchObject({ accepted: true, status: 'PROCESSED', duplicate: true });
  expect(bus.published).toHaveLength(1);
  expect(decisions.at(-1)).toEqual({ what: 'order repeated', status: 'PROCESSED' });
});

test('another order with the same key is refused, whatever has become of the first', async () => {
  const { place, orders, bus, decisions } = creator();
  const orderId = orderIdFor(fullOrder(), '');
  const other = { ...fullOrder(), snacks: [{ sku: 'popcorn', quantity: 2 }] };
  const conflict = { accepted: false, error: 'IdempotencyConflict', orderId };
  await place(fullOrder());
  const stored = orders.items.get(orderId);
  expect(await place(other)).toStrictEqual(conflict);
  expect(orders.items.get(orderId)).toBe(stored);

  await orders.markProcessed(orderId, processedChange({ createdAt: NOON.toISOString() }, NOON));
  expect(await place(other)).toStrictEqual(conflict);
  expect(bus.published).toHaveLength(1);
  expect(decisions.at(-1)).toEqual({ what: 'order refused', reason: 'IdempotencyConflict' });
});

test('without a key, another try of one invocation is the same order, another invocation a new one', async () => {
  const { place, orders } = creator();
  const first = await place(withoutKey(), 'request-1');
  expect(await place(withoutKey(), 'request-1')).toEqual({ ...first, duplicate: true });
  expect(await place(withoutKey(), 'request-2')).toMatchObject({ duplicate: false });
  expect(orders.items.size).toBe(2);
});

test('an order that could not be published is an error, and is published by the next try', async () => {
  const { place, orders, bus, decisions } = creator([new Error('no bus')]);
  await expect(place(fullOrder())).rejects.toThrow('no bus');
  expect(orders.items.size).toBe(1);
  expect(decisions).toEqual([]);
  expect(await place(fullOrder())).toMatchObject({ accepted: true, duplicate: true });
  expect(bus.published).toHaveLength(1);
});

test('an invalid order is answered with all its issues, and leaves nothing behind', async () => {
  const { place, orders, bus, decisions, followed } = creator();
  expect(await place({ ...fullOrder(), snacks: [], coupon: 1 })).toStrictEqual({
    accepted: false,
    error: 'InvalidOrder',
    issues: [
      { path: 'snacks', expected: 'a list of 1 to 50', found: 'a list of 0' },
      { path: 'coupon', expected: 'no such field', found: 'a number' },
    ],
  });
  expect([orders.items.size, bus.published.length, followed.length]).toEqual([0, 0, 0]);
  expect(decisions).toEqual([{ what: 'order refused', reason: 'InvalidOrder', issueCount: 2 }]);
});
