import { AwsError } from '../../aws/errors.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { boolean, required, text } from '../../aws/members.ts';
import { operation } from './context.ts';
import { parseJson } from './json.ts';
import { matcherOf } from './parse-pattern.ts';
import { TooManyChoicesError } from './pattern/matching.ts';
import type { EventMatcher } from './pattern/pattern.ts';

/**
 * The API reference names `resources` too, but AWS lets an event without them pass (LocalStack's record,
 * test_events_patterns.snapshot.json).
 */
const MANDATORY = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

/** Tells whether an event would match, or why the pattern is none. */
export const TEST_EVENT_PATTERN = operation({
  input: { EventPattern: required(text({ max: 4_096 })), Event: required(text()) },
  output: { Result: boolean() },
  needs: () => ['*'],
  handle({ EventPattern, Event }) {
    const event = wholeEvent(Event);
    return { Result: resultOf(matcherOf(EventPattern), event) };
  },
});

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
  if (!isObject(event) || MANDATORY.some((member) => !Object.hasOwn(event, member)))
    throw new AwsError('ValidationException', 'Parameter Event is not valid.');
  return event;
}
