import type { Eventual } from './eventual.ts';

/** Runs work, or lets it wait until what was given before for the same key has ended. */
export type InTurn = <Value>(key: string, work: () => Eventual<Value>) => Eventual<Value>;

/** One after the other by key: each begins once the one before has ended, well or not, and the first at once. */
export function inTurnByKey(): InTurn {
  /** The end of the last of each key, while that is under way. */
  const ends = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = ends.get(key);
    const begun = before ? before.then(work) : work();
    if (!(begun instanceof Promise)) return begun;
    const ended: Promise<unknown> = begun
      .catch(() => {})
      .then(() => {
        if (ends.get(key) === ended) ends.delete(key);
      });
    ends.set(key, ended);
    return begun;
  };
}
