import type { Clock, Timer } from '../clock.ts';
import { type Task, taskHeap } from './task-heap.ts';

/** A clock that can be moved forward by hand, beside its own pace. */
export interface MovableClock extends Clock {
  /** Emulated milliseconds until the next task is due, 0 for one that is; undefined when none waits. */
  nextInMs(): number | undefined;
  /** Moves the clock forward. Runs nothing. */
  move(ms: number): void;
  /** Runs the task that is due first, if one is. */
  runNext(): void;
  /** Times as fast as real time. */
  speed(): number;
  /** From now on it runs so many times as fast as real time. */
  setSpeed(speed: number): void;
  /** Its time of day is the one that it is made for again; nothing else goes back. */
  resetDay(): void;
  /** The milliseconds that its time of day is ahead. */
  aheadMs(): number;
}

/** The longest delay that a timer of Node's takes. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/**
 * Runs `speed` times as fast as real time; with 0 it stands still, and only `move` makes anything due. Its time of day is
 * `timeOfDay`'s, the machine's where none is given, and ahead of it by what the clock was moved.
 */
export function movableClock(startSpeed: number, timeOfDay: () => number = Date.now): MovableClock {
  const tasks = taskHeap();
  let speed = startSpeed;
  /** Emulated time at a moment of real time, from which on the speed holds. */
  let since = { emulatedMs: 0, realMs: performance.now() };
  let aheadMs = 0;
  /** Tasks that were taken out to be run: one of them may cancel another. */
  let running = new Set<Task>();
  let armed: { timeout: NodeJS.Timeout; dueMs: number } | undefined;

  const elapsedMs = () => since.emulatedMs + (performance.now() - since.realMs) * speed;

  function goOnFrom(emulatedMs: number): void {
    since = { emulatedMs, realMs: performance.now() };
  }

  /** Waits for what is due first, in real time. */
  function arm(next = tasks.first()): void {
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

  /** Those that are due now: what they set going is met in a later turn. */
  function runDue(): void {
    const nowMs = elapsedMs();
    const due: Task[] = [];
    for (let next = tasks.first(); next && next.dueMs <= nowMs; next = tasks.first()) {
      tasks.remove(next);
      due.push(next);
    }
    running = new Set(due);
    for (const task of due) if (running.delete(task)) task.run();
    arm();
  }

  return {
    now: () => timeOfDay() + aheadMs,
    elapsedMs,
    after(delayMs, run): Timer {
      const task = { dueMs: elapsedMs() + delayMs, run };
      tasks.add(task);
      if (!armed || task.dueMs < armed.dueMs) arm(task);
      return {
        cancel() {
          tasks.remove(task);
          running.delete(task);
        },
      };
    },
    nextInMs() {
      const next = tasks.first();
      return next && Math.max(0, next.dueMs - elapsedMs());
    },
    move(ms) {
      goOnFrom(elapsedMs() + ms);
      aheadMs += ms;
      arm();
    },
    runNext() {
      const next = tasks.first();
      if (!next || next.dueMs > elapsedMs()) return;
      tasks.remove(next);
      next.run();
    },
    speed: () => speed,
    setSpeed(faster) {
      goOnFrom(elapsedMs());
      speed = faster;
      arm();
    },
    resetDay() {
      aheadMs = 0;
    },
    aheadMs: () => aheadMs,
    stop() {
      tasks.clear();
      running.clear();
      arm();
    },
  };
}
