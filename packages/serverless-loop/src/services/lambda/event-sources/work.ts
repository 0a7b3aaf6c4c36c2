import type { Clock } from '../../../clock.ts';
import { createTally } from '../../../tally.ts';

/** Counts what event sources are busy with. */
export interface Work {
  /** Counts one more until the function that it gives is called. */
  begin(): () => void;
  /** Of what has begun, one more waits for the clock alone until the function that it gives is called. */
  waits(): () => void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Resolves when nothing is under way but what waits for the clock. */
  settled(): Promise<void>;
}

export function countWork(): Work {
  const tally = createTally();
  let busy = 0;
  let settlers: (() => void)[] = [];

  function less(): void {
    busy -= 1;
    if (busy > 0) return;
    for (const resolve of settlers) resolve();
    settlers = [];
  }

  return {
    begin() {
      busy += 1;
      const end = tally.begin();
      return () => {
        end();
        less();
      };
    },
    waits() {
      less();
      return () => {
        busy += 1;
      };
    },
    idle: tally.idle,
    async settled() {
      if (busy > 0) await new Promise<void>((resolve) => settlers.push(resolve));
    },
  };
}

/** Runs a task after a time, and counts it as work that waits for the clock alone until it is cancelled, then or before. */
export function timedWork(work: Work, clock: Clock, delayMs: number, task: () => void): { cancel(): void } {
  const begun = work.begin();
  const waits = work.waits();
  const timer = clock.after(delayMs, task);
  return {
    cancel() {
      timer.cancel();
      waits();
      begun();
    },
  };
}

/** Runs a task after this turn of the event loop, once however often it is asked for in it. */
export function onceATurn(work: Work, task: () => void): () => void {
  let isWoken = false;
  return () => {
    if (isWoken) return;
    isWoken = true;
    const end = work.begin();
    setImmediate(() => {
      isWoken = false;
      task();
      end();
    });
  };
}
