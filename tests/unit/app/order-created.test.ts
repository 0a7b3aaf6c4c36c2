import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newOrder, summaryOf } from '../../../src/orders/order.ts';
import {
  ForeignEvent,
  orderCreated,
  parseOrderCreated,
  UnknownSchemaVersion,
} from '../../../src/orders/order-created.ts';
import { pathOf, placesIn, replacedAt } from './json-path.ts';
import { fullOrder, validOrder } from './valid-order.ts';

const ORDER_ID = '3748256f-cc3a-5b31-88c6-8490770a2651';
const NOON = new Date('2026-01-31T12:00:00.000Z');

function detailOf(request = fullOrder()) {
  return orderCreated(summaryOf(newOrder(request, ORDER_ID, NOON)), 'request-1');
}

/** As EventBridge delivers it. */
function delivered(detail: unknown) {
  return {
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': 'Order Created',
    source: 'serverless-snacks.orders',
    account: '123456789012',
    time: '2026-01-31T12:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail,
  };
}

function errorOf(event: unknown): unknown {
  try {
    return parseOrderCreated(event);
  } catch (error) {
    return error;
  }
}

test('the detail is metadata and order metadata, and nothing of the customer', () => {
  expect(detailOf()).toStrictEqual({
    metadata: { schemaVersion: '1', correlationId: 'request-1' },
    orderId: ORDER_ID,
    createdAt: '2026-01-31T12:00:00.000Z',
    deliveryMethod: 'STANDARD',
    snackCount: 2,
    totalQuantity: 3,
  });
});

test('what is published can be read, for every order', () => {
  fc.assert(
    fc.property(validOrder, (request) => {
      const detail = orderCreated(summaryOf(newOrder(request, ORDER_ID, NOON)), 'request-1');
      expect(parseOrderCreated(delivered(JSON.parse(JSON.stringify(detail))))).toEqual(detail);
    }),
  );
});

test('a field that this version does not know is left alone', () => {
  expect(parseOrderCreated(delivered({ ...detailOf(), priority: 'high' }))).toMatchObject({
    orderId: ORDER_ID,
  });
});

test('an event of another schema version is an error that names the version', () => {
  const detail = { ...detailOf(), metadata: { schemaVersion: '2', correlationId: 'request-1' } };
  expect(errorOf(delivered(detail))).toStrictEqual(new UnknownSchemaVersion('2'));
  expect(errorOf(delivered({ metadata: detail.metadata }))).toStrictEqual(new UnknownSchemaVersion('2'));
});

test('a wrong value anywhere in the detail is an error that names the place', () => {
  for (const steps of placesIn(detailOf())) {
    const error = errorOf(delivered(replacedAt(detailOf(), steps, null)));
    expect(error).toBeInstanceOf(ForeignEvent);
    expect(error).toMatchObject({ issues: [{ path: `detail.${pathOf(steps)}`, found: 'null' }] });
  }
});

describe('an event of other origin is an error that says what is foreign', () => {
  test.each([
    [null, '$'],
    [[], '$'],
    ['text', '$'],
    [7, '$'],
    [{ ...delivered(detailOf()), source: 'somebody.else' }, 'source'],
    [{ ...delivered(detailOf()), 'detail-type': 'Order Cancelled' }, 'detail-type'],
    [delivered('text'), 'detail'],
    [delivered([]), 'detail'],
    [delivered({}), 'detail.metadata'],
    [delivered({ metadata: { schemaVersion: 1, correlationId: 'x' } }), 'detail.metadata.schemaVersion'],
    [delivered({ ...detailOf(), orderId: "'; DROP TABLE" }), 'detail.orderId'],
    [delivered({ ...detailOf(), createdAt: '31 January 2026' }), 'detail.createdAt'],
    [delivered({ ...detailOf(), createdAt: '2026-02-31T12:00:00.000Z' }), 'detail.createdAt'],
  ])('case %#', (event, path) => {
    const error = errorOf(event);
    expect(error).toBeInstanceOf(ForeignEvent);
    expect(error).toMatchObject({ issues: [{ path }] });
  });
});

test('no JSON makes reading an event fail in any other way', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(errorOf(value)).toBeInstanceOf(ForeignEvent);
      expect(errorOf(delivered(value))).toBeInstanceOf(ForeignEvent);
    }),
  );
});
