import { describe, expect, test } from 'vitest';
import { startClock } from '../../../src/clock.ts';
import { DeliveryError } from '../../../src/services/eventbridge/delivery-error.ts';
import { manualClock } from '../../manual-clock.ts';
import { entry, rule, startTestBus, target } from './test-bus.ts';

const throttled = () => new DeliveryError('THROTTLING', 'Rate exceeded.', { retryable: true });

async function isIdle(bus: { idle(): Promise<void> }): Promise<boolean> {
  const turn = new Promise<false>((resolve) => setImmediate(resolve, false));
  return Promise.race([bus.idle().then(() => true), turn]);
}

describe('idle', () => {
  test('is at once where nothing happens', async () => {
    expect(await isIdle(startTestBus())).toBe(true);
  });

  test('comes after the answer’s deliveries have ended, all of them', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const bus = startTestBus({
      rules: [rule({ targets: [target(), target({ id: 'second' })] })],
      target: (_delivery, attempt) => gates[attempt - 1]?.promise,
    });
    await bus.call('PutEvents', { Entries: [entry()] });
    expect(await isIdle(bus)).toBe(false);
    gates[0]?.resolve();
    expect(await isIdle(bus)).toBe(false);
    gates[1]?.resolve();
    await bus.idle();
  });

  test('does not come while a retry waits', async () => {
    const clock = manualClock();
    const bus = startTestBus({
      clock,
      target(_delivery, attempt) {
        if (attempt === 1) throw throttled();
      },
    });
    await bus.call('PutEvents', { Entries: [entry()] });
    await clock.advance(1);
    expect(await isIdle(bus)).toBe(false);
    await clock.advance(1_000);
    expect(await isIdle(bus)).toBe(true);
  });
});

describe('stop', () => {
  test('gives up the retries that wait, and their timers', async () => {
    const clock = manualClock();
    const bus = startTestBus({
      clock,
      target() {
        throw throttled();
      },
    });
    await bus.call('PutEvents', { Entries: [entry(), entry()] });
    await clock.advance(0);
    expect(clock.waiting()).toBe(2);
    bus.stop();
    await bus.idle();
    expect(clock.waiting()).toBe(0);
    expect(bus.deliveries).toHaveLength(2);
  });

  test('keeps back events that are published but not yet sent', async () => {
    const bus = startTestBus();
    await bus.call('PutEvents', { Entries: [entry()] });
    bus.stop();
    await bus.idle();
    expect(bus.deliveries).toEqual([]);
  });

  test('lets no delivery that was under way retry or go to the dead-letter queue', async () => {
    const { promise: failing, reject } = Promise.withResolvers<void>();
    const bus = startTestBus({ target: () => failing });
    await bus.call('PutEvents', { Entries: [entry()] });
    await new Promise(setImmediate);
    bus.stop();
    reject(throttled());
    await bus.idle();
    expect(bus.deliveries).toHaveLength(1);
    expect(bus.facts.map(({ kind }) => kind)).toEqual(['event.published', 'rule.matched']);
  });
});

test('retries run on the loop’s own clock, compressed by its speed', async () => {
  const clock = startClock(1_000);
  const bus = startTestBus({
    clock,
    target(_delivery, attempt) {
      if (attempt < 6) throw throttled();
    },
  });
  await bus.call('PutEvents', { Entries: [entry()] });
  await bus.idle();
  expect(bus.deliveries).toHaveLength(6);
  bus.stop();
  clock.stop();
});

test('a bus does not start on a rule that AWS would refuse', () => {
  expect(() => startTestBus({ rules: [rule({ pattern: { source: [] } })] })).toThrow(
    'Empty arrays are not allowed',
  );
});
