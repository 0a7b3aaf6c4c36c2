import { boolean, list, text, timestamp } from '../../../aws/members.ts';
import { onAll, operation } from '../context.ts';
import { SERVICE, serviceGraph } from '../graph/graph.ts';
import { assembleTrace } from '../trace/trace.ts';
import { invalidRequest } from '../xray-error.ts';
import { isTraceIdWithin, RANGE, rangeOf } from './time-range.ts';
import { OF_IDS, refuseToken, tracesOf } from './traces-of-ids.ts';

const WHOLE = 'the loop answers with the whole graph';

export const GRAPH_OPERATIONS = {
  // The services that took part in the traces that began in a time.
  GetServiceGraph: operation({
    route: 'POST /ServiceGraph',
    input: { ...RANGE, GroupName: text(), GroupARN: text(), NextToken: text() },
    output: {
      StartTime: timestamp(),
      EndTime: timestamp(),
      Services: list(SERVICE),
      ContainsOldGroupVersions: boolean(),
    },
    needs: onAll,
    handle({ StartTime, EndTime, GroupName, GroupARN, NextToken }, { store, place }) {
      refuseToken(NextToken, WHOLE);
      refuseGroup({ GroupName, GroupARN });
      const range = rangeOf({ StartTime, EndTime });
      const traces = [...store.all()]
        .filter(({ id }) => isTraceIdWithin(id, range))
        .map(assembleTrace)
        .filter((trace) => trace !== undefined);
      const lastMs = traces.reduce((last, { endTime }) => Math.max(last, endTime * 1_000), StartTime);
      return {
        StartTime,
        // As far as there is something: whoever asks again from there misses nothing.
        EndTime: Math.min(EndTime, lastMs),
        Services: serviceGraph(traces, place),
        ContainsOldGroupVersions: false,
      };
    },
  }),
  GetTraceGraph: operation({
    route: 'POST /TraceGraph',
    input: OF_IDS,
    output: { Services: list(SERVICE) },
    needs: onAll,
    handle({ TraceIds, NextToken }, { store, place }) {
      refuseToken(NextToken, WHOLE);
      return { Services: serviceGraph(tracesOf(TraceIds, store), place) };
    },
  }),
};

function refuseGroup(groups: Record<string, string | undefined>): void {
  for (const [member, group] of Object.entries(groups))
    if (group !== undefined && !/(^|\/)Default$/.test(group))
      throw invalidRequest(`${member}: the loop has no group but Default, found ${group}`);
}
