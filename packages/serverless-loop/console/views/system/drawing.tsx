import { useConsole } from '../../app/context.ts';
import { Empty, Problem, Waiting } from '../../parts/notice.tsx';
import { useMemo } from '../../preact.ts';
import { diagramOf, type SystemEdge, type SystemResource } from '../../state/diagram.ts';
import { trafficOf } from '../../state/traffic.ts';
import { Diagram } from './diagram.tsx';

export interface SystemAnswer {
  resources: readonly SystemResource[];
  edges: readonly SystemEdge[];
}

/** The diagram of the stack, lit by what happens in it. */
export function Drawing({
  of,
  error,
  opened,
  hrefOf,
}: {
  of: SystemAnswer | undefined;
  error: string | undefined;
  opened: string | undefined;
  hrefOf(id: string): string;
}) {
  const { facts } = useConsole();
  const { events, invocations, executions, tables, queues, topics, objects, requests } = facts.groups;
  const groups = [events, invocations, executions, tables, queues, topics, objects, requests];
  const traffic = useMemo(() => trafficOf(groups.map((group) => group.facts)), groups);
  const diagram = useMemo(() => of && diagramOf(of.resources, of.edges), [of]);
  return (
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
  );
}
