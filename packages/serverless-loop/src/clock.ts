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

/** A clock that can be moved on by hand, beside running by itself. */
export interface MovableClock extends Clock {
  /**
   * Moves time on by `ms`, as if it had passed: runs what is due on the way in its order, and awaits `settled` after each moment
   * at which something was due, so that what this begins, and waits for in its turn, is due on the way too.
   */
  advance(ms: number, settled?: () => Promise<void>): Promise<void>;
}

interface Waiting {
  dueMs: number;
  task: () => void;
}

/** Real timers, with emulated time running `speed` times as fast as real time. */
export function startClock(speed = 1): MovableClock {
  const startedAt = performance.now();
  const waiting = new Map<Waiting, NodeJS.Timeout>();
  let movedMs = 0;
  const elapsedMs = () => (performance.now() - startedAt) * speed + movedMs;

  function arm(entry: Waiting): void {
    const timeout = setTimeout(() => run(entry), Math.max(0, entry.dueMs - elapsedMs()) / speed);
    // A wait keeps no process alive.
    timeout.unref();
    waiting.set(entry, timeout);
  }

  function run(entry: Waiting): void {
    forget(entry);
    entry.task();
  }

  function forget(entry: Waiting): void {
    clearTimeout(waiting.get(entry));
    waiting.delete(entry);
  }

  function moveTo(ms: number): void {
    movedMs += Math.max(0, ms - elapsedMs());
  }

  return {
    now: () => Date.now() + movedMs,
    elapsedMs,
    after(delayMs, task) {
      const entry = { dueMs: elapsedMs() + delayMs, task };
      arm(entry);
      return { cancel: () => forget(entry) };
    },
    async advance(ms, settled = async () => {}) {
      const targetMs = elapsedMs() + ms;
      const next = () => earliest(waiting.keys());
      for (let entry = next(); entry && entry.dueMs <= targetMs; entry = next()) {
        moveTo(entry.dueMs);
        run(entry);
        await settled();
      }
      moveTo(targetMs);
      // Their real waits have become shorter.
      for (const [entry, timeout] of waiting) {
        clearTimeout(timeout);
        arm(entry);
      }
    },
    stop() {
      for (const timeout of waiting.values()) clearTimeout(timeout);
      waiting.clear();
    },
  };
}

function earliest(waiting: Iterable<Waiting>): Waiting | undefined {
  let first: Waiting | undefined;
  for (const entry of waiting) if (!first || entry.dueMs < first.dueMs) first = entry;
  return first;
}
