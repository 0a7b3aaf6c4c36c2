import { ANY, type CharacterSet, complement, escapedSet, setOf, union } from './character-set.ts';

/** One step through an expression without subpatterns. */
export type RegexStep =
  | { kind: 'start' }
  | { kind: 'end' }
  /** Optional ones may be left out, repeated ones taken any number of times. */
  | { kind: 'character'; set: CharacterSet; optional: boolean; repeated: boolean };

/** The expression makes no sense, or is longer than any log needs. */
export class RegexSyntaxError extends Error {
  override readonly name = 'RegexSyntaxError';
}

/** Of all alternatives: what a pattern, which has up to 1,024 characters, says without counting. */
const MAX_STEPS = 1_024;
const ATOM = /\\x[0-9A-Fa-f]{2}|\\[\s\S]|\[\^?(?:\\[\s\S]|[^\]\\])*\]|[^[\\]/y;
const QUANTIFIER = /[*+?]|\{\d+(?:,\d*)?\}|\{,\d+\}/y;
const CLASS_PART = /(\\x[0-9A-Fa-f]{2}|\\[\s\S]|[\s\S])(?:-(\\x[0-9A-Fa-f]{2}|\\[\s\S]|[\s\S]))?/g;

/** The alternatives of an expression, each as its steps. Throws RegexSyntaxError. */
export function regexSteps(source: string): RegexStep[][] {
  const alternatives: RegexStep[][] = [];
  let steps: RegexStep[] = [];
  let count = 0;
  for (let at = 0; at < source.length; ) {
    const atom = match(ATOM, source, at);
    if (atom === undefined) throw new RegexSyntaxError();
    at += atom.length;
    const quantifier = match(QUANTIFIER, source, at) ?? '';
    at += quantifier.length;
    // Lazy or not, it matches the same lines.
    if (quantifier !== '' && source[at] === '?') at += 1;
    if (atom === '|' && quantifier === '') {
      alternatives.push(steps);
      steps = [];
    } else {
      const more = stepsOf(atom, quantifier);
      count += more.length;
      if (count > MAX_STEPS) throw new RegexSyntaxError();
      steps.push(...more);
    }
  }
  return [...alternatives, steps];
}

function stepsOf(atom: string, quantifier: string): RegexStep[] {
  const anchor = ({ '^': 'start', $: 'end' } as const)[atom];
  if (anchor) {
    if (quantifier !== '') throw new RegexSyntaxError();
    return [{ kind: anchor }];
  }
  if (['*', '+', '?', '|'].includes(atom)) throw new RegexSyntaxError();
  const set = setIn(atom);
  const { least, most } = timesOf(quantifier);
  if (most < least || least > MAX_STEPS || (Number.isFinite(most) && most > MAX_STEPS))
    throw new RegexSyntaxError();
  const step = { kind: 'character', set, optional: false, repeated: false } as const;
  const needed = Array.from({ length: least }, () => step);
  if (Number.isFinite(most)) {
    return [...needed, ...Array.from({ length: most - least }, () => ({ ...step, optional: true }))];
  }
  return [...needed, { ...step, optional: true, repeated: true }];
}

function timesOf(quantifier: string): { least: number; most: number } {
  switch (quantifier) {
    case '':
      return { least: 1, most: 1 };
    case '*':
      return { least: 0, most: Number.POSITIVE_INFINITY };
    case '+':
      return { least: 1, most: Number.POSITIVE_INFINITY };
    case '?':
      return { least: 0, most: 1 };
  }
  const [least = '', most] = quantifier.slice(1, -1).split(',');
  if (most === undefined) return { least: Number(least), most: Number(least) };
  return { least: Number(least), most: most === '' ? Number.POSITIVE_INFINITY : Number(most) };
}

function setIn(atom: string): CharacterSet {
  if (atom === '.') return ANY;
  if (!atom.startsWith('[')) return oneOf(atom);
  const isNegated = atom.startsWith('[^');
  const inside = atom.slice(isNegated ? 2 : 1, -1);
  if (inside === '') throw new RegexSyntaxError();
  const set = union(
    [...inside.matchAll(CLASS_PART)].map(([whole, first = '', last]) => rangeOf(whole, first, last)),
  );
  return isNegated ? complement(set) : set;
}

function rangeOf(whole: string, first: string, last: string | undefined): CharacterSet {
  if (last === undefined) return oneOf(first);
  const [from, to] = [characterOf(first), characterOf(last)];
  // One end is a set: the hyphen is itself.
  if (from === undefined || to === undefined) return union([oneOf(first), oneOf('-'), oneOf(last)]);
  if (from > to) throw new RegexSyntaxError(whole);
  return setOf((character) => character >= from && character <= to);
}

function oneOf(atom: string): CharacterSet {
  const wanted = characterOf(atom);
  const set = atom.startsWith('\\') ? escapedSet(atom.slice(1)) : undefined;
  return set ?? setOf((character) => character === wanted);
}

/** The character that a text with a backslash or without stands for; undefined when it is a set. */
function characterOf(atom: string): string | undefined {
  if (!atom.startsWith('\\')) return atom;
  if (atom.startsWith('\\x') && atom.length === 4)
    return String.fromCharCode(Number.parseInt(atom.slice(2), 16));
  return escapedSet(atom.slice(1)) ? undefined : atom.slice(1);
}

function match(expression: RegExp, source: string, at: number): string | undefined {
  expression.lastIndex = at;
  return expression.exec(source)?.[0];
}
