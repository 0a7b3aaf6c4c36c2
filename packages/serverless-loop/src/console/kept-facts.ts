import type { Fact, Report } from '../facts.ts';
import { FACT_GROUPS, type FactGroup, groupOf } from './fact-group.ts';

/** A fact with its place among all facts of the loop. */
export interface NumberedFact {
  /** 1 for the first; each fact has the next. */
  seq: number;
  /** Epoch milliseconds. */
  at: number;
  fact: Fact;
}

/** Facts after a place, in their order. */
export interface FactsAfter {
  facts: NumberedFact[];
  /** The place to ask from next. */
  next: number;
  /** There are more, beyond the limit. */
  hasMore: boolean;
  /** Groups of which older facts than these gave way: the number of the last that did. */
  missed: Partial<Record<FactGroup, number>>;
}

/** Facts to look for. */
export interface Wanted {
  groups?: readonly FactGroup[];
  limit: number;
}

export interface KeptFacts {
  observe: Report;
  after(seq: number, wanted: Wanted): FactsAfter;
  /** The newest, oldest of them first. */
  newest(wanted: Wanted): FactsAfter;
  /** The number of the last fact, 0 before the first. */
  last(): number;
  /** Tells of every fact that comes; returns what ends that. */
  onFact(listener: () => void): () => void;
  /** Forgets all; who asks for one of them is told that it is gone. */
  forget(): void;
}

/** The newest facts of one group. */
interface Kept {
  facts: NumberedFact[];
  /** The number of the last one that gave way. */
  gone: number;
}

/** Facts of each group that are kept. */
const MAX_PER_GROUP = 10_000;

/** Keeps the newest facts of each group, numbered. To keep one costs as little as can be: every fact of the loop passes here. */
export function keptFacts({ most = MAX_PER_GROUP, now = Date.now } = {}): KeptFacts {
  const groups = new Map<FactGroup, Kept>(FACT_GROUPS.map((group) => [group, { facts: [], gone: 0 }]));
  const byKind = new Map<Fact['kind'], Kept>();
  const listeners = new Set<() => void>();
  let last = 0;

  function groupFor(kind: Fact['kind']): Kept {
    const group = groups.get(groupOf(kind)) ?? { facts: [], gone: 0 };
    byKind.set(kind, group);
    return group;
  }

  function chosen(wanted: readonly FactGroup[] = FACT_GROUPS): [FactGroup, Kept][] {
    return [...groups].filter(([group]) => wanted.includes(group));
  }

  return {
    observe(fact) {
      last += 1;
      const group = byKind.get(fact.kind) ?? groupFor(fact.kind);
      group.facts.push({ seq: last, at: now(), fact });
      // Cut now and then: to move them all for each new one would cost more than the fact itself.
      if (group.facts.length >= 2 * most) drop(group, group.facts.length - most);
      if (listeners.size > 0) for (const listener of listeners) listener();
    },
    after(seq, { groups: wanted, limit }) {
      const found = chosen(wanted).map(([group, kept]) => {
        drop(kept, kept.facts.length - most);
        const from = indexAfter(kept.facts, seq);
        return { group, gone: kept.gone, facts: kept.facts.slice(from, from + limit + 1) };
      });
      const all = found.flatMap(({ facts }) => facts).sort((one, other) => one.seq - other.seq);
      const facts = all.slice(0, limit);
      const hasMore = all.length > limit;
      return {
        facts,
        next: hasMore ? (facts.at(-1)?.seq ?? seq) : last,
        hasMore,
        missed: Object.fromEntries(found.flatMap(({ group, gone }) => (gone > seq ? [[group, gone]] : []))),
      };
    },
    newest({ groups: wanted, limit }) {
      const all = chosen(wanted).flatMap(([, { facts }]) => facts.slice(-Math.min(limit, most)));
      const facts = all.sort((one, other) => one.seq - other.seq).slice(-limit);
      return { facts, next: last, hasMore: false, missed: {} };
    },
    last: () => last,
    onFact(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    forget() {
      for (const kept of groups.values()) drop(kept, kept.facts.length);
    },
  };
}

function drop(kept: Kept, count: number): void {
  const newestGone = kept.facts[count - 1];
  if (!newestGone) return;
  kept.gone = newestGone.seq;
  kept.facts = kept.facts.slice(count);
}

/** The facts are sorted by their numbers. */
function indexAfter(facts: readonly NumberedFact[], seq: number): number {
  let low = 0;
  let high = facts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((facts[middle]?.seq ?? 0) > seq) high = middle;
    else low = middle + 1;
  }
  return low;
}
