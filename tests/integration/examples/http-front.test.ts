import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type RunningLoop, startLoop } from 'serverless-loop';
import { afterAll, beforeAll, expect, test } from 'vitest';

const FOLDER = path.resolve('examples/http-front');
const ORDER = readFileSync(path.join(FOLDER, 'events/order.json'), 'utf8');

let loop: RunningLoop;
beforeAll(async () => {
  loop = await startLoop({ template: path.join(FOLDER, 'template.yaml') });
});
afterAll(() => loop.stop());

async function place(body: string, key?: string): Promise<[status: number, answer: Record<string, unknown>]> {
  const headers = {
    'content-type': 'application/json',
    ...(key !== undefined && { 'idempotency-key': key }),
  };
  const response = await fetch(loop.outputs.OrdersUrl ?? '', { method: 'POST', headers, body });
  return [response.status, JSON.parse(await response.text())];
}

async function stateOf(orderId: unknown): Promise<[status: number, answer: Record<string, unknown>]> {
  const response = await fetch(`${loop.outputs.OrdersUrl}/${orderId}`);
  return [response.status, JSON.parse(await response.text())];
}

test('an order that is placed is processed by the order system, and its state tells nothing of the customer', async () => {
  const [status, { orderId }] = await place(ORDER);
  expect(status).toBe(201);
  await loop.idle();
  expect(await stateOf(orderId)).toEqual([
    200,
    { orderId, status: 'PROCESSED', createdAt: expect.any(String), processedAt: expect.any(String) },
  ]);
});

test('the same key is the same order, and with another request it is refused', async () => {
  const key = 'an-order-of-its-own';
  const [first, { orderId }] = await place(ORDER, key);
  expect([first, ...(await place(ORDER, key))]).toEqual([201, 200, expect.objectContaining({ orderId })]);
  const other = JSON.stringify({ ...JSON.parse(ORDER), snacks: [{ sku: 'another', quantity: 1 }] });
  expect(await place(other, key)).toEqual([409, expect.objectContaining({ error: 'IdempotencyConflict' })]);
});

test('what is no order is told with what is wrong, and an order that is not there is not found', async () => {
  expect(await place('{}')).toEqual([400, expect.objectContaining({ error: 'InvalidOrder' })]);
  expect(await place('[')).toEqual([400, { message: 'The body is no JSON object' }]);
  expect((await stateOf('nobody'))[0]).toBe(404);
});
