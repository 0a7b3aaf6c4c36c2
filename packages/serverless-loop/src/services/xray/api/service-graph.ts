import type { XRayHandler } from '../context.ts';
import { serviceGraph } from '../graph/graph.ts';
import { assembleTrace } from '../trace/trace.ts';
import { traceIdsOf } from './batch-get-traces.ts';
import { invalidRequest, isTraceIdWithin, optionalText, readInput, requiredTimeRange } from './input.ts';

/** The services that took part in the traces that began in a time. */
export const getServiceGraph: XRayHandler = (request, { store, place }) => {
  const input = readInput(request);
  refuseToken(input);
  for (const member of ['GroupName', 'GroupARN']) {
    const group = optionalText(input, member);
    if (group !== undefined && !/(^|\/)Default$/.test(group))
      throw invalidRequest(`${member}: the loop has no group but Default, found ${group}`);
  }
  const range = requiredTimeRange(input);
  const { start, end } = range;
  const traces = [...store.all()]
    .filter(({ id }) => isTraceIdWithin(id, range))
    .map(assembleTrace)
    .filter((trace) => trace !== undefined);
  return {
    StartTime: start,
    // As far as there is something: whoever asks again from there misses nothing.
    EndTime: Math.min(
      end,
      traces.reduce((last, { endTime }) => Math.max(last, endTime), start),
    ),
    Services: serviceGraph(traces, place),
    ContainsOldGroupVersions: false,
  };
};

export const getTraceGraph: XRayHandler = (request, { store, place }) => {
  const input = readInput(request);
  refuseToken(input);
  const traces = traceIdsOf(input).map((id) => {
    const stored = store.get(id);
    return stored && assembleTrace(stored);
  });
  return {
    Services: serviceGraph(
      traces.filter((trace) => trace !== undefined),
      place,
    ),
  };
};

function refuseToken(input: Record<string, unknown>): void {
  if (optionalText(input, 'NextToken') !== undefined)
    throw invalidRequest('Invalid NextToken: the loop answers with the whole graph and gives out none');
}
