import { AwsError } from '../../aws/errors.ts';
import { isObject } from '../../aws/json-object.ts';
import type { JsonObject, JsonOperation } from '../../aws/operation.ts';
import { parseJson } from './json.ts';
import { InvalidPatternError } from './pattern/invalid-pattern-error.ts';
import { TooManyChoicesError } from './pattern/matching.ts';
import { compilePattern, type EventMatcher } from './pattern/pattern.ts';
import { constraint, requiredText } from './request.ts';

/**
 * The API reference names `resources` too, but AWS lets an event without them pass (LocalStack's record,
 * test_events_patterns.snapshot.json).
 */
const mandatory = ['id', 'account', 'source', 'time', 'region', 'detail-type'];
const maximumCharacters = 4_096;

/** TestEventPattern: whether an event would match, or why the pattern is none. */
export const testEventPattern: JsonOperation = {
  needs: () => [{ action: 'events:TestEventPattern', resource: '*' }],
  handle(input) {
    const pattern = requiredText(input, 'EventPattern');
    if (pattern.length > maximumCharacters)
      throw constraint(
        "Value at 'eventPattern'",
        `Member must have length less than or equal to ${maximumCharacters}`,
      );
    const event = wholeEvent(requiredText(input, 'Event'));
    return { Result: resultOf(matcherOf(pattern), event) };
  },
};

function resultOf(matches: EventMatcher, event: JsonObject): boolean {
  try {
    return matches(event);
  } catch (error) {
    if (!(error instanceof TooManyChoicesError)) throw error;
    throw new AwsError('InternalException', `Not tried to the end: ${error.message}.`);
  }
}

function wholeEvent(text: string): JsonObject {
  const event = parseJson(text);
  if (!isObject(event) || mandatory.some((member) => !Object.hasOwn(event, member)))
    throw new AwsError('ValidationException', 'Parameter Event is not valid.');
  return event;
}

function matcherOf(pattern: string): EventMatcher {
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
