import { AwsError } from '../../aws/errors.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { parseJson } from './json.ts';
import { InvalidPatternError } from './pattern/invalid-pattern-error.ts';
import { compilePattern, type EventMatcher } from './pattern/pattern.ts';

/** A pattern from its text. Throws the AwsError of EventBridge for one that is no JSON object. */
export function parsePattern(text: string): JsonObject {
  const pattern = parseJson(text);
  if (isObject(pattern)) return pattern;
  throw new AwsError(
    'InvalidEventPatternException',
    'Event pattern is not valid. Reason: Filter is not an object',
  );
}

/** Matches events by a pattern. Throws the AwsError of EventBridge for one that is none. */
export function matcherOf(pattern: string | JsonObject): EventMatcher {
  try {
    return compilePattern(pattern);
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    throw new AwsError(
      'InvalidEventPatternException',
      `Event pattern is not valid. Reason: ${error.message}`,
    );
  }
}
