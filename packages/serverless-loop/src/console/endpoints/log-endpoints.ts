import { integer, list, oneOf, text } from '../../aws/members.ts';
import { endpoint } from '../context.ts';
import { invalid } from '../invalid.ts';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
const MAX_AT_ONCE = 1_000;

export const LOG_ENDPOINTS = {
  'GET /_loop/logs': endpoint({
    purpose:
      'lines of the functions’ logs, read as they were meant: the newest that fit, or those after a place',
    input: {
      functions: list(text({ min: 1 }), { min: 1 }),
      levels: list(oneOf(LEVELS), { min: 1 }),
      sources: list(oneOf(['function', 'platform']), { min: 1 }),
      requestId: text({ min: 1 }),
      traceId: text({ min: 1 }),
      text: text({ min: 1 }),
      after: text({ max: 64 }),
      limit: integer({ min: 1, max: MAX_AT_ONCE }),
    },
    answer(
      { functions, levels, sources, limit = 200, after, ...wanted },
      { logs, functionOf, answers, facts },
    ) {
      const names = functions?.map((name) => functionOf(name)?.name ?? name);
      const place = after === undefined ? undefined : answers.parse(after);
      if (after !== undefined && !place)
        throw invalid(`Expected the "next" of an earlier answer, found "${after}".`);
      const words = wanted.text?.toLowerCase();
      const found = logs().filter(
        (line) =>
          line.seq > (place?.seq ?? 0) &&
          (names?.includes(line.functionName) ?? true) &&
          (levels?.some((level) => level === line.level) ?? true) &&
          (sources?.includes(line.source) ?? true) &&
          (wanted.requestId ?? line.requestId) === line.requestId &&
          (wanted.traceId ?? line.traceId) === line.traceId &&
          (words === undefined || line.line.toLowerCase().includes(words)),
      );
      // A reader that follows goes on where the last answer ended; one that comes anew wants the newest.
      const lines = place ? found.slice(0, limit) : found.slice(-limit);
      const hasMore = found.length > lines.length;
      const last = place && hasMore ? (lines.at(-1)?.seq ?? place.seq) : facts.last();
      return {
        lines,
        next: answers.placeOf(last),
        hasMore,
        ...(place?.isAnotherRun && { isAnotherRun: true }),
      };
    },
  }),
};
