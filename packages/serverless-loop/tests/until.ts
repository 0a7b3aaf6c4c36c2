import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 120_000;

/** Waits, in a hook, where `expect.poll` can't, until the answer is what is wanted, and gives it. Rejects after two minutes. */
export async function until<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  for (const lastMs = Date.now() + PATIENCE_MS; ; await pause(100)) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (Date.now() > lastMs) throw new Error(`It stayed ${JSON.stringify(answer)}.`);
  }
}
