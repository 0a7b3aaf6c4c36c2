import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fullOrder } from '../../unit/app/valid-order.ts';
import { type Answer, type Call, conditionFailed } from './aws-stand-in.ts';
import { bundleOf } from './bundle.ts';
import { type FunctionProcess, startFunctionProcess } from './function-process.ts';
import { CUSTOMER, ORDER_ID, observedRun, STORED, takesAll } from './observed-run.ts';

let creator: FunctionProcess;
beforeAll(async () => {
  creator = startFunctionProcess((await bundleOf('OrderCreatorFunction')).file);
});
afterAll(() => creator?.stop());

test('takes an order in two calls, says so in one line and counts it', async () => {
  const { outcomes, calls, logs, metrics } = await observedRun(creator, [fullOrder()], takesAll);
  expect(outcomes).toMatchObject([{ answer: { accepted: true, orderId: ORDER_ID, duplicate: false } }]);
  expect(calls.map(({ operation }) => operation)).toEqual(['PutItem', 'PutEvents']);
  expect(logs).toMatchObject([
    {
      level: 'INFO',
      message: 'order created',
      service: 'order-creator',
      orderId: ORDER_ID,
      correlation_id: 'request-0',
      xray_trace_id: '1-69000000-000000000000000000000000',
      cold_start: true,
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
    call.operation === 'PutItem' ? conditionFailed(marshall(STORED)) : takesAll(call);
  const { outcomes, logs, metrics } = await observedRun(
    creator,
    [fullOrder(), { ...fullOrder(), snacks: [] }],
    answer,
  );
  expect(outcomes).toMatchObject([
    { answer: { accepted: true, duplicate: true, createdAt: STORED.createdAt } },
    { answer: { accepted: false, error: 'InvalidOrder', issues: [{ path: 'snacks' }] } },
  ]);
  expect(logs).toMatchObject([
    { message: 'order repeated', status: 'NEW', cold_start: true },
    {
      message: 'order refused',
      reason: 'InvalidOrder',
      issueCount: 1,
      cold_start: false,
      correlation_id: 'request-1',
    },
  ]);
  expect(logs[1]).not.toHaveProperty('orderId');
  expect(metrics).toMatchObject([
    { ColdStart: 1 },
    { OrdersRepeated: 1 },
    { OrdersRefused: 1, reason: 'InvalidOrder', service: 'order-creator', stack: 'a-stack' },
  ]);
  expect(metrics[1]).not.toHaveProperty('reason');
});

test.each([
  ['NEW', ['PutItem', 'PutEvents']],
  ['PROCESSED', ['PutItem']],
])('a repeat of an order that is %s makes these calls: %j', async (status, operations) => {
  const stored = conditionFailed(marshall({ ...STORED, status }));
  const { outcomes, calls } = await observedRun(creator, [fullOrder()], (call) =>
    call.operation === 'PutItem' ? stored : takesAll(call),
  );
  expect(outcomes).toMatchObject([{ answer: { accepted: true, duplicate: true, status } }]);
  expect(calls.map(({ operation }) => operation)).toEqual(operations);
});

test('another order with the same key is refused, counted so, and nothing of the first is told', async () => {
  const stored = conditionFailed(marshall({ ...STORED, requestHash: 'of another request' }));
  const { outcomes, calls, logs, metrics } = await observedRun(creator, [fullOrder()], () => stored);
  expect(outcomes).toEqual([
    { answer: { accepted: false, error: 'IdempotencyConflict', orderId: ORDER_ID } },
  ]);
  expect(calls).toHaveLength(1);
  expect(logs).toMatchObject([
    { message: 'order refused', reason: 'IdempotencyConflict', orderId: ORDER_ID },
  ]);
  expect(metrics).toMatchObject([
    { ColdStart: 1 },
    { OrdersRefused: 1, reason: 'IdempotencyConflict', service: 'order-creator', stack: 'a-stack' },
  ]);
});

test('counts each try to publish after the first', async () => {
  let puts = 0;
  const throttled = { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' };
  const { outcomes, logs, metrics } = await observedRun(creator, [fullOrder()], (call) => {
    if (call.operation !== 'PutEvents') return takesAll(call);
    puts += 1;
    return puts < 3 ? { body: { FailedEntryCount: 1, Entries: [throttled] } } : takesAll(call);
  });
  expect(outcomes).toMatchObject([{ answer: { accepted: true } }]);
  expect(logs.slice(0, 2)).toMatchObject([
    { message: 'publish retried', errorCode: 'ThrottlingException', attempt: 2, orderId: ORDER_ID },
    { message: 'publish retried', errorCode: 'ThrottlingException', attempt: 3, orderId: ORDER_ID },
  ]);
  expect(metrics.at(-1)).toMatchObject({ OrdersCreated: 1, PublishRetries: [1, 1] });
});

test('stores when the order may be deleted, where orders are kept for days', async () => {
  const { calls } = await observedRun(creator, [fullOrder()], takesAll, { ORDER_RETENTION_DAYS: '30' });
  expect(calls[0]?.input.Item).toMatchObject({ expiresAt: { N: expect.stringMatching(/^[0-9]{10}$/) } });
});

test('is traced: both calls under the invocation, which is found by the order', async () => {
  const { collector } = await observedRun(creator, [fullOrder()], takesAll);
  const subsegments = await collector.subsegments(['## a-function', 'DynamoDB', 'EventBridge']);
  const invocation = subsegments.find(({ name }) => name === '## a-function');
  expect(invocation).toMatchObject({
    annotations: { orderId: ORDER_ID, ColdStart: true, Service: 'order-creator' },
    trace_id: '1-69000000-000000000000000000000000',
  });
  for (const call of ['DynamoDB', 'EventBridge'])
    expect(subsegments.find(({ name }) => name === call)?.annotations, call).toEqual({ orderId: ORDER_ID });
});

test('each trace is found by its own order, and that of a refusal by none', async () => {
  const others = ['another-key-for-an-order', 'a-third-key-for-an-order'].map((idempotencyKey) => ({
    ...fullOrder(),
    idempotencyKey,
  }));
  const events = [others[0], { ...fullOrder(), snacks: [] }, others[1]];
  const { collector, outcomes } = await observedRun(creator, events, takesAll);
  const subsegments = (await collector.allDocuments()).filter(({ name }) => name !== '## a-function');
  const ordersByTrace = events.map((_, index) => {
    const ofTrace = subsegments.filter(({ trace_id }) =>
      trace_id?.endsWith(`-${String(index).padStart(24, '0')}`),
    );
    return ofTrace.map(({ annotations }) => annotations?.orderId);
  });
  const ids = outcomes.map(({ answer }) => Reflect.get(Object(answer), 'orderId'));
  expect(ordersByTrace).toEqual([[ids[0], ids[0]], [], [ids[2], ids[2]]]);
  expect(new Set(ids).size).toBe(3);
});

test('says which credentials it lacks, and asks nobody else for them', async () => {
  const { outcomes, calls } = await observedRun(creator, [fullOrder()], takesAll, {
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_SESSION_TOKEN: undefined,
  });
  expect(outcomes).toEqual([
    {
      error: {
        name: 'BadVariable',
        message:
          'Environment variable AWS_SECRET_ACCESS_KEY: expected the secret of an access key, the only credentials looked for, found nothing',
      },
    },
  ]);
  expect(calls).toEqual([]);
});

test('hands the trace on with the event', async () => {
  const { calls } = await observedRun(creator, [fullOrder()], takesAll);
  const put = calls.find(({ operation }) => operation === 'PutEvents');
  expect(put?.headers['x-amzn-trace-id']).toMatch(/^Root=1-69000000-0{24};Parent=[0-9a-f]{16};Sampled=1$/);
});

test('throws what is not the caller’s doing, with one line for it, and its metrics are not lost', async () => {
  const answer = (call: Call): Answer =>
    call.operation === 'PutEvents'
      ? { body: { FailedEntryCount: 1, Entries: [{ ErrorCode: 'MalformedDetail', ErrorMessage: 'bad' }] } }
      : takesAll(call);
  const { outcomes, logs, metrics } = await observedRun(
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
  const unreadable = marshall({ ...STORED, status: 'LOST' });
  let puts = 0;
  const answer = (call: Call): Answer => {
    if (call.operation !== 'PutItem') return takesAll(call);
    puts += 1;
    if (puts === 1) return takesAll(call);
    return conditionFailed(puts === 2 ? marshall(STORED) : unreadable);
  };
  const invalid = { ...fullOrder(), snacks: [], 'nora.nibble@example.com': 'Nora' };
  const events = [fullOrder(), fullOrder(), fullOrder(), invalid];
  const { outcomes, lines, calls, collector } = await observedRun(creator, events, answer);
  expect(
    outcomes.map(({ answer: given, error }) => error?.name ?? Reflect.get(Object(given), 'accepted')),
  ).toEqual([true, true, 'UnreadableOrder', false]);
  await collector.subsegments(['## a-function', 'DynamoDB', 'EventBridge']);
  const published = calls.filter(({ operation }) => operation === 'PutEvents').map(({ input }) => input);
  expect(published).toHaveLength(2);
  const seen = JSON.stringify([lines, collector.texts, published, outcomes.slice(0, 3)]);
  expect(seen).not.toMatch(CUSTOMER);
});
