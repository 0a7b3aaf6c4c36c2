import { randomUUID } from 'node:crypto';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import {
  events,
  invoke,
  invokeAsync,
  invokeWithText,
  messageOf,
  orderItem,
  orderWithStatus,
  output,
  PATIENCE_MS,
  placeOrder,
} from './system.ts';

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function anOrder(more: Record<string, unknown> = {}) {
  return {
    customer: { name: 'Robin Example', email: 'robin@example.com', phone: '+4915112345678' },
    snacks: [
      { sku: 'SALTY.PRETZEL-01', quantity: 3 },
      { sku: 'choco_bar', quantity: 1 },
    ],
    delivery: {
      method: 'EXPRESS',
      address: { line1: '1 Example Street', city: 'Exampleton', postcode: '12345', country: 'DE' },
      notes: 'Ring twice',
    },
    ...more,
  };
}

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

describe('a refusal', () => {
  test('names every fault at once and repeats no value of the customer', async () => {
    const { answer, functionError } = await placeOrder({
      customer: { name: '', email: 'not-an-address', phone: '0151 secret', shoeSize: 43 },
      snacks: [{ sku: 'a b', quantity: 0 }],
      delivery: { method: 'DRONE' },
    });
    expect(functionError).toBeUndefined();
    expect(answer).toMatchObject({ accepted: false, error: 'InvalidOrder' });
    const issues: unknown = answer.issues;
    if (!Array.isArray(issues)) throw new Error('no issues');
    expect(issues.map(({ path }) => path).sort()).toEqual([
      'customer.email',
      'customer.name',
      'customer.phone',
      'customer.shoeSize',
      'delivery.method',
      'snacks[0].quantity',
      'snacks[0].sku',
    ]);
    for (const issue of issues) {
      expect(issue).toEqual({
        path: expect.any(String),
        expected: expect.any(String),
        found: expect.any(String),
      });
    }
    expect(JSON.stringify(answer)).not.toMatch(/not-an-address|secret|a b|DRONE/);
  });

  test.each([
    ['null', null],
    ['an array', [1, 2]],
    ['a string of JSON', JSON.stringify(anOrder())],
    ['a number', 7],
    ['an empty object', {}],
  ])('answers %s', async (_name, event) => {
    const { answer, functionError } = await placeOrder(event);
    expect(functionError).toBeUndefined();
    expect(answer).toMatchObject({ accepted: false, error: 'InvalidOrder', issues: expect.any(Array) });
  });

  test('answers an order nested very deeply', async () => {
    const depth = 5_000;
    const payload = `{"customer":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const { answer } = await invokeWithText(output('OrderCreatorFunctionName'), payload);
    expect(answer).toMatchObject({ accepted: false, error: 'InvalidOrder' });
  });

  test('of Lambda itself meets an order of 7 MB', async () => {
    await expect(
      placeOrder(anOrder({ delivery: { method: 'PICKUP', notes: 'x'.repeat(7_000_000) } })),
    ).rejects.toMatchObject({ name: 'RequestTooLargeException' });
  });
});

describe('an event', { timeout: PATIENCE_MS + 5_000 }, () => {
  const orderCreated = (orderId: string, createdAt: string) => ({
    Source: 'serverless-snacks.orders',
    DetailType: 'Order Created',
    EventBusName: output('OrderBusName'),
    Detail: JSON.stringify({
      metadata: { schemaVersion: '1', correlationId: randomUUID() },
      orderId,
      createdAt,
      deliveryMethod: 'EXPRESS',
      snackCount: 2,
      totalQuantity: 4,
    }),
  });

  test('delivered again changes nothing', async () => {
    const { answer } = await placeOrder(anOrder());
    const orderId = String(answer.orderId);
    const item = await orderWithStatus(orderId, 'PROCESSED');
    const delivered = await invoke(output('OrderProcessorFunctionName'), {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Order Created',
      source: 'serverless-snacks.orders',
      account: '000000000000',
      time: '2026-01-01T00:00:00Z',
      region: 'us-east-1',
      resources: [],
      detail: JSON.parse(orderCreated(orderId, String(answer.createdAt)).Detail),
    });
    expect(delivered.functionError).toBeUndefined();
    expect(await orderItem(orderId)).toEqual(item);
  });

  test('of an order that does not exist ends in the failure queue of the processor after three tries', async () => {
    const orderId = randomUUID();
    const { FailedEntryCount } = await events.send(
      new PutEventsCommand({ Entries: [orderCreated(orderId, '2026-01-01T00:00:00.000Z')] }),
    );
    expect(FailedEntryCount).toBe(0);

    const record = await messageOf(output('OrderProcessorFailureQueueUrl'), (body) => body.includes(orderId));

    expect(record).toEqual({
      version: '1.0',
      timestamp: expect.stringMatching(ISO_TIME),
      requestContext: {
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        functionArn: expect.stringContaining(output('OrderProcessorFunctionName')),
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: expect.objectContaining({ 'detail-type': 'Order Created', resources: [] }),
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: {
        errorType: expect.any(String),
        errorMessage: expect.stringContaining(orderId),
        trace: expect.any(Array),
      },
    });
    expect(await orderItem(orderId)).toBeUndefined();
  });
});
