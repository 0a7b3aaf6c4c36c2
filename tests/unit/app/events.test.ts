import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseOrderCreated } from '../../../src/orders/order-created.ts';
import { orderIdFor } from '../../../src/orders/order-id.ts';
import { parseOrderRequest } from '../../../src/orders/order-request.ts';
import { ROOT } from './template.ts';

const folder = path.join(ROOT, 'events');
const files = readdirSync(folder).filter((file) => file.startsWith('order'));

function read(file: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
}

test('there is an order for every way of delivery', () => {
  const methods = ['order.json', 'order-express.json', 'order-pickup.json'].map((file) => {
    const order = parseOrderRequest(read(file));
    return order.ok ? order.value.delivery.method : order.issues;
  });
  expect(methods).toEqual(['STANDARD', 'EXPRESS', 'PICKUP']);
});

describe('an order is accepted, unless its file says that it is invalid', () => {
  test.each(files.filter((file) => !file.startsWith('order-created')))('%s', (file) => {
    expect(parseOrderRequest(read(file)).ok).toBe(!file.startsWith('order-invalid'));
  });
});

test('the event is of the order with a key, so that the two can be sent one after the other', () => {
  const order = parseOrderRequest(read('order-with-key.json'));
  if (!order.ok) throw new Error('order-with-key.json is no order');
  expect(parseOrderCreated(read('order-created.json')).orderId).toBe(orderIdFor(order.value, ''));
});

test('everybody in the files is fictional: their addresses are of reserved domains', () => {
  const text = files.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('\n');
  const domains = [...text.matchAll(/@([\w.-]+)/g)].map(([, domain]) => domain);
  expect(domains.length).toBeGreaterThan(3);
  expect(domains.filter((domain) => !/^example\.(com|net|org)$/.test(domain ?? ''))).toEqual([]);
});
