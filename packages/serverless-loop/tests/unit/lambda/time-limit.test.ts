import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { timeLimit } from '../../../src/services/lambda/environments/time-limit.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a limit expires once, when its time has run', () => {
  const onExpiry = vi.fn();
  const limit = timeLimit(1_000, onExpiry);
  vi.advanceTimersByTime(999);
  expect(limit.expired()).toBe(false);
  vi.advanceTimersByTime(5_000);
  expect(onExpiry).toHaveBeenCalledTimes(1);
  expect(limit.expired()).toBe(true);
});

it('the time that it is suspended does not count, however often', () => {
  const onExpiry = vi.fn();
  const limit = timeLimit(1_000, onExpiry);
  vi.advanceTimersByTime(400);
  limit.suspend();
  limit.suspend();
  vi.advanceTimersByTime(60_000);
  limit.resume();
  limit.resume();
  vi.advanceTimersByTime(300);
  limit.suspend();
  vi.advanceTimersByTime(60_000);
  limit.resume();
  vi.advanceTimersByTime(299);
  expect(onExpiry).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onExpiry).toHaveBeenCalledTimes(1);
});

it('a limit that is cleared never expires, nor does a resumption bring it back', () => {
  const onExpiry = vi.fn();
  const limit = timeLimit(1_000, onExpiry);
  limit.suspend();
  limit.clear();
  limit.resume();
  vi.advanceTimersByTime(10_000);
  expect(onExpiry).not.toHaveBeenCalled();
});
