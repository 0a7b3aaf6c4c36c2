import { isIn } from './character-set.ts';
import type { RegexStep } from './regex-steps.ts';

/** The places of a word of steps, one a bit. */
export const WORD_BITS = 32;

/** Stands for all units from it on, which no set tells apart. */
export const OTHERS = 256;

/** The steps of all alternatives after each other, each alternative ended by a place of its own, as bits of words. */
export interface RegexTables {
  words: number;
  /** The places at which an alternative begins, and those at which one is through. */
  first: Int32Array;
  last: Int32Array;
  repeated: Int32Array;
  /** The places whose step takes the unit: `words` words for each. */
  taking: Int32Array;
  /** By whether the text begins here, and whether it ends here: the steps that need no character. */
  free: (isStart: boolean, isEnd: boolean) => Jumps;
}

/** The places from which so many steps in a row need no character: 1, 2, 4, 8 and 16 of them lead to any place of a word. */
export interface Jumps {
  one: Int32Array;
  two: Int32Array;
  four: Int32Array;
  eight: Int32Array;
  sixteen: Int32Array;
}

export function regexTables(alternatives: RegexStep[][]): RegexTables {
  const steps = alternatives.flatMap((alternative) => [...alternative, undefined]);
  const words = Math.ceil(steps.length / WORD_BITS);
  const bits = (isSet: (step: RegexStep | undefined, place: number) => boolean) => {
    const set = new Int32Array(words);
    for (const [place, step] of steps.entries()) if (isSet(step, place)) note(set, place);
    return set;
  };
  const taking = new Int32Array((OTHERS + 1) * words);
  for (const [place, step] of steps.entries()) {
    if (step?.kind !== 'character') continue;
    for (let unit = 0; unit <= OTHERS; unit += 1) {
      if (isIn(step.set, unit)) note(taking, place, unit * words);
    }
  }
  const jumps = (isStart: boolean, isEnd: boolean) =>
    jumpsOver(
      bits((step) => {
        if (step?.kind === 'start') return isStart;
        return step?.kind === 'end' ? isEnd : step?.optional === true;
      }),
    );
  const atStart = { inside: jumps(true, false), atEnd: jumps(true, true) };
  const later = { inside: jumps(false, false), atEnd: jumps(false, true) };
  return {
    words,
    first: bits((_, place) => place === 0 || steps[place - 1] === undefined),
    last: bits((step) => step === undefined),
    repeated: bits((step) => step?.kind === 'character' && step.repeated),
    taking,
    free: (isStart, isEnd) => (isStart ? atStart : later)[isEnd ? 'atEnd' : 'inside'],
  };
}

function jumpsOver(one: Int32Array): Jumps {
  const two = twice(one, 1);
  const four = twice(two, 2);
  const eight = twice(four, 4);
  return { one, two, four, eight, sixteen: twice(eight, 8) };
}

function twice(jumps: Int32Array, length: number): Int32Array {
  return jumps.map((word) => word & (word >>> length));
}

function note(set: Int32Array, place: number, row = 0): void {
  const word = row + Math.floor(place / WORD_BITS);
  set[word] = (set[word] ?? 0) | (1 << (place % WORD_BITS));
}
