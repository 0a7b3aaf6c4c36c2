/** A set of UTF-16 units: one by one up to 255, and all or none of the others. */
export interface CharacterSet {
  latin: Uint8Array;
  others: boolean;
}

export function setOf(isIn: (character: string) => boolean, others = false): CharacterSet {
  return {
    latin: Uint8Array.from({ length: 256 }, (_, unit) => Number(isIn(String.fromCharCode(unit)))),
    others,
  };
}

export function isIn({ latin, others }: CharacterSet, unit: number): boolean {
  return unit < 256 ? latin[unit] === 1 : others;
}

export function union(sets: CharacterSet[]): CharacterSet {
  return {
    latin: Uint8Array.from({ length: 256 }, (_, unit) => Number(sets.some(({ latin }) => latin[unit] === 1))),
    others: sets.some(({ others }) => others),
  };
}

export function complement({ latin, others }: CharacterSet): CharacterSet {
  return { latin: latin.map((one) => 1 - one), others: !others };
}

const DIGITS = setOf((character) => /\d/.test(character));
const SPACES = setOf((character) => /[ \t\n\r\f\v]/.test(character));
const WORDS = setOf((character) => /\w/.test(character));

/** The characters that a letter behind a backslash stands for; undefined when it is just a character. */
export function escapedSet(letter: string): CharacterSet | undefined {
  const set = { d: DIGITS, s: SPACES, w: WORDS }[letter.toLowerCase()];
  if (!set) return undefined;
  return letter === letter.toLowerCase() ? set : complement(set);
}

/** Any but the end of a line. */
export const ANY = setOf((character) => character !== '\n', true);
