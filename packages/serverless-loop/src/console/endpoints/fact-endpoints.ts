import { integer, list, oneOf, text } from '../../aws/members.ts';
import { endpoint } from '../context.ts';
import type { FactAnswers, Place } from '../fact-answer.ts';
import { factEvents } from '../fact-events.ts';
import { FACT_GROUPS } from '../fact-group.ts';
import { invalid } from '../invalid.ts';

const GROUPS = list(oneOf(FACT_GROUPS), { min: 1 });

const MAX_AT_ONCE = 1_000;

export const FACT_ENDPOINTS = {
  'GET /_loop/facts': endpoint({
    purpose: 'facts after a place, or the newest',
    input: {
      after: text({ max: 64 }),
      newest: integer({ min: 1, max: MAX_AT_ONCE }),
      groups: GROUPS,
      limit: integer({ min: 1, max: MAX_AT_ONCE }),
    },
    answer({ after, newest, groups, limit = MAX_AT_ONCE }, { facts, answers }) {
      const wanted = { limit: newest ?? limit, ...(groups && { groups }) };
      if (newest !== undefined) return { ...answers.answer(facts.newest(wanted)) };
      const { seq, isAnotherRun } = after === undefined ? START : placeIn(after, answers);
      return { ...answers.answer(facts.after(seq, wanted), isAnotherRun) };
    },
  }),
  'GET /_loop/facts/stream': endpoint({
    purpose: 'facts as they come, as server-sent events; from a place on, where one is told',
    input: { after: text({ max: 64 }), groups: GROUPS },
    answer({ after, groups }, { facts: kept, answers }, { lastEventId, signal }) {
      // A browser that comes back tells where it was, at the address that it had from the first.
      const given = lastEventId ?? after;
      const from = given === undefined ? answers.here() : placeIn(given, answers);
      return { events: factEvents({ kept, answers, from, signal, ...(groups && { groups }) }) };
    },
  }),
};

const START: Place = { seq: 0, isAnotherRun: false };

function placeIn(given: string, answers: FactAnswers): Place {
  const place = answers.parse(given);
  if (place) return place;
  throw invalid(`Expected the number of a fact, or the "next" of an earlier answer, found "${given}".`);
}
