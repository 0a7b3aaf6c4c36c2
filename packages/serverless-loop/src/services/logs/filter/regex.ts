import type { MessageTest } from './expression.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { searchFor } from './regex-search.ts';
import { RegexSyntaxError, regexSteps } from './regex-steps.ts';

/** `%expression%`; a percent sign can't be part of it. */
export const REGEX = /%[^%]*%/;

/** The letters, digits, symbols and operators that an expression may have, and the escapes of them. */
const SUPPORTED = /^(?:[A-Za-z0-9:_#=@/;,\-'\s^$?[\]{}|*+.]|\\x[0-9A-Fa-f]{2}|\\[dDsSwW]|\\[^A-Za-z0-9()])*$/;

/**
 * A regular expression within percent signs, of which CloudWatch Logs knows a part (CloudWatch Logs guide, "Supported
 * regular expressions (regex) syntax"). Throws InvalidPatternError.
 */
export function compileRegex(term: string): MessageTest {
  const source = term.slice(1, -1);
  if (source === '' || !SUPPORTED.test(source)) {
    throw new InvalidPatternError(`Invalid character(s) in regex '${term}'`);
  }
  try {
    return searchFor(regexSteps(source));
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    throw new InvalidPatternError(`Invalid regex '${term}'`);
  }
}
