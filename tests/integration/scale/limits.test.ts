import { expect, test } from 'vitest';
import type { Overload, Refusal } from './limiting-proxy.ts';
import { keysFor, ordersUnderLimits } from './orders-under-limits.ts';

// What docs/scale.md says of each limit, with the limits set where this machine reaches them.

/** PutEvents answers 200 and says of the entry that it was refused ("PutEventsResultEntry"). */
const ENTRY_THROTTLED: Refusal = {
  status: 200,
  body: {
    FailedEntryCount: 1,
    Entries: [{ ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' }],
  },
};
const CALL_THROTTLED: Refusal = {
  status: 400,
  body: { __type: 'ThrottlingException', message: 'Rate exceeded' },
};
/** DynamoDB guide, "Error handling with DynamoDB": an on-demand table beyond twice its peak. */
const TABLE_THROTTLED: Refusal = {
  status: 400,
  body: {
    __type: 'com.amazon.coral.availability#ThrottlingException',
    message: 'Throughput exceeds the current capacity of your table or index.',
  },
};
/** More than the three attempts of an SDK client, so that functions fail too. */
const fourTimes = (refusal: Refusal): Overload => ({ times: 4, refusal });

const keys = keysFor(8);
const timeout = 150_000;

test('an event that PutEvents throttles is published by the same invocation', { timeout }, async () => {
  const system = await ordersUnderLimits({ overloads: { PutEvents: fourTimes(ENTRY_THROTTLED) } });
  await system.place(keys);
  expect(await system.allAccountedFor(keys)).toBe(0);
  expect(system.proxy.refused()).toBeGreaterThanOrEqual(3 * keys.length);
  expect(system.factsOf('invocation.retry')).toEqual([]);
});

test.each([
  ['PutEvents throttles calls', { PutEvents: fourTimes(CALL_THROTTLED) }],
  [
    'the table throttles orders and transitions',
    { PutItem: fourTimes(TABLE_THROTTLED), UpdateItem: fourTimes(TABLE_THROTTLED) },
  ],
])('%s: no order is lost, and each is processed once', { timeout }, async (_, overloads) => {
  const system = await ordersUnderLimits({ overloads });
  await system.place(keys);
  await system.allAccountedFor(keys);
  expect(system.proxy.refused()).toBeGreaterThanOrEqual(keys.length);
  await system.repair();
  await system.allProcessedOnce(keys);
});

test('a processor at its concurrency keeps events in its queue and works them off', { timeout }, async () => {
  const system = await ordersUnderLimits({
    parameters: { FulfilmentMs: '30' },
    template: (text) => text.replace('MemorySize:', 'ReservedConcurrentExecutions: 1\n    MemorySize:'),
  });
  await system.place(keys);
  expect(await system.allAccountedFor(keys)).toBe(0);
  expect(system.factsOf('invocation.throttled').length).toBeGreaterThan(0);
  expect(system.factsOf('delivery.deadLettered')).toEqual([]);
  await system.allProcessedOnce(keys);
});
