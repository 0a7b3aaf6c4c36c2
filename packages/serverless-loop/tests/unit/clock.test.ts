import { afterEach, beforeEach, expect, test, vi } from 'vitest';
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
