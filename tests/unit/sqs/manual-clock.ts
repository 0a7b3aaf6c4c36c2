import type { Clock } from '../../../local/clock.ts';

export interface ManualClock extends Clock {
  /** Lets emulated time pass, and what falls due in it happen, in its order. */
  advance(ms: number): Promise<void>;
  waiting(): number;
}

/** A clock that stands still until a test moves it. */
export function manualClock(): ManualClock {
  const startedAt = Date.UTC(2026, 10, 23, 9, 30);
  const tasks = new Map<object, { dueMs: number; run: () => void }>();
  let elapsedMs = 0;

  function earliest(untilMs: number) {
    const due = [...tasks].filter(([, { dueMs }]) => dueMs <= untilMs);
    return due.sort(([, one], [, other]) => one.dueMs - other.dueMs)[0];
  }

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
      await settled();
      for (let next = earliest(untilMs); next; next = earliest(untilMs)) {
        const [timer, { dueMs, run }] = next;
        tasks.delete(timer);
        elapsedMs = dueMs;
        run();
        await settled();
      }
      elapsedMs = untilMs;
    },
    waiting: () => tasks.size,
  };
}

/** All promises that can settle by now have. */
async function settled(): Promise<void> {
  await new Promise(setImmediate);
}
