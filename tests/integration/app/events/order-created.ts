import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { expect } from 'vitest';
import { newOrder, summaryOf } from '../../../../src/orders/order.ts';
import { orderCreated, parseOrderCreated } from '../../../../src/orders/order-created.ts';
import { parseOrderRequest } from '../../../../src/orders/order-request.ts';
import { objectIn, textOf } from './event-files.ts';
import { type Check, orderIdOf } from './orders.ts';

/** The order with this key is the one that order-created.json tells of. */
const ORDER_FILE = 'order-with-key.json';

/**
 * That order as the table holds it before the event. On a table without it, this command makes it exist:
 * `aws dynamodb put-item --table-name TABLE --item file://events/order-created.item.json`.
 */
const ITEM_FILE = 'order-created.item.json';

/** The first time the order is processed; the second time it is found processed, and left alone. */
export const processedOnce: Check = async (file, system) => {
  const item = itemIn(ITEM_FILE);
  const { orderId, ...order } = unmarshall(item);
  await system.putItem(item);
  expect(await system.processOrder(textOf(file))).toMatchObject({
    answer: { orderId, outcome: 'processed' },
  });
  const processed = await system.storedOrder(orderId);
  expect(processed).toEqual({
    ...order,
    orderId,
    status: 'PROCESSED',
    processedAt: expect.any(String),
    history: [...order.history, { status: 'PROCESSED', at: processed?.processedAt }],
  });
  expect(await system.processOrder(textOf(file))).toMatchObject({
    answer: { orderId, outcome: 'already processed' },
  });
  expect(await system.storedOrder(orderId)).toEqual(processed);
};

/** The item is what the creator stores of the order with the key, and the event what it then publishes. */
export const orderOfTheEvent: Check = async (file) => {
  const event = parseOrderCreated(objectIn('order-created.json'));
  const request = parseOrderRequest(objectIn(ORDER_FILE));
  if (!request.ok) throw new Error(`${ORDER_FILE} is no order`);
  const order = newOrder(request.value, orderIdOf(ORDER_FILE), new Date(event.createdAt));
  expect(itemIn(file)).toEqual(marshall(order));
  expect(event).toEqual(orderCreated(summaryOf(order), event.metadata.correlationId));
};

/** The processor throws, and has written nothing. */
export function failsWith(errorType: string, words: string): Check {
  return async (file, system) => {
    const writesBefore = system.writeCount();
    expect(await system.processOrder(textOf(file))).toEqual({
      answer: { errorType, errorMessage: expect.stringContaining(words), trace: expect.any(Array) },
      functionError: 'Unhandled',
    });
    expect(system.writeCount()).toBe(writesBefore);
  };
}

function itemIn(file: string): Record<string, AttributeValue> {
  return JSON.parse(textOf(file));
}
