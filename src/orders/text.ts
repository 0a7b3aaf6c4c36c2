import { describe, lengthOf } from './issue.ts';
import { type Rule, refuse } from './rule.ts';

/** Control characters and the two separators that also break a line. */
const BREAKS_A_LINE = /[\p{Cc}\p{Zl}\p{Zp}]/u;
/** Control characters but for tab, line feed and carriage return, which people type in notes. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/** Text of one line, `min` to `max` characters (Unicode code points), not blank. */
export function line(min: number, max: number): Rule<string> {
  const expected = `one line of ${min} to ${max} characters`;
  return (value, path, issues): value is string => {
    if (typeof value !== 'string') return refuse(issues, path, expected, describe(value));
    const flaw = flawOf(value, min, max, BREAKS_A_LINE) ?? (value.trim() === '' ? 'blank text' : undefined);
    return flaw === undefined || refuse(issues, path, expected, flaw);
  };
}

/** Text of any number of lines, at most `max` characters, perhaps none. */
export function lines(max: number): Rule<string> {
  const expected = `text of at most ${max} characters`;
  return (value, path, issues): value is string => {
    if (typeof value !== 'string') return refuse(issues, path, expected, describe(value));
    const flaw = flawOf(value, 0, max, CONTROL);
    return flaw === undefined || refuse(issues, path, expected, flaw);
  };
}

/** Text of at most `max` characters that `test` accepts; `test` never sees longer text. */
export function form(expected: string, max: number, test: (text: string) => boolean): Rule<string> {
  return (value, path, issues): value is string => {
    if (typeof value !== 'string') return refuse(issues, path, expected, describe(value));
    if (value === '' || value.length > max) return refuse(issues, path, expected, describe(value));
    return test(value) || refuse(issues, path, expected, 'text of another form');
  };
}

/** One of a few words. */
export function oneOf<const Word extends string>(...words: Word[]): Rule<Word> {
  const expected = words.join(' or ');
  return (value, path, issues): value is Word => {
    if (words.some((word) => word === value)) return true;
    return refuse(issues, path, expected, typeof value === 'string' ? 'another text' : describe(value));
  };
}

function flawOf(text: string, min: number, max: number, forbidden: RegExp): string | undefined {
  const length = lengthOf(text);
  if (length < min || length > max) return describe(text);
  // Half of a surrogate pair has no UTF-8: it would be stored as another character than was sent.
  if (!text.isWellFormed()) return 'text with half of a surrogate pair';
  return forbidden.test(text) ? 'text with a control character' : undefined;
}
