import { invalidParameter } from './errors.ts';
import { compileFilterPattern, InvalidPatternError, type MessageTest } from './filter/pattern.ts';

/** The test that a filter pattern is. Throws AwsError for one that CloudWatch Logs refuses. */
export function patternTest(pattern: string): MessageTest {
  try {
    return compileFilterPattern(pattern);
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    throw invalidParameter(`Invalid filter pattern: ${error.message}`);
  }
}
