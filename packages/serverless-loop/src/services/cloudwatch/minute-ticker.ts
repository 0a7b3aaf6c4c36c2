import type { Clock, Timer } from '../../clock.ts';

export interface Ticker {
  stop(): void;
}

/**
 * Calls `tick` with each moment that is a whole multiple of the step, epoch milliseconds, a minute or less. The step is asked
 * for anew each time.
 */
export function startTicker(clock: Clock, stepMs: () => number, tick: (atMs: number) => void): Ticker {
  let timer: Timer | undefined;

  function wait(): void {
    const step = stepMs();
    const nextMs = (Math.floor(clock.now() / step) + 1) * step;
    timer = clock.after(nextMs - clock.now(), () => {
      // A timer may be early by a moment, or, after a sleep of the machine, late by hours.
      const isLate = clock.now() >= nextMs + step;
      tick(isLate ? Math.floor(clock.now() / step) * step : nextMs);
      wait();
    });
  }

  wait();
  return { stop: () => timer?.cancel() };
}
