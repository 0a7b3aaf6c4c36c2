import { AwsError } from '../../aws/errors.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { document, integer, required, text } from '../../aws/members.ts';
import { parseJson } from '../../services/eventbridge/json.ts';
import { type Explanation, explain } from '../../services/eventbridge/pattern/explain.ts';
import { InvalidPatternError } from '../../services/eventbridge/pattern/invalid-pattern-error.ts';
import { endpoint } from '../context.ts';

export const EVENT_ENDPOINTS = {
  'GET /_loop/events': endpoint({
    purpose: 'the newest events of all buses, the last one first',
    input: { limit: integer({ min: 1, max: 1_000 }) },
    answer: ({ limit = 100 }, { events }) => ({
      events: events.newest(limit).map(({ id, busName, text }) => ({ id, busName, event: parseJson(text) })),
    }),
  }),
  'GET /_loop/event': endpoint({
    purpose:
      'an event, and what each rule of its bus makes of it: which field of the pattern failed, and what the event has there',
    input: { bus: required(text()), id: required(text()) },
    answer({ bus, id }, { events, rulesOf }) {
      const kept = events.find(bus, id);
      const event = kept && parseJson(kept.text);
      if (!isObject(event))
        throw new AwsError(
          'ResourceNotFoundException',
          `The bus "${bus}" has no event "${id}", or no more.`,
          {
            status: 404,
          },
        );
      const rules = rulesOf(bus).map(({ name, pattern, isEnabled }) => ({
        name,
        isEnabled,
        ...(pattern !== undefined && { pattern, ...explained(pattern, event) }),
      }));
      return { id, busName: bus, event, rules };
    },
  }),
  'POST /_loop/explain': endpoint({
    purpose: 'tries a pattern on an event: which fields failed, expected and found',
    input: { pattern: required(document()), event: required(document()) },
    answer({ pattern, event }) {
      const whole = typeof event === 'string' ? parseJson(event) : event;
      if (!isObject(whole)) throw new AwsError('ValidationException', 'The event is no JSON object.');
      try {
        return { ...explain(pattern, whole) };
      } catch (error) {
        if (!(error instanceof InvalidPatternError)) throw error;
        // The words of TestEventPattern.
        throw new AwsError(
          'InvalidEventPatternException',
          `Event pattern is not valid. Reason: ${error.message}`,
        );
      }
    },
  }),
};

/** A rule was put with a pattern that is one. */
function explained(pattern: unknown, event: JsonObject): Explanation | { error: string } {
  try {
    return explain(pattern, event);
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    return { error: error.message };
  }
}
