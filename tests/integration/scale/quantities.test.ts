import { expect, test } from 'vitest';
import { AN_ORDER } from '../../../bench/cost/order-quantities.ts';
import { keysFor, ordersUnderLimits } from './orders-under-limits.ts';

test('an order makes the calls and writes the bytes that its cost is computed from', async () => {
  const system = await ordersUnderLimits({});
  const [cold = '', warm = ''] = keysFor(2);
  // The cost of a consumer beside them is not an order's.
  const lines = () =>
    system
      .factsOf('log')
      .filter(({ functionName }) => /-Order(Creator|Processor)Function-/.test(functionName));
  const reports = () => lines().filter(({ line }) => line.includes('platform.report'));
  await system.place([cold]);
  await system.allProcessedOnce([cold]);
  await expect.poll(() => reports().length).toBe(AN_ORDER.invocations);
  const linesOfTheFirst = lines().length;
  system.proxy.calls.clear();

  await system.place([warm]);
  await system.allProcessedOnce([warm]);
  await expect.poll(() => reports().length).toBe(2 * AN_ORDER.invocations);

  expect(Object.fromEntries(system.proxy.calls)).toEqual({ PutItem: 1, PutEvents: 1, UpdateItem: 1 });
  expect(system.proxy.calls.size).toBe(AN_ORDER.awsCalls);
  const linesOfTheSecond = lines().slice(linesOfTheFirst);
  const logBytes = linesOfTheSecond.reduce((sum, { line }) => sum + Buffer.byteLength(line), 0);
  expect(logBytes).toBeLessThanOrEqual(AN_ORDER.logBytes);
  expect(logBytes).toBeGreaterThan(AN_ORDER.logBytes / 2);
  const item = JSON.stringify(await system.order(warm));
  expect(Buffer.byteLength(item)).toBeLessThanOrEqual(AN_ORDER.itemBytes);
});
