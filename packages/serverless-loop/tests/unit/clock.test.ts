import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startClock } from '../../src/clock.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a speed compresses waiting and stretches emulated time alike', () => {
  const clock = startClock(60);
  const done = vi.fn();
  clock.after(60_000, done);
  vi.advanceTimersByTime(999);
  expect(done).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(done).toHaveBeenCalledOnce();
  expect(clock.elapsedMs()).toBeCloseTo(60_000);
});

test('what is cancelled or stopped never runs', () => {
  const clock = startClock();
  const done = vi.fn();
  clock.after(10, done).cancel();
  clock.after(20, done);
  clock.stop();
  vi.advanceTimersByTime(100);
  expect(done).not.toHaveBeenCalled();
});

describe('time that is moved on', () => {
  beforeEach(() => void vi.useRealTimers());

  test('runs what is due in its order, with what that begins, and leaves the rest', async () => {
    const clock = startClock();
    const order: string[] = [];
    clock.after(60_000, () => {
      order.push('a minute');
      clock.after(30_000, () => order.push('half a minute later'));
    });
    clock.after(1_000, () => order.push('a second'));
    const late = clock.after(3_600_000, () => order.push('an hour'));
    const before = { now: clock.now(), elapsed: clock.elapsedMs() };
    await clock.advance(120_000);
    expect(order).toEqual(['a second', 'a minute', 'half a minute later']);
    expect(clock.elapsedMs() - before.elapsed).toBeGreaterThanOrEqual(120_000);
    expect(clock.now() - before.now).toBeGreaterThanOrEqual(119_999);
    late.cancel();
    await clock.advance(7_200_000);
    expect(order).toHaveLength(3);
    clock.stop();
  });

  test('waits at each moment until what it began has settled', async () => {
    const clock = startClock();
    let isDone = false;
    const seen: boolean[] = [];
    clock.after(1_000, () => void setTimeout(() => (isDone = true), 5));
    clock.after(2_000, () => seen.push(isDone));
    await clock.advance(2_000, async () => {
      await vi.waitUntil(() => isDone);
    });
    expect(seen).toEqual([true]);
    clock.stop();
  });

  test('brings what still waits nearer in real time', async () => {
    const clock = startClock();
    let isDone = false;
    clock.after(3_600_000, () => (isDone = true));
    await clock.advance(3_599_990);
    await vi.waitUntil(() => isDone);
    clock.stop();
  });
});
