import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { poolGrowth } from '../../../src/services/lambda/environments/pool-growth.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const GROW_AFTER_MS = 20;

/** The oldest invocation waits from `since` on. */
function growing(options: { allBusy: boolean; since?: number; endedAt?: number; isEnough?: () => boolean }) {
  const startedAt: number[] = [];
  const growth = poolGrowth({
    growAfterMs: GROW_AFTER_MS,
    waitedMs: () => (options.isEnough?.() ? undefined : performance.now() - (options.since ?? 0)),
    stalledMs: () => performance.now() - (options.endedAt ?? 0),
    start: () => startedAt.push(performance.now()),
    cores: { look() {}, restart() {}, allBusy: () => options.allBusy },
  });
  return { growth, startedAt };
}

describe('another environment starts', () => {
  it('when the oldest invocation has waited long enough, and again as long as it waits on', () => {
    const { growth, startedAt } = growing({ allBusy: false });
    growth.watch();
    vi.advanceTimersByTime(GROW_AFTER_MS * 3);
    expect(startedAt).toEqual([20, 40, 60]);
    growth.stop();
  });

  it('not for an invocation that has come since', () => {
    const { growth, startedAt } = growing({ allBusy: false, since: 15 });
    growth.watch();
    vi.advanceTimersByTime(34);
    expect(startedAt).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(startedAt).toEqual([35]);
    growth.stop();
  });

  it('only when nothing ends for long while every core is busy', () => {
    const { growth, startedAt } = growing({ allBusy: true, endedAt: 500 });
    growth.watch();
    vi.advanceTimersByTime(1500 - 1);
    expect(startedAt).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(startedAt).toEqual([1500]);
    growth.stop();
  });

  it('never when there are enough, nor after the stop', () => {
    let isEnough = false;
    const { growth, startedAt } = growing({ allBusy: false, isEnough: () => isEnough });
    growth.watch();
    isEnough = true;
    vi.advanceTimersByTime(GROW_AFTER_MS);
    isEnough = false;
    vi.advanceTimersByTime(GROW_AFTER_MS);
    growth.watch();
    growth.stop();
    vi.advanceTimersByTime(GROW_AFTER_MS);
    expect(startedAt).toEqual([]);
  });
});
