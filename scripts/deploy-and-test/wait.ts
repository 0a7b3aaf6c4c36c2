import { setTimeout as sleep } from 'node:timers/promises';

/** Asks every `everyMs` until the answer is a value; ends by throwing when `signal` is aborted. */
export async function until<Value>(
  signal: AbortSignal,
  everyMs: number,
  ask: () => Promise<Value | undefined>,
): Promise<Value> {
  while (true) {
    const value = await ask();
    if (value !== undefined) return value;
    await sleep(everyMs, undefined, { signal });
  }
}
