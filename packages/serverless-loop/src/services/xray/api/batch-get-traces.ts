import { boolean, list, number, structure, text } from '../../../aws/members.ts';
import { onAll, operation } from '../context.ts';
import { renderSegment } from '../trace/segment.ts';
import type { Trace } from '../trace/trace.ts';
import { OF_IDS, refuseToken, tracesOf } from './traces-of-ids.ts';

const TRACE = structure({
  Id: text(),
  Duration: number(),
  LimitExceeded: boolean(),
  Segments: list(structure({ Id: text(), Document: text() })),
});

/** The whole traces of these ids. */
export const BATCH_GET_TRACES = operation({
  route: 'POST /Traces',
  input: OF_IDS,
  output: { Traces: list(TRACE), UnprocessedTraceIds: list(text()) },
  needs: onAll,
  handle({ TraceIds, NextToken }, { store }) {
    refuseToken(NextToken, 'the loop answers BatchGetTraces whole');
    return { Traces: tracesOf(TraceIds, store).map(renderTrace), UnprocessedTraceIds: [] };
  },
});

function renderTrace({ id, startTime, endTime, segments }: Trace) {
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
