import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newOrder, summaryOf } from '../../../src/orders/order.ts';
import { orderCreated } from '../../../src/orders/order-created.ts';
import { orderIdFor } from '../../../src/orders/order-id.ts';
import { fullOrder } from '../../unit/app/valid-order.ts';
import { type Answer, type Call, conditionFailed, startAwsStandIn } from './aws-stand-in.ts';
import { type Bundle, bundleOf } from './bundle.ts';
import { invoked } from './function-process.ts';
import { startTraceCollector } from './trace-collector.ts';

/** Everything of the order that is the customer's: none of it may be seen outside the table. */
const CUSTOMER =
  /Nora|Nibble|example\.com|15550100123|Example Street|Apartment|Exampleville|12345\b|Ring twice/;
const ORDER_ID = orderIdFor(fullOrder(), '');
const stored = newOrder(fullOrder(), ORDER_ID, new Date('2026-01-31T12:00:00.000Z'));
const event = {
  source: 'serverless-snacks.orders',
  'detail-type': 'Order Created',
  detail: orderCreated(summaryOf(stored), 'request-of-the-creator'),
};

let creator: Bundle;
let processor: Bundle;
beforeAll(async () => {
  [creator, processor] = await Promise.all([
    bundleOf('OrderCreatorFunction'),
    bundleOf('OrderProcessorFunction'),
  ]);
});
afterAll(() => {
  creator.stop();
  processor.stop();
});

/** Runs a function against an AWS that answers so; gives back all that could be seen of it from outside. */
async function run(bundle: Bundle, events: unknown[], answer: (call: Call) => Answer, variables = {}) {
  const aws = await startAwsStandIn(answer);
  const collector = await startTraceCollector();
  onTestFinished(async () => {
    collector.stop();
    await aws.stop();
  });
  const environment = {
    STACK_NAME: 'a-stack',
    ORDERS_TABLE_NAME: 'orders',
    ORDER_BUS_NAME: 'bus',
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_XRAY_DAEMON_ADDRESS: collector.address,
    ...variables,
  };
  const { outcomes, lines } = await invoked(bundle.file, environment, events);
  const json: Record<string, unknown>[] = lines.map((line) => JSON.parse(line));
  return {
    outcomes,
    calls: aws.calls,
    lines,
    logs: json.filter((line) => line._aws === undefined),
    metrics: json.filter((line) => line._aws !== undefined),
    collector,
  };
}

function takesAll({ operation }: Call): Answer {
  return {
    body: operation === 'PutEvents' ? { FailedEntryCount: 0, Entries: [{ EventId: 'event-1' }] } : {},
  };
}

