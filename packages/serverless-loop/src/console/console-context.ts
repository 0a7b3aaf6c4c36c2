import type { JsonObject } from '../aws/json-object.ts';
import type { ConsoleContext, LoopParts } from './context.ts';
import { factAnswers } from './fact-answer.ts';
import type { FactGroup } from './fact-group.ts';
import { invocationRows } from './invocation-rows.ts';
import { type LogFact, logLine } from './log-line.ts';

/** As many as are kept of all groups together. */
const ALL = 1_000_000;

/** The parts of a loop, with what is joined of its facts: as they are asked for, so that nobody pays who doesn't ask. */
export function consoleContext(parts: LoopParts, run: string): ConsoleContext {
  const answers = factAnswers(parts.facts, run);
  const keptFacts = (groups: readonly FactGroup[]) =>
    answers.answer(parts.facts.newest({ groups, limit: ALL })).facts;

  /** The trace of each request that is known to be of one. */
  function traceIds(): Map<string, string> {
    const found = keptFacts(['invocations']).flatMap((fact): [string, string][] =>
      'requestId' in fact && 'traceId' in fact && fact.traceId !== undefined
        ? [[fact.requestId, fact.traceId]]
        : [],
    );
    return new Map(found);
  }

  return {
    ...parts,
    answers,
    keptFacts,
    requests: () => invocationRows(keptFacts(['invocations'])),
    logs() {
      const traces = traceIds();
      return keptFacts(['logs'])
        .filter((fact): fact is LogFact => fact.kind === 'log')
        .map((fact) => {
          const traceId = traces.get(fact.requestId ?? '');
          return { ...(traceId !== undefined && { traceId }), ...logLine(fact) };
        });
    },
    segmentsOf(traceId) {
      // The id stands in the document as it is: most are told apart before they are read.
      return parts
        .documents()
        .filter((text) => text.includes(traceId))
        .map((text): JsonObject => JSON.parse(text))
        .filter((document) => document.trace_id === traceId);
    },
  };
}
