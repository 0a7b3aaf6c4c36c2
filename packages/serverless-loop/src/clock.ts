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
