import { setImmediate as endOfTurn } from 'node:timers/promises';

const SLICE_MS = 10;

/** Runs long work to its value in slices, with others served between them; it yields every few hundred steps. */
export async function inSlices<Value>(work: Generator<undefined, Value>): Promise<Value> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await endOfTurn();
  }
}
