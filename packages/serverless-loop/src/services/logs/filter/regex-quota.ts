import { InvalidPatternError } from './invalid-pattern-error.ts';

const MAX_REGEXES = 2;

/**
 * Counts the regular expressions of one pattern, of whatever kind; throws at the third (CloudWatch Logs guide, "Supported
 * regular expressions (regex) syntax").
 */
export function regexQuota(): () => void {
  let count = 0;
  return () => {
    count += 1;
    if (count > MAX_REGEXES) {
      throw new InvalidPatternError(`A filter pattern has at most ${MAX_REGEXES} regular expressions`);
    }
  };
}
