import type { MessageTest } from './expression.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { jsonPattern } from './json.ts';
import { spaceDelimitedPattern } from './space-delimited.ts';
import { termsPattern } from './terms.ts';

export type { MessageTest } from './expression.ts';
export { InvalidPatternError } from './invalid-pattern-error.ts';

/**
 * Tells whether a log event matches (CloudWatch Logs guide, "Filter pattern syntax for metric filters, subscription filters,
 * filter log events, and Live Tail"). Throws InvalidPatternError.
 */
export function compileFilterPattern(pattern: string): MessageTest {
  const text = pattern.trim();
  if (text.startsWith('{')) return jsonPattern(closed(text, '{', '}'));
  if (text.startsWith('[')) return spaceDelimitedPattern(closed(text, '[', ']'));
  return termsPattern(text);
}

function closed(text: string, open: string, close: string): string {
  if (text.length > 1 && text.endsWith(close)) return text;
  throw new InvalidPatternError(`If a filter pattern starts with '${open}' it must end with '${close}'`);
}
