import { inspect } from 'node:util';
import type { Fact, Report } from '../facts.ts';

/** The time to wait for a fact. */
export interface WaitOptions {
  /** Real milliseconds; 10,000 where it isn't said. */
  withinMs?: number;
}

/** The facts of a loop: those so far, then each as it happens. Iterating ends when the loop has stopped. */
export interface Facts extends AsyncIterable<Fact> {
  /** Those that are kept, the oldest first: the newest 10,000 since the start or the last reset. */
  soFar(): readonly Fact[];
  /**
   * Resolves with the first fact that the predicate is true of, of those so far, too. Rejects with a FactTimeoutError when
   * none comes in time, and when the loop stops before.
   */
  waitFor<F extends Fact>(predicate: (fact: Fact) => fact is F, options?: WaitOptions): Promise<F>;
  waitFor(predicate: (fact: Fact) => boolean, options?: WaitOptions): Promise<Fact>;
}

/** No fact was the one that was waited for. Its message has the last facts. */
export class FactTimeoutError extends Error {
  override readonly name = 'FactTimeoutError';
  /** Those that were kept when it was given up, the oldest first. */
  readonly facts: readonly Fact[];

  constructor(reason: string, facts: readonly Fact[]) {
    const last = facts.slice(-SHOWN).map((fact) => `  ${lineOf(fact)}`);
    const heading = last.length === 0 ? 'There was none at all.' : 'The last facts:';
    super([`No fact was the one waited for: ${reason}. ${heading}`, ...last].join('\n'));
    this.facts = facts;
  }
}

const KEPT = 10_000;
const SHOWN = 20;
const WITHIN_MS = 10_000;

/** Keeps the newest facts, and gives them to who waits for one or reads them all. */
export function factStream(): Facts & { report: Report; count(): number; forget(): void; end(): void } {
  let kept: Fact[] = [];
  let count = 0;
  let isEnded = false;
  const listeners = new Set<{ take(fact: Fact): void; end(): void }>();

  function waitFor<F extends Fact>(
    predicate: (fact: Fact) => fact is F,
    { withinMs = WITHIN_MS }: WaitOptions = {},
  ): Promise<F> {
    const found = kept.find(predicate);
    if (found) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const giveUp = (reason: string) => {
        finish();
        reject(new FactTimeoutError(reason, [...kept]));
      };
      const patience = setTimeout(() => giveUp(`none came within ${withinMs} ms`), withinMs);
      const listener = {
        take(fact: Fact) {
          try {
            if (!predicate(fact)) return;
            finish();
            resolve(fact);
          } catch (error) {
            finish();
            reject(error);
          }
        },
        end: () => giveUp('the loop has stopped'),
      };
      function finish(): void {
        clearTimeout(patience);
        listeners.delete(listener);
      }
      listeners.add(listener);
      if (isEnded) listener.end();
    });
  }

  async function* facts(): AsyncGenerator<Fact, void> {
    const pending = [...kept];
    let wake = () => {};
    const listener = {
      take(fact: Fact) {
        pending.push(fact);
        wake();
      },
      end: () => wake(),
    };
    listeners.add(listener);
    try {
      for (;;) {
        for (let fact = pending.shift(); fact; fact = pending.shift()) yield fact;
        if (isEnded) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      listeners.delete(listener);
    }
  }

  return {
    soFar: () => kept.slice(-KEPT),
    waitFor,
    [Symbol.asyncIterator]: facts,
    count: () => count,
    report(fact) {
      count += 1;
      kept.push(fact);
      if (kept.length >= 2 * KEPT) kept = kept.slice(-KEPT);
      for (const { take } of [...listeners]) take(fact);
    },
    forget() {
      kept = [];
    },
    end() {
      isEnded = true;
      for (const { end } of [...listeners]) end();
    },
  };
}

function lineOf({ kind, ...members }: Fact): string {
  const text = inspect(members, { breakLength: Number.POSITIVE_INFINITY, maxStringLength: 200 });
  return `${kind} ${text}`;
}
