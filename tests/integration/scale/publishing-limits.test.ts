import { onlyInMatrix, sampleOf } from 'serverless-loop/tests';
import { expect, test } from 'vitest';
import { keysFor, ordersUnderLimits } from './orders-under-limits.ts';
import { CALLS_THROTTLED, ENTRIES_THROTTLED } from './throttling.ts';

/** Each may start a process of either function. */
const keys = sampleOf(keysFor(5), 3);
const timeout = 120_000;

test('an event that PutEvents throttles is published by the same invocation', { timeout }, async () => {
  const system = await ordersUnderLimits({ overloads: { PutEvents: ENTRIES_THROTTLED } });
  await system.place(keys);
  expect(await system.allAccountedFor(keys)).toBe(0);
  expect(system.proxy.refused()).toBeGreaterThanOrEqual(3 * keys.length);
  expect(system.factsOf('invocation.retry')).toEqual([]);
  await system.allProcessedOnce(keys);
});

onlyInMatrix(() => {
  test('no order is lost while PutEvents throttles calls', { timeout }, async () => {
    const system = await ordersUnderLimits({ overloads: { PutEvents: CALLS_THROTTLED } });
    await system.place(keys);
    await system.allAccountedFor(keys);
    expect(system.proxy.refused()).toBeGreaterThanOrEqual(keys.length);
    await system.repair();
    await system.allProcessedOnce(keys);
  });
});
