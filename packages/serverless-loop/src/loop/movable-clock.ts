import type { Clock, Timer } from '../clock.ts';

/** A clock that can be moved forward by hand, beside its own pace. */
export interface MovableClock extends Clock {
  /** Emulated milliseconds until the next task is due, 0 for one that is; undefined when none waits. */
  nextInMs(): number | undefined;
  /** Moves the clock forward. Runs nothing. */
  move(ms: number): void;
  /** Runs the task that is due first, if one is. */
  runNext(): void;
}

interface Task {
  dueMs: number;
  run: () => void;
}

/** The longest delay that a timer of Node's takes. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/**
 * Runs `speed` times as fast as real time; with 0 it stands still, and only `move` makes anything due. Its time of day is
 * `timeOfDay`'s, the machine's where none is given, and ahead of it by what the clock was moved.
 */
export function movableClock(speed: number, timeOfDay: () => number = Date.now): MovableClock {
  const startedAt = performance.now();
  const tasks = new Set<Task>();
  let movedMs = 0;
  let armed: { timeout: NodeJS.Timeout; dueMs: number } | undefined;

  const elapsedMs = () => (performance.now() - startedAt) * speed + movedMs;

  function earliest(): Task | undefined {
    let found: Task | undefined;
    for (const task of tasks) if (!found || task.dueMs < found.dueMs) found = task;
    return found;
  }

  /** Waits for what is due first, in real time. */
  function arm(next = earliest()): void {
    if (armed) clearTimeout(armed.timeout);
    armed = undefined;
    if (!next) return;
    const waitMs = Math.max(0, next.dueMs - elapsedMs());
    if (speed === 0 && waitMs > 0) return;
    const timeout = setTimeout(runDue, waitMs === 0 ? 0 : Math.min(waitMs / speed, MAX_DELAY_MS));
    // A timer that only waits keeps no process alive.
    timeout.unref();
    armed = { timeout, dueMs: next.dueMs };
  }

  function runDue(): void {
    const nowMs = elapsedMs();
    const due = [...tasks].filter(({ dueMs }) => dueMs <= nowMs);
    for (const task of due.sort((one, other) => one.dueMs - other.dueMs)) if (tasks.delete(task)) task.run();
    arm();
  }

  return {
    now: () => timeOfDay() + movedMs,
    elapsedMs,
    after(delayMs, run): Timer {
      const task = { dueMs: elapsedMs() + delayMs, run };
      tasks.add(task);
      if (!armed || task.dueMs < armed.dueMs) arm(task);
      return { cancel: () => void tasks.delete(task) };
    },
    nextInMs() {
      const next = earliest();
      return next && Math.max(0, next.dueMs - elapsedMs());
    },
    move(ms) {
      movedMs += ms;
      arm();
    },
    runNext() {
      const next = earliest();
      if (!next || next.dueMs > elapsedMs()) return;
      tasks.delete(next);
      next.run();
    },
    stop() {
      tasks.clear();
      arm();
    },
  };
}
