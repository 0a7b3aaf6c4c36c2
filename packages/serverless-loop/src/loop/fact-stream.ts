import { inspect } from 'node:util';
import type { Fact } from '../facts.ts';

/** The facts of a loop: each can be waited for, also when it has come already, and all can be iterated over as they come. */
export interface FactStream extends AsyncIterable<Fact> {
  /**
   * Resolves with the first fact, of those that came and those to come, for which the predicate holds. Rejects with
   * FactTimeoutError when none has come within `withinMs` of real time (default: 5,000).
   */
  waitFor<F extends Fact>(predicate: (fact: Fact) => fact is F, options?: WaitOptions): Promise<F>;
  waitFor(predicate: (fact: Fact) => boolean, options?: WaitOptions): Promise<Fact>;
  /** The facts that came and are kept, oldest first: the newest 10,000. */
  readonly past: readonly Fact[];
}

/** The time to wait for a fact. */
export interface WaitOptions {
  /** Real milliseconds. */
  withinMs?: number;
}

/** No fact came for which the predicate holds. */
export class FactTimeoutError extends Error {
  override readonly name = 'FactTimeoutError';
  /** The newest facts at that time, oldest first. */
  readonly latest: readonly Fact[];

  constructor(withinMs: number, latest: readonly Fact[], total: number) {
    const lines = latest.map((fact) => `  ${inspect(fact, { breakLength: Number.POSITIVE_INFINITY })}`);
    super([`no such fact within ${withinMs} ms; of ${total} that came the last are:`, ...lines].join('\n'));
    this.latest = latest;
  }
}

const MOST_KEPT = 10_000;
const SHOWN = 10;
const PATIENCE_MS = 5_000;

/** A stream, and what feeds and ends it. */
export function factStream(): { facts: FactStream; report(fact: Fact): void; end(): void } {
  const kept: Fact[] = [];
  /** Of the oldest that is kept, counted from the first that came. */
  let first = 0;
  let isEnded = false;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };

  function waitFor(predicate: (fact: Fact) => boolean, { withinMs = PATIENCE_MS }: WaitOptions = {}) {
    return new Promise<Fact>((resolve, reject) => {
      let seen = first;
      const timeout = setTimeout(() => {
        listeners.delete(look);
        reject(new FactTimeoutError(withinMs, kept.slice(-SHOWN), first + kept.length));
      }, withinMs);
      const done = (end: () => void) => {
        clearTimeout(timeout);
        listeners.delete(look);
        end();
      };
      const look = () => {
        try {
          for (; seen < first + kept.length; seen += 1) {
            const fact = kept[Math.max(0, seen - first)];
            if (fact !== undefined && predicate(fact)) return done(() => resolve(fact));
          }
        } catch (error) {
          done(() => reject(error));
        }
      };
      listeners.add(look);
      look();
    });
  }

  async function* iterate(): AsyncGenerator<Fact> {
    for (let next = first; ; next += 1) {
      next = Math.max(next, first);
      while (next >= first + kept.length) {
        if (isEnded) return;
        await new Promise<void>((resolve) => {
          const listener = () => {
            listeners.delete(listener);
            resolve();
          };
          listeners.add(listener);
        });
      }
      const fact = kept[next - first];
      if (fact !== undefined) yield fact;
    }
  }

  // The overload with a type guard gives what the guard says.
  function waitForOne<F extends Fact>(
    predicate: (fact: Fact) => fact is F,
    options?: WaitOptions,
  ): Promise<F>;
  function waitForOne(predicate: (fact: Fact) => boolean, options?: WaitOptions): Promise<Fact>;
  function waitForOne(predicate: (fact: Fact) => boolean, options?: WaitOptions): Promise<Fact> {
    return waitFor(predicate, options);
  }

  return {
    facts: { waitFor: waitForOne, past: kept, [Symbol.asyncIterator]: iterate },
    report(fact) {
      kept.push(fact);
      if (kept.length > MOST_KEPT) {
        kept.shift();
        first += 1;
      }
      tell();
    },
    end() {
      isEnded = true;
      tell();
    },
  };
}
