import { pauseFor } from '../../../clock.ts';
import type { Retrier } from '../language/machine.ts';
import { isTaken, StateError } from './state-error.ts';
import type { Step } from './step.ts';

/**
 * Tries until it succeeds, or no retrier takes the error any more. Each retrier counts for itself and begins with each passage
 * through the state anew (states language, "Retrying after error"). Rejects with the last StateError.
 */
export async function retrying<Value>(
  step: Step,
  attempt: (retries: number) => Promise<Value>,
): Promise<Value> {
  const counts = new Map<Retrier, number>();
  for (let retries = 0; ; retries += 1)
    try {
      return await attempt(retries);
    } catch (error) {
      step.signal.throwIfAborted();
      if (!(error instanceof StateError)) throw error;
      const retrier = step.state.retriers.find(({ errors }) => isTaken(error, errors));
      const count = (retrier && counts.get(retrier)) ?? 0;
      if (!retrier || count >= retrier.maxAttempts) throw error;
      counts.set(retrier, count + 1);
      const { tools, state, signal } = step;
      const pauseMs = delayMs(retrier, count, tools.chance.random);
      tools.onRetry?.({ stateName: state.name, error, attempt: retries + 1, delayMs: pauseMs });
      await pauseFor(tools.pauses, pauseMs, signal);
      step.signal.throwIfAborted();
    }
}

/** Milliseconds before the next attempt, after so many by the same retrier. */
export function delayMs(retrier: Retrier, count: number, random: () => number): number {
  const { intervalSeconds, backoffRate, maxDelaySeconds, hasJitter } = retrier;
  const seconds = Math.min(intervalSeconds * backoffRate ** count, maxDelaySeconds);
  return (hasJitter ? random() * seconds : seconds) * 1_000;
}
