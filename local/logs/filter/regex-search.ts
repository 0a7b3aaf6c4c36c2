import { ANY, isIn } from './character-set.ts';
import type { RegexStep } from './regex-steps.ts';

/**
 * Whether the steps lead through any part of a text. All ways are gone at once, so that the time grows with the text
 * and no more: a line that a function writes must not hold up the loop.
 */
export function searchFor(whole: RegexStep[]): (text: string) => boolean {
  const steps = withoutEnds(whole);
  const [first] = steps;
  const begin = first?.kind === 'character' && !first.optional ? first.set : undefined;
  // Where the ways stand before a character, and when each place was last noted.
  let places = new Uint32Array(steps.length + 1);
  let next = new Uint32Array(steps.length + 1);
  const notedAt = new Float64Array(steps.length + 1);

  return (text) => {
    notedAt.fill(-1);
    let count = 0;
    let isThrough = false;

    /** Notes a place, and those that are reached from it without a character. */
    function note(list: Uint32Array, from: number, at: number): void {
      for (let place = from; notedAt[place] !== at; place += 1) {
        notedAt[place] = at;
        const step = steps[place];
        if (step === undefined) {
          isThrough = true;
          return;
        }
        if (step.kind === 'character') {
          list[count] = place;
          count += 1;
          if (!step.optional) return;
        } else if (step.kind === 'start' ? at > 0 : !isEnd(text, at)) return;
      }
    }

    for (let at = 0; at <= text.length; at += 1) {
      if (count === 0 && begin) while (at < text.length && !isIn(begin, text.charCodeAt(at))) at += 1;
      note(places, 0, at);
      if (isThrough || at === text.length) return isThrough;
      const unit = text.charCodeAt(at);
      const known = count;
      count = 0;
      for (let which = 0; which < known; which += 1) {
        const place = places[which] ?? 0;
        const step = steps[place];
        if (step?.kind !== 'character' || !isIn(step.set, unit)) continue;
        if (step.repeated) note(next, place, at + 1);
        note(next, place + 1, at + 1);
      }
      [places, next] = [next, places];
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
