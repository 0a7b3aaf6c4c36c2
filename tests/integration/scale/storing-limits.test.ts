import { sampleOf } from 'serverless-loop/tests';
import { expect, test } from 'vitest';
import { keysFor, ordersUnderLimits } from './orders-under-limits.ts';
import { TABLE_THROTTLED } from './throttling.ts';

/** Each may start a process of either function. */
const keys = sampleOf(keysFor(5), 3);
const timeout = 120_000;

test('no order is lost while the table throttles orders and transitions', { timeout }, async () => {
  const system = await ordersUnderLimits({
    overloads: { PutItem: TABLE_THROTTLED, UpdateItem: TABLE_THROTTLED },
  });
  await system.place(keys);
  await system.allAccountedFor(keys);
  expect(system.proxy.refused()).toBeGreaterThanOrEqual(keys.length);
  await system.repair();
  await system.allProcessedOnce(keys);
});

test('functions at their concurrency leave events in their queues and work them off', {
  timeout,
}, async () => {
  const system = await ordersUnderLimits({
    parameters: { FulfilmentMs: '30' },
    template: withOneEnvironmentEach,
  });
  await system.place(keys);
  expect(await system.allAccountedFor(keys)).toBe(0);
  expect(system.factsOf('invocation.throttled').length).toBeGreaterThan(0);
  expect(system.factsOf('delivery.deadLettered')).toEqual([]);
  await system.allProcessedOnce(keys);
});

/** Whatever concurrency the template reserves. */
function withOneEnvironmentEach(text: string): string {
  return text
    .replaceAll(/^ *ReservedConcurrentExecutions:.*\n/gm, '')
    .replace('MemorySize:', 'ReservedConcurrentExecutions: 1\n    MemorySize:');
}
