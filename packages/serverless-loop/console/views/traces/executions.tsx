import { useConsole } from '../../app/context.ts';
import { useNames } from '../../app/use-names.ts';
import { GroupEnd } from '../../parts/group-end.tsx';
import { Empty } from '../../parts/notice.tsx';
import { Rows } from '../../parts/rows.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { useMemo } from '../../preact.ts';
import { formatAddress } from '../../state/address.ts';
import { executionAddress, executionRows } from '../../state/executions.ts';
import { fits, parseFilter } from '../../state/filter.ts';
import { executionColumns } from './execution-columns.tsx';
import { ExecutionDetail } from './execution-detail.tsx';
import { KINDS } from './kinds.ts';
import { NewExecution } from './new-execution.tsx';

/** A machine's name is no address of an execution: that has two parts. */
const NEW = 'new';

/** The executions of state machines, the newest first. */
export function Executions() {
  const { facts, address } = useConsole();
  const group = facts.groups.executions;
  const nameOf = useNames();
  const all = useMemo(() => executionRows(group.facts), [group]);
  const filter = useMemo(() => parseFilter(address.filter), [address.filter]);
  const rows = all.filter((row) => fits({ ...row, machine: nameOf(row.machineName) }, filter));
  const columns = useMemo(() => executionColumns(nameOf), [nameOf]);
  const [, machine, name] = address.opened;
  const opened = `${machine}/${name}`;
  const hrefOf = (parts: string[]) =>
    formatAddress({ view: 'traces', opened: parts, filter: address.filter });
  const count = `${all.length.toLocaleString()} ${all.length === 1 ? 'execution' : 'executions'}`;
  return (
    <>
      <ViewHead
        title="Traces"
        summary={rows.length === all.length ? count : `${rows.length} of ${count}`}
        placeholder="Filter: text, machine:…, status:failed"
      >
        <a class="button" href={hrefOf(['executions', NEW])}>
          Start an execution
        </a>
      </ViewHead>
      <Tabs label="Kinds of work" tabs={KINDS} open="executions" />
      <div class="split">
        <Rows
          label="Executions of state machines, the newest first"
          rows={rows}
          keyOf={({ arn }) => pathOf(arn)}
          hrefOf={({ arn }) => hrefOf(executionAddress(arn))}
          columns={columns}
          chosen={all.some(({ arn }) => pathOf(arn) === opened) ? opened : undefined}
          empty={<NoExecutions isFiltered={all.length > 0} />}
          end={<GroupEnd group={group} of="facts about executions" />}
        />
        {machine === NEW && <NewExecution />}
        {machine !== undefined && name !== undefined && (
          <ExecutionDetail
            key={opened}
            machineName={machine}
            name={name}
            row={all.find(({ arn }) => pathOf(arn) === opened)}
            facts={group.facts}
          />
        )}
      </div>
    </>
  );
}

function pathOf(arn: string): string {
  return executionAddress(arn).slice(1).join('/');
}

function NoExecutions({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <Empty title="No execution fits the filter" />;
  return (
    <Empty title="No state machine was executed yet">
      <p>
        Each execution is shown here with its states, their attempts and the functions that they called.
        AWS::Serverless::StateMachine of the template makes a state machine.
      </p>
    </Empty>
  );
}
