import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { anOrder, ISO_TIME } from './an-order.ts';
import { invokeAsync, orderItem, orderWithStatus, output, PATIENCE_MS, placeOrder } from './system.ts';

describe('an order', { timeout: PATIENCE_MS + 5_000 }, () => {
  test('is accepted as NEW, then becomes PROCESSED with a history', async () => {
    const { answer } = await placeOrder(anOrder());
    expect(answer).toEqual({
      accepted: true,
      orderId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: 'NEW',
      createdAt: expect.stringMatching(ISO_TIME),
      duplicate: false,
    });

    const item = await orderWithStatus(String(answer.orderId), 'PROCESSED');
    expect(item).toMatchObject({
      ...anOrder(),
      orderId: answer.orderId,
      createdAt: answer.createdAt,
      processedAt: expect.stringMatching(ISO_TIME),
      history: [
        { status: 'NEW', at: answer.createdAt },
        { status: 'PROCESSED', at: item.processedAt },
      ],
    });
    expect(String(item.processedAt) >= String(item.createdAt)).toBe(true);
  });

  test('to be picked up needs no address', async () => {
    const { answer } = await placeOrder(anOrder({ delivery: { method: 'PICKUP' } }));
    expect(answer.accepted).toBe(true);
    await orderWithStatus(String(answer.orderId), 'PROCESSED');
  });

  test('placed twice with one key is one order', async () => {
    const order = anOrder({ idempotencyKey: randomUUID() });
    const first = await placeOrder(order);
    const item = await orderWithStatus(String(first.answer.orderId), 'PROCESSED');
    const second = await placeOrder(order);
    expect(first.answer).toMatchObject({ accepted: true, duplicate: false });
    expect(second.answer).toEqual({ ...first.answer, status: 'PROCESSED', duplicate: true });
    expect(await orderItem(String(first.answer.orderId))).toEqual(item);
  });

  test('placed many times at once with one key is one order with one history', async () => {
    const order = anOrder({ idempotencyKey: randomUUID() });
    const answers = (await Promise.all(Array.from({ length: 8 }, () => placeOrder(order)))).map(
      ({ answer }) => answer,
    );
    expect(new Set(answers.map(({ orderId }) => orderId)).size).toBe(1);
    expect(answers.filter(({ duplicate }) => duplicate === false)).toHaveLength(1);
    const item = await orderWithStatus(String(answers[0]?.orderId), 'PROCESSED');
    expect(item.history).toHaveLength(2);
  });

  test('without a key is a new order each time', async () => {
    const [first, second] = await Promise.all([placeOrder(anOrder()), placeOrder(anOrder())]);
    expect(first?.answer.orderId).not.toBe(second?.answer.orderId);
  });

  test('placed asynchronously is processed too', async () => {
    const idempotencyKey = randomUUID();
    await invokeAsync(output('OrderCreatorFunctionName'), anOrder({ idempotencyKey }));
    // The id is made of the key, so a repeat finds it.
    await expect
      .poll(async () => (await placeOrder(anOrder({ idempotencyKey }))).answer.status, {
        timeout: PATIENCE_MS,
      })
      .toBe('PROCESSED');
  });
});
