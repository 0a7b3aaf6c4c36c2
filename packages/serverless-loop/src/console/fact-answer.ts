import type { Fact } from '../facts.ts';
import type { FactGroup } from './fact-group.ts';
import type { FactsAfter, KeptFacts, NumberedFact } from './kept-facts.ts';

/** A fact as it goes over the wire: its number, its time, and its own members. */
export type FactOnWire = Fact & { seq: number; time: string };

export interface FactAnswer {
  facts: FactOnWire[];
  /** To ask from next: the run of the loop and the number of a fact. */
  next: string;
  hasMore: boolean;
  /** By group the number of the last fact that gave way before it was asked for. */
  missed?: Partial<Record<FactGroup, number>>;
  /** The place asked from was of another run of the loop: these are this one's from its first on. */
  isAnotherRun?: true;
}

export interface Place {
  seq: number;
  isAnotherRun: boolean;
}

/** Facts for readers who come back: by a place that tells one run of the loop from another. */
export function factAnswers(kept: KeptFacts, run: string) {
  const placeOf = (seq: number) => `${run}.${seq}`;
  return {
    /** Reads `RUN.NUMBER`, or a bare number of this run. Undefined for what is neither. */
    parse(text: string): Place | undefined {
      const [, given = run, digits = ''] = /^(?:([0-9a-f]+)\.)?(\d{1,15})$/.exec(text) ?? [];
      if (digits === '') return undefined;
      const seq = Number(digits);
      const isAnotherRun = given !== run || seq > kept.last();
      return { seq: isAnotherRun ? 0 : seq, isAnotherRun };
    },
    placeOf,
    /** The place behind the last fact. */
    here: (): Place => ({ seq: kept.last(), isAnotherRun: false }),
    answer({ facts, next, hasMore, missed }: FactsAfter, isAnotherRun = false): FactAnswer {
      return {
        facts: facts.map(onWire),
        next: placeOf(next),
        hasMore,
        ...(Object.keys(missed).length > 0 && { missed }),
        ...(isAnotherRun && { isAnotherRun }),
      };
    },
  };
}

export type FactAnswers = ReturnType<typeof factAnswers>;

function onWire({ seq, at, fact }: NumberedFact): FactOnWire {
  return { ...fact, seq, time: new Date(at).toISOString() };
}
