import { onlyInMatrix } from 'serverless-loop/tests';
import { afterEach, expect, test } from 'vitest';
import { textOf } from '../app/events/event-files.ts';
import { type OperatedStack, operatedStack } from './operated-stack.ts';
import { commandsOf, partsOfAlarms } from './runbook.ts';

const ORDER = textOf('order-express.json');

let stack: OperatedStack;
afterEach(() => stack.stop());

test('a function at its reserved concurrency is throttled, says how much it has, and loses no event', async () => {
  stack = await operatedStack({ parameters: { ReservedConcurrency: '1', FulfilmentMs: '100' } });
  const placing = await Promise.allSettled([1, 2, 3, 4].map(() => stack.system.createOrder(ORDER)));
  const refused = placing.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  const orders = placing.flatMap((outcome) =>
    outcome.status === 'fulfilled' ? [outcome.value.answer.orderId] : [],
  );
  expect(refused.length).toBeGreaterThan(0);
  for (const error of refused) expect(error).toMatchObject({ name: 'TooManyRequestsException' });

  // Events on top: these wait.
  await Promise.all([1, 2, 3].map(() => stack.system.createOrderAsync(ORDER)));
  await stack.system.settled();
  const throttled = stack.factsOf('invocation.throttled').map(({ functionName }) => functionName);
  for (const name of ['OrderCreator', 'OrderProcessor'])
    expect(throttled).toContainEqual(expect.stringContaining(name));
  const rang = await stack.alarms();
  for (const alarm of ['OrderCreatorThrottles', 'OrderProcessorThrottles']) {
    expect(rang).toContain(alarm);
    expect(await stack.runAll(commandsOf(alarm, 'lookAt'))).toContain('"ReservedConcurrentExecutions":1');
  }

  for (const orderId of orders)
    expect(await stack.system.storedOrder(orderId)).toMatchObject({ status: 'PROCESSED' });
  expect(stack.factsOf('destination.sent')).toEqual([]);
  expect(stack.factsOf('table.written')).toHaveLength(2 * (orders.length + 3));
});

onlyInMatrix(() => {
  test('without a reserved concurrency the same orders are all taken at once', async () => {
    stack = await operatedStack({ parameters: { FulfilmentMs: '100' } });
    await Promise.all([1, 2, 3, 4].map(() => stack.system.createOrder(ORDER)));
    await stack.system.settled();
    expect(stack.factsOf('invocation.throttled')).toEqual([]);
  });

  test('a table that refuses writes fills the queues, which are sent again when it has grown', async () => {
    stack = await operatedStack();
    stack.trouble.begin('UpdateItem', 'ProvisionedThroughputExceededException');
    const { answer } = await stack.system.createOrder(ORDER);
    stack.trouble.begin('PutItem', 'ProvisionedThroughputExceededException');
    await stack.system.createOrderAsync(ORDER);
    expect(await stack.depth('OrderProcessorFailureQueueUrl')).toBe(1);
    expect(await stack.depth('OrderCreatorFailureQueueUrl')).toBe(1);

    stack.trouble.end();
    const printed = await stack.runAll(commandsOf('OrdersTableThrottles', 'do'));
    expect(printed.match(/1 x ProvisionedThroughputExceededException/g)).toHaveLength(2);
    expect(printed.match(/1 sent again and deleted, 0 failed/g)).toHaveLength(2);
    await stack.system.settled();
    expect(await stack.system.storedOrder(answer.orderId)).toMatchObject({ status: 'PROCESSED' });
    // Two orders, each stored and processed.
    expect(stack.factsOf('table.written')).toHaveLength(4);
  });

  test('letters that wait for four days ring, whichever queue they wait in', async () => {
    // A day in less than a second; after two weeks SQS would delete them.
    stack = await operatedStack({ retrySpeed: 100_000 });
    const queues = ['OrderCreatorFailureQueue', 'OrderProcessorFailureQueue', 'OrderCreatedDeadLetterQueue'];
    for (const queue of queues) await stack.leave(`${queue}Url`, '{}');
    const ages = queues.map((queue) => `${queue}Age`);
    await expect
      .poll(async () => [...(await stack.alarms())].filter((alarm) => ages.includes(alarm)).toSorted())
      .toEqual(ages.toSorted());
    // A reader looks at and does the same as for a message of today.
    for (const queue of queues)
      expect(partsOfAlarms().get(`${queue}Age`)).toMatchObject({
        lookAt: `as for ${queue}Depth.`,
        do: expect.stringContaining(`as for ${queue}Depth, now.`),
      });
  });
});
