import { randomUUID } from 'node:crypto';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import { anOrder, ISO_TIME } from './an-order.ts';
import { redrive } from './redrive.ts';
import {
  events,
  invoke,
  messageOf,
  orderItem,
  orderWithStatus,
  output,
  PATIENCE_MS,
  placeOrder,
  putItem,
  seenMessage,
} from './system.ts';

describe('an event', { timeout: 2 * PATIENCE_MS + 5_000 }, () => {
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

  /** The event as EventBridge hands it to a target. */
  const delivered = (entry: ReturnType<typeof orderCreated>) => ({
    version: '0',
    id: randomUUID(),
    'detail-type': entry.DetailType,
    source: entry.Source,
    account: '000000000000',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail: JSON.parse(entry.Detail),
  });

  test('delivered again changes nothing', async () => {
    const { answer } = await placeOrder(anOrder());
    const orderId = String(answer.orderId);
    const item = await orderWithStatus(orderId, 'PROCESSED');
    const repeated = await invoke(
      output('OrderProcessorFunctionName'),
      delivered(orderCreated(orderId, String(answer.createdAt))),
    );
    expect(repeated.functionError).toBeUndefined();
    expect(await orderItem(orderId)).toEqual(item);
  });

  test('delivered many times at once makes one transition', async () => {
    const { answer } = await placeOrder(anOrder());
    const orderId = String(answer.orderId);
    const entry = orderCreated(orderId, String(answer.createdAt));
    const { FailedEntryCount } = await events.send(
      new PutEventsCommand({ Entries: Array.from({ length: 10 }, () => entry) }),
    );
    expect(FailedEntryCount).toBe(0);
    const item = await orderWithStatus(orderId, 'PROCESSED');
    expect(item.history).toHaveLength(2);
    // Once more, after all of them: whatever was still under way then has changed nothing.
    const repeated = await invoke(output('OrderProcessorFunctionName'), delivered(entry));
    expect(repeated.answer).toEqual({ orderId, outcome: 'already processed' });
    expect(repeated.functionError).toBeUndefined();
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
        functionArn: output('OrderProcessorFunctionArn'),
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: expect.objectContaining({ 'detail-type': 'Order Created', resources: [] }),
      // The number of the version that the alias leads to.
      responseContext: {
        statusCode: 200,
        executedVersion: expect.stringMatching(/^\d+$/),
        functionError: 'Unhandled',
      },
      responsePayload: {
        errorType: expect.any(String),
        errorMessage: expect.stringContaining(orderId),
        trace: expect.any(Array),
      },
    });
    expect(await orderItem(orderId)).toBeUndefined();
  });

  test('that failed is redriven from the failure queue, once what it failed at is mended', async () => {
    const orderId = randomUUID();
    const createdAt = new Date().toISOString();
    await events.send(new PutEventsCommand({ Entries: [orderCreated(orderId, createdAt)] }));
    const queueUrl = output('OrderProcessorFailureQueueUrl');
    await seenMessage(queueUrl, (body) => body.includes(orderId));

    await putItem({
      ...anOrder(),
      orderId,
      createdAt,
      status: 'NEW',
      history: [{ status: 'NEW', at: createdAt }],
    });
    const { status, stdout, stderr } = await redrive('processor');

    expect(stdout, stderr).toMatch(/^[1-9]\d* sent again and deleted, 0 failed/m);
    expect(status).toBe(0);
    const item = await orderWithStatus(orderId, 'PROCESSED');
    expect(item.history).toHaveLength(2);
  });
});
