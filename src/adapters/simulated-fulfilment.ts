import type { Fulfilment, Journal } from '../orders/ports.ts';

const STEPS = ['pick', 'pack', 'dispatch'];

export interface SimulatedFulfilmentOptions {
  journal: Journal;
  /** Duration of all steps together. */
  durationMs: number;
  /** Resolves after so many milliseconds. */
  sleep: (delayMs: number) => Promise<void>;
}

/** Stands in for a kitchen and a courier: takes its time and does nothing, so doing it again does no harm. */
export function simulatedFulfilment({ journal, durationMs, sleep }: SimulatedFulfilmentOptions): Fulfilment {
  return {
    async fulfil() {
      for (const step of STEPS) await journal.step(step, () => work(durationMs / STEPS.length));
    },
  };

  async function work(stepMs: number): Promise<void> {
    if (stepMs > 0) await sleep(stepMs);
  }
}
