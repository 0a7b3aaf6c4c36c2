import { useConsole } from '../../app/context.ts';
import { ask } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { Empty, Problem, Waiting } from '../../parts/notice.tsx';
import { Rows } from '../../parts/rows.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { useMemo } from '../../preact.ts';
import { formatAddress } from '../../state/address.ts';
import { diagramOf, type SystemEdge, type SystemResource } from '../../state/diagram.ts';
import { fits, parseFilter } from '../../state/filter.ts';
import { trafficOf } from '../../state/traffic.ts';
import { Diagram } from './diagram.tsx';
import { RESOURCE_COLUMNS } from './resource-columns.tsx';
import { ResourceDetail } from './resource-detail.tsx';

interface SystemAnswer {
  resources: readonly SystemResource[];
  edges: readonly SystemEdge[];
}

const WAYS = [
  ['', 'Diagram'],
  ['list', 'All resources'],
] as const;

/** The diagram of the stack; the same resources as a list, for who filters or can't see it. */
export function SystemView() {
  const { address, facts, stack } = useConsole();
  const { value, error } = useAnswer('system', () => ask<SystemAnswer>('system'), [stack]);
  const { events, invocations, tables, queues, topics, objects, requests } = facts.groups;
  const traffic = useMemo(
    () =>
      trafficOf([events, invocations, tables, queues, topics, objects, requests].map((group) => group.facts)),
    [events, invocations, tables, queues, topics, objects, requests],
  );
  const diagram = useMemo(() => value && diagramOf(value.resources, value.edges), [value]);
  const filter = parseFilter(address.filter);
  const rows = value?.resources.filter((resource) => fits({ ...resource }, filter)) ?? [];
  const [first, second] = address.opened;
  const isList = first === 'list';
  const opened = isList ? second : first;
  const hrefOf = (id: string) =>
    formatAddress({ view: 'system', opened: isList ? ['list', id] : [id], filter: address.filter });
  return (
    <>
      <ViewHead
        title="System"
        summary={value && `${value.resources.length} resources`}
        {...(isList && { placeholder: 'Filter: text, type:…, status:"not emulated"' })}
      />
      <Tabs label="Ways to look at the system" tabs={WAYS} open={isList ? 'list' : ''} />
      <div class="split">
        {isList && (
          <Rows
            label="Resources"
            rows={rows}
            keyOf={({ logicalId }) => logicalId}
            hrefOf={({ logicalId }) => hrefOf(logicalId)}
            columns={RESOURCE_COLUMNS}
            chosen={opened}
            empty={<Empty title="No resource fits" />}
          />
        )}
        {!isList && (
          <div class="list">
            <Problem text={error} />
            {!diagram && error === undefined && <Waiting />}
            {diagram?.nodes.length === 0 && (
              <Empty title="The stack is empty">
                <p>Deploy one with sam deploy, or start the loop where a template is.</p>
              </Empty>
            )}
            {diagram && diagram.nodes.length > 0 && (
              <>
                <Diagram of={diagram} traffic={traffic} chosen={opened} hrefOf={hrefOf} />
                <div class="list-end">
                  Lines show the way of events and messages, dashed ones who may call what. Numbers count what
                  happened since the start, ✕ what failed; what is at work is lit.
                </div>
              </>
            )}
          </div>
        )}
        {opened !== undefined && <ResourceDetail id={opened} resources={value?.resources ?? []} />}
      </div>
    </>
  );
}
