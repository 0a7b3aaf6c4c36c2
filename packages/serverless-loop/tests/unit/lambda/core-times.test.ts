import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchCores } from '../../../src/services/lambda/environments/core-times.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Two cores; `pass` lets time go by in which so much of theirs is idle. */
function twoCores() {
  const times = { cores: 2, idleMs: 0, totalMs: 0 };
  const watch = watchCores(() => ({ ...times }));
  const pass = (ms: number, idleShare: number) => {
    vi.advanceTimersByTime(ms);
    times.totalMs += 2 * ms;
    times.idleMs += 2 * ms * idleShare;
    watch.look();
  };
  watch.look();
  return { watch, pass };
}

it('two cores with half of their time to spare are not all busy, with less they are', () => {
  const { watch, pass } = twoCores();
  pass(100, 0.5);
  expect(watch.allBusy()).toBe(false);
  pass(100, 0.4);
  pass(100, 0.4);
  expect(watch.allBusy()).toBe(true);
});

it('a moment of idleness is none', () => {
  const { watch, pass } = twoCores();
  for (let step = 0; step < 20; step += 1) pass(20, 0.05);
  pass(20, 1);
  expect(watch.allBusy()).toBe(true);
});

it('what was before a pause is forgotten', () => {
  const { watch, pass } = twoCores();
  pass(5_000, 1);
  pass(20, 0);
  expect(watch.allBusy()).toBe(true);
});

it('what was before a restart is forgotten', () => {
  const { watch, pass } = twoCores();
  for (let step = 0; step < 5; step += 1) pass(100, 1);
  watch.restart();
  pass(20, 0.4);
  expect(watch.allBusy()).toBe(true);
});
