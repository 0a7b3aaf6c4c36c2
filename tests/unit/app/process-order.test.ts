import { expect, test } from 'vitest';
import { simulatedFulfilment } from '../../../src/adapters/simulated-fulfilment.ts';
import { processOrder } from '../../../src/order-processor/process-order.ts';
import { newOrder, summaryOf } from '../../../src/orders/order.ts';
import { orderCreated } from '../../../src/orders/order-created.ts';
import { fulfilmentInMemory, journalInMemory, tableInMemory } from './in-memory-parts.ts';
import { fullOrder } from './valid-order.ts';

const ORDER_ID = '3748256f-cc3a-5b31-88c6-8490770a2651';
const NOON = new Date('2026-01-31T12:00:00.000Z');
const LATER = new Date('2026-01-31T12:00:05.000Z');
const order = newOrder(fullOrder(), ORDER_ID, NOON);
const event = {
  source: 'serverless-snacks.orders',
  'detail-type': 'Order Created',
  detail: orderCreated(summaryOf(order), 'request-1'),
};

function processor({ failures = [], stored = true }: { failures?: Error[]; stored?: boolean } = {}) {
  const orders = tableInMemory();
  if (stored) orders.items.set(ORDER_ID, order);
  const fulfilment = fulfilmentInMemory(failures);
  const { journal, ...journalled } = journalInMemory();
  const process = processOrder({ orders, fulfilment, journal, now: () => LATER });
  return { orders, fulfilment, ...journalled, process };
}

test('an order is fulfilled and moved to PROCESSED, with both statuses in its history', async () => {
  const { process, orders, fulfilment, decisions, followed } = processor();
  expect(await process(event)).toEqual({ orderId: ORDER_ID, outcome: 'processed' });
  expect(orders.items.get(ORDER_ID)).toStrictEqual({
    ...order,
    status: 'PROCESSED',
    processedAt: LATER.toISOString(),
    history: [
      { status: 'NEW', at: NOON.toISOString() },
      { status: 'PROCESSED', at: LATER.toISOString() },
    ],
  });
  expect(fulfilment.fulfilled).toEqual([ORDER_ID]);
  expect(decisions).toEqual([{ what: 'order processed', sinceCreatedMs: 5_000 }]);
  expect(followed).toEqual([{ orderId: ORDER_ID, correlationId: 'request-1' }]);
});

test('two deliveries make one transition, and both succeed', async () => {
  const { process, orders, decisions } = processor();
  const answers = await Promise.all([process(event), process(event)]);
  expect(answers.map(({ outcome }) => outcome)).toEqual(['processed', 'already processed']);
  expect(orders.items.get(ORDER_ID)?.history).toHaveLength(2);
  expect(decisions).toEqual([
    { what: 'order processed', sinceCreatedMs: 5_000 },
    { what: 'order already processed' },
  ]);
});

test('an event of an order that is not there is an error that names the order', async () => {
  const { process, decisions } = processor({ stored: false });
  await expect(process(event)).rejects.toMatchObject({ name: 'OrderNotFound', orderId: ORDER_ID });
  expect(decisions).toEqual([]);
});

test('an order that could not be fulfilled stays NEW, and the next try fulfils it', async () => {
  const { process, orders } = processor({ failures: [new Error('no cook')] });
  await expect(process(event)).rejects.toThrow('no cook');
  expect(orders.items.get(ORDER_ID)?.status).toBe('NEW');
  expect(await process(event)).toMatchObject({ outcome: 'processed' });
});

test('a foreign event is an error before anything is done', async () => {
  const { process, fulfilment, followed } = processor();
  await expect(process({ ...event, source: 'somebody.else' })).rejects.toMatchObject({
    name: 'ForeignEvent',
  });
  expect([fulfilment.fulfilled.length, followed.length]).toEqual([0, 0]);
});

test('simulated fulfilment picks, packs and dispatches, each in a third of the time', async () => {
  const { journal, steps } = journalInMemory();
  const slept: number[] = [];
  const sleep = async (delayMs: number) => void slept.push(delayMs);
  await simulatedFulfilment({ journal, durationMs: 300, sleep }).fulfil(ORDER_ID);
  expect(steps).toEqual(['pick', 'pack', 'dispatch']);
  expect(slept).toEqual([100, 100, 100]);
});

test('simulated fulfilment of no duration does not wait at all', async () => {
  const { journal, steps } = journalInMemory();
  const sleep = () => Promise.reject(new Error('slept'));
  await simulatedFulfilment({ journal, durationMs: 0, sleep }).fulfil(ORDER_ID);
  expect(steps).toEqual(['pick', 'pack', 'dispatch']);
});
