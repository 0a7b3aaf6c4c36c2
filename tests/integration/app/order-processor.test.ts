import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { summaryOf } from '../../../src/orders/order.ts';
import { orderCreated } from '../../../src/orders/order-created.ts';
import { conditionFailed } from './aws-stand-in.ts';
import { bundleOf } from './bundle.ts';
import { type FunctionProcess, startFunctionProcess } from './function-process.ts';
import { CUSTOMER, ORDER_ID, observedRun, STORED, takesAll } from './observed-run.ts';

const event = {
  source: 'serverless-snacks.orders',
  'detail-type': 'Order Created',
  detail: orderCreated(summaryOf(STORED), 'request-of-the-creator'),
};

let processor: FunctionProcess;
beforeAll(async () => {
  processor = startFunctionProcess((await bundleOf('OrderProcessorFunction')).file);
});
afterAll(() => processor?.stop());

test('fulfils in three timed steps and marks the order in one call, under the creator’s correlation id', async () => {
  const { outcomes, calls, logs, metrics } = await observedRun(processor, [event], takesAll, {
    FULFILMENT_MS: '30',
  });
  expect(outcomes).toEqual([{ answer: { orderId: ORDER_ID, outcome: 'processed' } }]);
  expect(calls.map(({ operation }) => operation)).toEqual(['UpdateItem']);
  expect(logs.map(({ message }) => message)).toEqual([
    'pick done',
    'pack done',
    'dispatch done',
    'order processed',
  ]);
  for (const line of logs) {
    expect(line).toMatchObject({
      service: 'order-processor',
      orderId: ORDER_ID,
      correlation_id: 'request-of-the-creator',
      xray_trace_id: '1-69000000-000000000000000000000000',
      cold_start: true,
    });
  }
  expect(logs[0]?.durationMs).toBeGreaterThanOrEqual(9);
  expect(metrics).toMatchObject([
    { ColdStart: 1 },
    { OrdersProcessed: 1, OrderProcessingTime: expect.any(Number), service: 'order-processor' },
  ]);
  expect(JSON.stringify(metrics[1])).toContain('{"Name":"OrderProcessingTime","Unit":"Milliseconds"}');
});

test('traces each step and the call, and each is found by the order', async () => {
  const { collector } = await observedRun(processor, [event], takesAll);
  const steps = ['pick', 'pack', 'dispatch', 'DynamoDB'];
  const subsegments = await collector.subsegments(['## a-function', ...steps]);
  const annotationsOf = (wanted: string) => subsegments.find(({ name }) => name === wanted)?.annotations;
  expect(annotationsOf('## a-function')).toMatchObject({ orderId: ORDER_ID });
  for (const step of steps) expect(annotationsOf(step), step).toEqual({ orderId: ORDER_ID });
});

test('a step that fails is found by the order too', async () => {
  const { collector } = await observedRun(processor, [event], () => conditionFailed());
  const subsegments = await collector.subsegments(['## a-function', 'DynamoDB']);
  expect(subsegments.find(({ name }) => name === 'DynamoDB')).toMatchObject({
    annotations: { orderId: ORDER_ID },
    error: true,
  });
});

test('succeeds without a metric for an order that is PROCESSED already', async () => {
  const processed = conditionFailed(marshall({ ...STORED, status: 'PROCESSED' }));
  const { outcomes, logs, metrics, lines } = await observedRun(processor, [event], () => processed);
  expect(outcomes).toEqual([{ answer: { orderId: ORDER_ID, outcome: 'already processed' } }]);
  expect(logs.at(-1)).toMatchObject({ message: 'order already processed' });
  expect(metrics).toMatchObject([{ ColdStart: 1 }]);
  expect(lines.join('\n')).not.toMatch(CUSTOMER);
});

test('throws for an order that is not there, a foreign event and another schema version', async () => {
  const otherVersion = { ...event, detail: { metadata: { schemaVersion: '2', correlationId: 'x' } } };
  const events = [event, { ...event, source: 'somebody.else' }, otherVersion];
  const { outcomes } = await observedRun(processor, events, () => conditionFailed());
  expect(outcomes).toMatchObject([
    { error: { name: 'OrderNotFound', message: `There is no order ${ORDER_ID}` } },
    { error: { name: 'ForeignEvent' } },
    { error: { name: 'UnknownSchemaVersion' } },
  ]);
});
