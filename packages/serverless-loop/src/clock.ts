import { DAY_MS } from './aws/time-units.ts';

/** The one clock of the loop: every retry, back-off and visibility timeout waits on it, so that one setting compresses them all. */
export interface Clock {
  /** Wall-clock time, epoch milliseconds; for time stamps that people and AWS clients read. */
  now(): number;
  /** Emulated time since the clock was made, in milliseconds; for ages and deadlines. Never goes back. */
  elapsedMs(): number;
  /** Runs `task` once after `delayMs` of emulated time, unless cancelled or the clock is stopped before. */
  after(delayMs: number, task: () => void): Timer;
  /** Cancels everything that still waits. */
  stop(): void;
}

export interface Timer {
  cancel(): void;
}

/** Real timers, with emulated time running `speed` times as fast as real time. */
export function startClock(speed = 1): Clock {
  const startedAt = performance.now();
  const waiting = new Set<NodeJS.Timeout>();
  return {
    now: () => Date.now(),
    elapsedMs: () => (performance.now() - startedAt) * speed,
    after(delayMs, task) {
      const timeout = setTimeout(() => {
        waiting.delete(timeout);
        task();
      }, delayMs / speed);
      // A wait keeps no process alive.
      timeout.unref();
      waiting.add(timeout);
      return {
        cancel() {
          clearTimeout(timeout);
          waiting.delete(timeout);
        },
      };
    },
    stop() {
      for (const timeout of waiting) clearTimeout(timeout);
      waiting.clear();
    },
  };
}

/** A timer of Node's waits 24 days at most. */
const MAX_WAIT_MS = DAY_MS;

/** Runs `task` once when the clock's time of day is `timeMs`, at once for a time that is over. */
export function runAt(clock: Pick<Clock, 'now' | 'after'>, timeMs: number, task: () => void): Timer {
  let timer: Timer;
  function wait(): void {
    const leftMs = timeMs - clock.now();
    const isFar = leftMs > MAX_WAIT_MS;
    timer = clock.after(isFar ? MAX_WAIT_MS : Math.max(leftMs, 0), isFar ? wait : task);
  }
  wait();
  return { cancel: () => timer.cancel() };
}

/** Resolves after `delayMs` of emulated time, or when the signal is aborted. */
export function pauseFor(clock: Pick<Clock, 'after'>, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      timer.cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.after(delayMs, end);
    signal.addEventListener('abort', end);
  });
}
