import { createHash } from 'node:crypto';
import { integer, list, oneOf, text, timestamp } from '../../../aws/members.ts';
import { pageOf } from '../../../aws/page.ts';
import { onAll, operation } from '../context.ts';
import { parseFilter } from '../filter/parser.ts';
import { SUMMARY, summaryOf } from '../trace/summary.ts';
import { assembleTrace, type Trace } from '../trace/trace.ts';
import { invalidRequest } from '../xray-error.ts';
import { isTraceIdWithin, RANGE, rangeOf, type TimeRange } from './time-range.ts';

const PAGE_SIZE = 100;

/** The traces of a time that match a filter expression, oldest first. `Sampling` is not heeded: all are looked at. */
export const GET_TRACE_SUMMARIES = operation({
  route: 'POST /TraceSummaries',
  input: {
    ...RANGE,
    // The time of a trace that has to lie in the range (API reference, GetTraceSummaries).
    TimeRangeType: oneOf(['TraceId', 'Event', 'Service']),
    FilterExpression: text(),
    NextToken: text(),
  },
  output: {
    TraceSummaries: list(SUMMARY),
    ApproximateTime: timestamp(),
    TracesProcessedCount: integer(),
    NextToken: text(),
  },
  needs: onAll,
  handle({ NextToken, ...question }, { store, place }) {
    const range = rangeOf(question);
    const { TimeRangeType = 'TraceId', FilterExpression } = question;
    const matches =
      FilterExpression === undefined ? () => true : parseFilter(FilterExpression, place.accountId);

    // By its id first, where that decides: a trace is put together only to be looked at.
    const inRange = [...store.all()]
      .filter(({ id }) => TimeRangeType !== 'TraceId' || isTraceIdWithin(id, range))
      .map(assembleTrace)
      .filter((trace) => trace !== undefined)
      .filter((trace) => TimeRangeType === 'TraceId' || isActiveWithin(trace, range));
    const { items, nextToken } = pageOf(inRange.filter(matches), {
      list: markOf(question),
      limit: PAGE_SIZE,
      token: NextToken,
      // A trace id begins with the time of the trace, in seconds.
      keyOf: ({ id }) => id,
      refusal: () => invalidRequest('Invalid NextToken: it is not of an earlier answer to the same request'),
    });
    return {
      TraceSummaries: items.map((trace) => summaryOf(trace, place)),
      ApproximateTime: Date.now(),
      TracesProcessedCount: inRange.length,
      NextToken: nextToken,
    };
  },
});

/** Tells a question from another, whose tokens don't count. */
function markOf(question: object): string {
  return createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 10);
}

function isActiveWithin({ segments }: Trace, { start, end }: TimeRange): boolean {
  return segments.some(({ startTime, endTime = startTime }) => startTime <= end && endTime >= start);
}
