import { type InvocationRow, invocationRows } from '../../../src/console/invocation-rows.ts';
import { useConsole } from '../../app/context.ts';
import { useNames } from '../../app/use-names.ts';
import { GroupEnd } from '../../parts/group-end.tsx';
import { Rows } from '../../parts/rows.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { useMemo } from '../../preact.ts';
import { formatAddress } from '../../state/address.ts';
import { fits, parseFilter } from '../../state/filter.ts';
import { invocationColumns } from './invocation-columns.tsx';
import { KINDS } from './kinds.ts';
import { NoInvocations } from './no-invocations.tsx';
import { RequestDetail } from './request-detail.tsx';
import { TraceDetail } from './trace-detail.tsx';

/** The requests to functions, with their traces. */
export function Requests() {
  const { facts, address } = useConsole();
  const group = facts.groups.invocations;
  const nameOf = useNames();
  const all = useMemo(() => invocationRows(group.facts), [group]);
  const filter = useMemo(() => parseFilter(address.filter), [address.filter]);
  const rows = useMemo(
    () => (filter.terms.length === 0 ? all : all.filter((row) => fits(searched(row, nameOf), filter))),
    [all, filter, nameOf],
  );
  const columns = useMemo(() => invocationColumns(nameOf), [nameOf]);
  const [opened] = address.opened;
  const request = all.find(({ requestId }) => requestId === opened);
  const count = `${all.length.toLocaleString()} ${all.length === 1 ? 'request' : 'requests'}`;
  return (
    <>
      <ViewHead
        title="Traces"
        summary={rows.length === all.length ? count : `${rows.length} of ${count}`}
        placeholder="Filter: text, function:…, state:failed"
      />
      <Tabs label="Kinds of work" tabs={KINDS} open="" />
      <div class="split">
        <Rows
          label="Requests to functions, the newest first"
          rows={rows}
          keyOf={keyOf}
          hrefOf={({ requestId }) =>
            formatAddress({ view: 'traces', opened: [requestId], filter: address.filter })
          }
          columns={columns}
          chosen={request && keyOf(request)}
          empty={<NoInvocations isFiltered={all.length > 0} />}
          end={<GroupEnd group={group} of="facts about invocations" />}
        />
        {opened !== undefined &&
          (/^1-[0-9a-f]{8}-/.test(opened) ? (
            <TraceDetail traceId={opened} requests={all} />
          ) : (
            <RequestDetail requestId={opened} row={request} requests={all} />
          ))}
      </div>
    </>
  );
}

function keyOf({ requestId, functionName }: InvocationRow): string {
  return `${requestId} ${functionName}`;
}

function searched(row: InvocationRow, nameOf: (name: string) => string): Readonly<Record<string, unknown>> {
  return { ...row, function: nameOf(row.functionName) };
}
