import { AwsError } from '../../aws/errors.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { document, integer, required, text } from '../../aws/members.ts';
import { parseJson } from '../../services/eventbridge/json.ts';
import { type Explanation, explain } from '../../services/eventbridge/pattern/explain.ts';
import { InvalidPatternError } from '../../services/eventbridge/pattern/invalid-pattern-error.ts';
import { endpoint } from '../context.ts';
import { eventRows } from '../event-rows.ts';
import { invalid, notFound } from '../invalid.ts';

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
      'an event, what each rule of its bus makes of it (which field of the pattern failed, and what the event has there), and its deliveries with their attempts and ends',
    input: { bus: required(text()), id: required(text()) },
    answer({ bus, id }, { events, rulesOf, keptFacts }) {
      const kept = events.find(bus, id);
      const event = kept && parseJson(kept.text);
      if (!isObject(event)) throw notFound(`The bus "${bus}" has no event "${id}", or no more.`);
      const rules = rulesOf(bus).map(({ name, pattern, isEnabled }) => ({
        name,
        isEnabled,
        ...(pattern !== undefined && { pattern, ...explained(pattern, event) }),
      }));
      // An event that is passed on has the same id on the other bus.
      const delivery = eventRows(keptFacts(['events'])).find(
        (row) => row.eventId === id && row.busName === bus,
      );
      return { id, busName: bus, event, rules, ...(delivery && { delivery }) };
    },
  }),
  'POST /_loop/explain': endpoint({
    purpose: 'tries a pattern on an event: which fields failed, expected and found',
    input: { pattern: required(document()), event: required(document()) },
    answer({ pattern, event }) {
      const whole = typeof event === 'string' ? parseJson(event) : event;
      if (!isObject(whole)) throw invalid('The event is no JSON object.');
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
