import type { Clock } from '../src/clock.ts';

export interface ManualClock extends Clock {
  /** Lets emulated time pass, and everything that falls due in it happen, in its order. */
  advance(ms: number): Promise<void>;
  /** The number of tasks that wait. */
  waiting(): number;
}

/** A clock that stands still until a test moves it. */
export function manualClock(startedAt = Date.UTC(2026, 10, 23, 9, 30)): ManualClock {
  const tasks = new Map<object, { dueMs: number; run: () => void }>();
  let elapsedMs = 0;
  return {
    now: () => startedAt + elapsedMs,
    elapsedMs: () => elapsedMs,
    after(delayMs, run) {
      const timer = { cancel: () => tasks.delete(timer) };
      tasks.set(timer, { dueMs: elapsedMs + delayMs, run });
      return timer;
    },
    stop: () => tasks.clear(),
    async advance(ms) {
      const untilMs = elapsedMs + ms;
      await settle();
      for (let next = earliest(untilMs); next; next = earliest(untilMs)) {
        const [timer, { dueMs, run }] = next;
        tasks.delete(timer);
        elapsedMs = dueMs;
        run();
        await settle();
      }
      elapsedMs = untilMs;
    },
    waiting: () => tasks.size,
  };

  function earliest(untilMs: number) {
    const due = [...tasks].filter(([, { dueMs }]) => dueMs <= untilMs);
    return due.sort(([, a], [, b]) => a.dueMs - b.dueMs)[0];
  }
}

/** Two turns of the event loop: events are dispatched in one, and their promises settle by the other. */
async function settle(): Promise<void> {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
}