describe('the order creator', () => {
  test('takes an order in two calls, says so in one line and counts it', async () => {
    const { outcomes, calls, logs, metrics } = await run(creator, [fullOrder()], takesAll);
    expect(outcomes).toMatchObject([{ answer: { accepted: true, orderId: ORDER_ID, duplicate: false } }]);
    expect(calls.map(({ operation }) => operation)).toEqual(['PutItem', 'PutEvents']);
    expect(logs).toMatchObject([
      {
        level: 'INFO',
        message: 'order created',
        service: 'order-creator',
        orderId: ORDER_ID,
        correlation_id: 'request-0',
        function_request_id: 'request-0',
        snackCount: 2,
        totalQuantity: 3,
      },
    ]);
    expect(metrics).toMatchObject([
      { ColdStart: 1, service: 'order-creator', stack: 'a-stack' },
      { OrdersCreated: 1, service: 'order-creator', stack: 'a-stack' },
    ]);
    expect(metrics.every(({ _aws }) => JSON.stringify(_aws).includes('"Namespace":"ServerlessSnacks"'))).toBe(
      true,
    );
  });

  test('counts repeats and refusals, and starts cold once', async () => {
    const answer = (call: Call) =>
      call.operation === 'PutItem' ? conditionFailed(marshall(stored)) : takesAll(call);
    const { outcomes, logs, metrics } = await run(
      creator,
      [fullOrder(), { ...fullOrder(), snacks: [] }],
      answer,
    );
    expect(outcomes).toMatchObject([
      { answer: { accepted: true, duplicate: true, createdAt: stored.createdAt } },
      { answer: { accepted: false, error: 'InvalidOrder', issues: [{ path: 'snacks' }] } },
    ]);
    expect(logs).toMatchObject([
      { message: 'order repeated', status: 'NEW', cold_start: true },
      { message: 'order refused', issueCount: 1, cold_start: false, correlation_id: 'request-1' },
    ]);
    expect(logs[1]).not.toHaveProperty('orderId');
    expect(metrics).toMatchObject([{ ColdStart: 1 }, { OrdersRepeated: 1 }, { OrdersRefused: 1 }]);
  });

  test('is traced: both calls under the invocation, which is found by the order', async () => {
    const { collector } = await run(creator, [fullOrder()], takesAll);
    const subsegments = await collector.subsegments(['## a-function', 'DynamoDB', 'EventBridge']);
    const invocation = subsegments.find(({ name }) => name === '## a-function');
    expect(invocation).toMatchObject({
      annotations: { orderId: ORDER_ID, ColdStart: true, Service: 'order-creator' },
      trace_id: '1-69000000-000000000000000000000000',
    });
  });

  test('hands the trace on with the event', async () => {
    const { calls } = await run(creator, [fullOrder()], takesAll);
    const put = calls.find(({ operation }) => operation === 'PutEvents');
    expect(put?.headers['x-amzn-trace-id']).toMatch(/^Root=1-69000000-0{24};Parent=[0-9a-f]{16};Sampled=1$/);
  });

  test('throws what is not the caller’s doing, with one line for it, and its metrics are not lost', async () => {
    const answer = (call: Call): Answer =>
      call.operation === 'PutEvents'
        ? { body: { FailedEntryCount: 1, Entries: [{ ErrorCode: 'MalformedDetail', ErrorMessage: 'bad' }] } }
        : takesAll(call);
    const { outcomes, logs, metrics } = await run(
      creator,
      [{ ...fullOrder(), snacks: [] }, fullOrder()],
      answer,
    );
    expect(outcomes[1]).toEqual({
      error: {
        name: 'PublishFailed',
        message: `Order ${ORDER_ID} was not published: MalformedDetail (bad), tries: 1`,
      },
    });
    expect(logs[1]).toMatchObject({
      level: 'ERROR',
      message: 'invocation failed',
      orderId: ORDER_ID,
      correlation_id: 'request-1',
      error: { name: 'PublishFailed', errorCode: 'MalformedDetail', attempts: 1 },
    });
    expect(logs).toHaveLength(2);
    expect(metrics).toMatchObject([{ ColdStart: 1 }, { OrdersRefused: 1 }]);
  });

  test('lets nothing of the customer out: not in logs, metrics, traces, events or errors', async () => {
    const unreadable = marshall({ ...stored, status: 'LOST' });
    let puts = 0;
    const answer = (call: Call): Answer => {
      if (call.operation !== 'PutItem') return takesAll(call);
      puts += 1;
      if (puts === 1) return takesAll(call);
      return conditionFailed(puts === 2 ? marshall(stored) : unreadable);
    };
    const invalid = { ...fullOrder(), snacks: [], 'nora.nibble@example.com': 'Nora' };
    const events = [fullOrder(), fullOrder(), fullOrder(), invalid];
    const { outcomes, lines, calls, collector } = await run(creator, events, answer);
    expect(
      outcomes.map(({ answer: given, error }) => error?.name ?? Reflect.get(Object(given), 'accepted')),
    ).toEqual([true, true, 'UnreadableOrder', false]);
    await collector.subsegments(['## a-function', 'DynamoDB', 'EventBridge']);
    const published = calls.filter(({ operation }) => operation === 'PutEvents').map(({ input }) => input);
    expect(published).toHaveLength(2);
    const seen = JSON.stringify([lines, collector.texts, published, outcomes.slice(0, 3)]);
    expect(seen).not.toMatch(CUSTOMER);
  });
});

describe('the order processor', () => {
  test('fulfils in three timed steps and marks the order in one call, under the creator’s correlation id', async () => {
    const { outcomes, calls, logs, metrics } = await run(processor, [event], takesAll, {
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
      });
    }
    expect(logs[0]?.durationMs).toBeGreaterThanOrEqual(9);
    expect(metrics).toMatchObject([{ ColdStart: 1 }, { OrdersProcessed: 1 }]);
  });

  test('traces each step and the call', async () => {
    const { collector } = await run(processor, [event], takesAll);
    const subsegments = await collector.subsegments([
      '## a-function',
      'pick',
      'pack',
      'dispatch',
      'DynamoDB',
    ]);
    expect(subsegments.find(({ name }) => name === '## a-function')?.annotations).toMatchObject({
      orderId: ORDER_ID,
    });
  });

  test('succeeds without a metric for an order that is PROCESSED already', async () => {
    const processed = conditionFailed(marshall({ ...stored, status: 'PROCESSED' }));
    const { outcomes, logs, metrics, lines } = await run(processor, [event], () => processed);
    expect(outcomes).toEqual([{ answer: { orderId: ORDER_ID, outcome: 'already processed' } }]);
    expect(logs.at(-1)).toMatchObject({ message: 'order already processed' });
    expect(metrics).toMatchObject([{ ColdStart: 1 }]);
    expect(lines.join('\n')).not.toMatch(CUSTOMER);
  });

  test('throws for an order that is not there, a foreign event and another schema version', async () => {
    const otherVersion = { ...event, detail: { metadata: { schemaVersion: '2', correlationId: 'x' } } };
    const events = [event, { ...event, source: 'somebody.else' }, otherVersion];
    const { outcomes } = await run(processor, events, () => conditionFailed());
    expect(outcomes).toMatchObject([
      { error: { name: 'OrderNotFound', message: `There is no order ${ORDER_ID}` } },
      { error: { name: 'ForeignEvent' } },
      { error: { name: 'UnknownSchemaVersion' } },
    ]);
  });
});
