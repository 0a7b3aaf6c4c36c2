import { ANY } from './character-set.ts';
import type { Test } from './expression.ts';
import type { RegexStep } from './regex-steps.ts';
import { type Jumps, OTHERS, regexTables, WORD_BITS } from './regex-tables.ts';

/** Places gone over between two looks whether others wait: about half a millisecond. */
const PLACES_BETWEEN_LOOKS = 1_048_576;

/**
 * Tells whether the steps of an alternative lead through any part of a text. All ways of all alternatives are gone at once, 32
 * places in one operation, so that the time grows with the text and hardly with the expression: neither a line that a
 * function writes nor the expression of a caller must hold up the loop. One search at a time: they share the places.
 */
export function searchFor(alternatives: RegexStep[][]): Test<string> {
  const { words, first, last, repeated, taking, free } = regexTables(alternatives.map(withoutEnds));
  /** The places before a character, and those of them from which nothing was taken yet. */
  const places = new Int32Array(words);
  const idle = new Int32Array(words);
  let isThrough = false;
  let isIdle = false;

  /** Takes a character, the one of a row in `taking`; then adds the places that are reached without one. */
  function step(row: number, { one, two, four, eight, sixteen }: Jumps): void {
    let through = 0;
    let carry = 0;
    let changed = 0;
    for (let word = 0; word < words; word += 1) {
      let set = (first[word] ?? 0) | carry;
      carry = 0;
      const before = places[word] ?? 0;
      if (before !== 0) {
        const taken = before & (taking[row + word] ?? 0);
        set |= (taken << 1) | (taken & (repeated[word] ?? 0));
        carry = taken >>> 31;
      }
      const jump = one[word] ?? 0;
      if ((set & jump) !== 0) {
        set |= (set & jump) << 1;
        set |= (set & (two[word] ?? 0)) << 2;
        set |= (set & (four[word] ?? 0)) << 4;
        set |= (set & (eight[word] ?? 0)) << 8;
        set |= (set & (sixteen[word] ?? 0)) << 16;
        carry |= (set & jump) >>> 31;
      }
      places[word] = set;
      through |= set & (last[word] ?? 0);
      changed |= set ^ (idle[word] ?? 0);
    }
    isThrough = through !== 0;
    isIdle = changed === 0;
  }

  /** Tells whether the character of a row leads from the idle places to others. */
  function isTaken(row: number): boolean {
    for (let word = 0; word < words; word += 1) {
      if (((idle[word] ?? 0) & (taking[row + word] ?? 0)) !== 0) return true;
    }
    return false;
  }

  const inside = free(false, false);
  step(0, inside);
  idle.set(places);
  const isStarting = Uint8Array.from({ length: OTHERS + 1 }, (_, unit) => Number(isTaken(unit * words)));

  /** Takes the characters before `until`, until one is through; gives the place to go on from. */
  function advance(text: string, from: number, until: number): number {
    let at = from;
    for (; at <= until && !isThrough; at += 1) {
      if (isIdle) while (at < until && at < text.length - 1 && !isStarting[unitAt(text, at - 1)]) at += 1;
      const jumps = at < text.length - 1 ? inside : free(false, isEnd(text, at));
      step(unitAt(text, at - 1) * words, jumps);
    }
    return at;
  }

  const atOnce = Math.ceil(PLACES_BETWEEN_LOOKS / WORD_BITS / words);
  return function* (text) {
    places.fill(0);
    step(0, free(true, isEnd(text, 0)));
    for (let at = 1; at <= text.length && !isThrough; yield) {
      at = advance(text, at, Math.min(at + atOnce, text.length));
    }
    return isThrough;
  };
}

/** `.*` at an end says nothing. */
function withoutEnds(steps: RegexStep[]): RegexStep[] {
  const begin = steps.findIndex((step) => !isAnything(step));
  const end = steps.findLastIndex((step) => !isAnything(step));
  return begin < 0 ? [] : steps.slice(begin, end + 1);
}

function isAnything(step: RegexStep): boolean {
  return step.kind === 'character' && step.set === ANY && step.optional && step.repeated;
}

/** The end of a line is the end of the text before it, too: each line of a function ends with one. */
function isEnd(text: string, at: number): boolean {
  return at === text.length || (at === text.length - 1 && text.charCodeAt(at) === 10);
}

function unitAt(text: string, at: number): number {
  return Math.min(text.charCodeAt(at), OTHERS);
}
