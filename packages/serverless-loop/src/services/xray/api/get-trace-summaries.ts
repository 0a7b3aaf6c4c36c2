import type { XRayHandler } from '../context.ts';
import { parseFilter } from '../filter/parser.ts';
import { summaryOf } from '../trace/summary.ts';
import { assembleTrace, type Trace } from '../trace/trace.ts';
import {
  invalidRequest,
  isTraceIdWithin,
  optionalText,
  readInput,
  requiredTimeRange,
  type TimeRange,
} from './input.ts';
import { pageOf } from './paging.ts';

const PAGE_SIZE = 100;

/** Which time of a trace has to lie in the range (API reference, GetTraceSummaries, TimeRangeType). */
const RANGE_TYPES = ['TraceId', 'Event', 'Service'];

/** The traces of a time that match a filter expression, oldest first. `Sampling` is not heeded: all are looked at. */
export const getTraceSummaries: XRayHandler = (request, { store, place }) => {
  const input = readInput(request);
  const { NextToken: _, ...question } = input;
  const range = requiredTimeRange(input);
  const rangeType = optionalText(input, 'TimeRangeType') ?? 'TraceId';
  if (!RANGE_TYPES.includes(rangeType)) {
    throw invalidRequest(`TimeRangeType must be one of ${RANGE_TYPES.join(', ')}, found ${rangeType}`);
  }
  const expression = optionalText(input, 'FilterExpression');
  const matches = expression === undefined ? () => true : parseFilter(expression, place.accountId);

  // By its id first, where that decides: a trace is put together only to be looked at.
  const inRange = [...store.all()]
    .filter(({ id }) => rangeType !== 'TraceId' || isTraceIdWithin(id, range))
    .map(assembleTrace)
    .filter((trace) => trace !== undefined)
    .filter((trace) => rangeType === 'TraceId' || isActiveWithin(trace, range));
  const found = inRange.filter(matches).sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const page = pageOf(found, keyOf, { token: optionalText(input, 'NextToken'), question, size: PAGE_SIZE });
  return {
    TraceSummaries: page.items.map((trace) => summaryOf(trace, place)),
    ApproximateTime: Date.now() / 1000,
    TracesProcessedCount: inRange.length,
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
};

/** A trace id begins with the time of the trace, in seconds. */
function keyOf({ id }: Trace): string {
  return id;
}

function isActiveWithin({ segments }: Trace, { start, end }: TimeRange): boolean {
  return segments.some(({ startTime, endTime = startTime }) => startTime <= end && endTime >= start);
}
