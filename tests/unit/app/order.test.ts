import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COUNTRY_CODES } from '../../../src/orders/country-codes.ts';
import { newOrder, processedChange, summaryOf } from '../../../src/orders/order.ts';
import { orderIdFor } from '../../../src/orders/order-id.ts';
import { summaryOfStored, UnreadableOrder } from '../../../src/orders/stored-order.ts';
import { fullOrder, validOrder } from './valid-order.ts';

const ORDER_ID = '3748256f-cc3a-5b31-88c6-8490770a2651';
const NOON = new Date('2026-01-31T12:00:00.000Z');

test('a new order holds all of the request, its status, its time and the beginning of its history', () => {
  expect(newOrder(fullOrder(), ORDER_ID, NOON)).toStrictEqual({
    ...fullOrder(),
    orderId: ORDER_ID,
    status: 'NEW',
    createdAt: '2026-01-31T12:00:00.000Z',
    history: [{ status: 'NEW', at: '2026-01-31T12:00:00.000Z' }],
  });
});

test('an order that is kept for days expires so many days after it was created, in whole seconds', () => {
  const created = new Date('2026-01-31T12:00:00.999Z');
  expect(newOrder(fullOrder(), ORDER_ID, created, 30).expiresAt).toBe(
    Date.parse('2026-03-02T12:00:00.000Z') / 1_000,
  );
});

test('an order is processed now, and never before it was created', () => {
  const order = { createdAt: NOON.toISOString() };
  expect(processedChange(order, new Date('2026-01-31T12:00:01.000Z'))).toEqual({
    status: 'PROCESSED',
    at: '2026-01-31T12:00:01.000Z',
  });
  expect(processedChange(order, new Date('2026-01-31T11:59:59.000Z')).at).toBe(order.createdAt);
});

test('a summary holds nothing of the customer', () => {
  fc.assert(
    fc.property(validOrder, (request) => {
      const quantities = request.snacks.map(({ quantity }) => quantity);
      expect(summaryOf(newOrder(request, ORDER_ID, NOON))).toStrictEqual({
        orderId: ORDER_ID,
        status: 'NEW',
        createdAt: NOON.toISOString(),
        deliveryMethod: request.delivery.method,
        snackCount: quantities.length,
        totalQuantity: quantities.reduce((sum, quantity) => sum + quantity, 0),
      });
    }),
  );
});

describe('an order id', () => {
  test('follows from the key alone, so that published ids stay what they are', () => {
    const key = { idempotencyKey: '0b9f7f1e-5d0c-4c8e-9a53-2f6f0f0c1d11' };
    expect(orderIdFor(key, 'one request')).toBe(ORDER_ID);
    expect(orderIdFor(key, 'another request')).toBe(ORDER_ID);
  });

  test('follows from the request id where there is no key', () => {
    expect(orderIdFor({}, 'one request')).toBe(orderIdFor({}, 'one request'));
    expect(orderIdFor({}, 'one request')).not.toBe(orderIdFor({}, 'another request'));
  });

  test('is a UUID of version 5 for every key that an order can have', () => {
    fc.assert(
      fc.property(validOrder, fc.uuid(), (order, requestId) => {
        expect(orderIdFor(order, requestId)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });
});

describe('a stored order', () => {
  test('is summarised as the order it was', () => {
    const order = newOrder(fullOrder(), ORDER_ID, NOON);
    expect(summaryOfStored(ORDER_ID, { ...order, status: 'PROCESSED' })).toEqual({
      ...summaryOf(order),
      status: 'PROCESSED',
    });
  });

  test('can be read when its customer has been erased', () => {
    const { customer, ...rest } = newOrder(fullOrder(), ORDER_ID, NOON);
    const erased = { ...rest, delivery: { method: rest.delivery.method } };
    expect(summaryOfStored(ORDER_ID, erased)).toEqual(summaryOf({ ...rest, delivery: rest.delivery }));
    expect(customer).toBeDefined();
  });

  test('that is no order is an error which names it and repeats nothing of it', () => {
    const broken = { ...newOrder(fullOrder(), ORDER_ID, NOON), status: 'nora.nibble@example.com' };
    const error = new UnreadableOrder(ORDER_ID, ['status']);
    expect(() => summaryOfStored(ORDER_ID, broken)).toThrow(error);
    expect(error.message).toBe(`The stored order ${ORDER_ID} cannot be read at status`);
  });
});

test('the country codes are those that have a name, and as many as ISO 3166-1 assigns', () => {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  expect(COUNTRY_CODES.size).toBe(249);
  expect([...COUNTRY_CODES].filter((code) => names.of(code) === undefined)).toEqual([]);
});
