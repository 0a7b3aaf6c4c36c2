import type { JsonObject } from '../../../aws/operation.ts';
import type { XRayHandler } from '../context.ts';
import { renderSegment } from '../trace/segment.ts';
import { assembleTrace, type Trace } from '../trace/trace.ts';
import { invalidRequest, optionalText, readInput, requiredTexts } from './input.ts';

/** Both operations that take trace ids take as many (API reference, BatchGetTraces). */
const MOST_IDS = 5;

/** The whole traces of these ids; what nobody knows is left out. */
export const batchGetTraces: XRayHandler = (request, { store }) => {
  const input = readInput(request);
  if (optionalText(input, 'NextToken') !== undefined) {
    throw invalidRequest('Invalid NextToken: the loop answers BatchGetTraces whole and gives out none');
  }
  const traces = traceIdsOf(input).map((id) => {
    const stored = store.get(id);
    return stored && assembleTrace(stored);
  });
  return {
    Traces: traces.filter((trace) => trace !== undefined).map(renderTrace),
    UnprocessedTraceIds: [],
  };
};

/** Throws AwsError for none, and for too many. */
export function traceIdsOf(input: JsonObject): string[] {
  const ids = requiredTexts(input, 'TraceIds');
  if (ids.length === 0) throw invalidRequest('TraceIds must not be empty');
  if (ids.length > MOST_IDS) {
    throw invalidRequest(`TraceIds must have at most ${MOST_IDS} items, found ${ids.length}`);
  }
  return [...new Set(ids)];
}

function renderTrace({ id, startTime, endTime, segments }: Trace): JsonObject {
  return {
    Id: id,
    Duration: Math.round((endTime - startTime) * 1000) / 1000,
    LimitExceeded: false,
    Segments: segments.map((segment) => ({
      Id: segment.id,
      Document: JSON.stringify(renderSegment(segment)),
    })),
  };
}
