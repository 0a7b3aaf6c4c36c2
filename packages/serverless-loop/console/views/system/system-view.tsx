import { useConsole } from '../../app/context.ts';
import { ask } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { Empty } from '../../parts/notice.tsx';
import { useRefusedCalls } from '../../parts/refused-calls.tsx';
import { Rows } from '../../parts/rows.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { formatAddress } from '../../state/address.ts';
import { fits, parseFilter } from '../../state/filter.ts';
import { Drawing, type SystemAnswer } from './drawing.tsx';
import { Refused } from './refused.tsx';
import { RESOURCE_COLUMNS } from './resource-columns.tsx';
import { ResourceDetail } from './resource-detail.tsx';

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  list: 'Filter: text, type:…, status:"not emulated"',
  refused: 'Filter: text, function:…, action:…',
};

/** The diagram of the stack; the same resources as a list, for who filters or can't see it; and the calls that IAM refused. */
export function SystemView() {
  const { address, stack } = useConsole();
  const { value, error } = useAnswer('system', () => ask<SystemAnswer>('system'), [stack]);
  const refused = useRefusedCalls().length;
  const [first = '', second] = address.opened;
  const way = first === 'list' || first === 'refused' ? first : '';
  const opened = way === '' ? address.opened[0] : second;
  const hrefOf = (id: string) =>
    formatAddress({ view: 'system', opened: way === '' ? [id] : [way, id], filter: address.filter });
  const placeholder = PLACEHOLDERS[way];
  return (
    <>
      <ViewHead
        title="System"
        summary={value && `${value.resources.length} resources`}
        {...(placeholder !== undefined && { placeholder })}
      />
      <Tabs
        label="Ways to look at the system"
        tabs={[
          ['', 'Diagram'],
          ['list', 'All resources'],
          ['refused', refused === 0 ? 'Refused calls' : `Refused calls (${refused})`],
        ]}
        open={way}
      />
      {way === 'refused' ? (
        <Refused />
      ) : (
        <div class="split">
          {way === 'list' ? (
            <ResourceList of={value?.resources ?? []} opened={opened} hrefOf={hrefOf} />
          ) : (
            <Drawing of={value} error={error} opened={opened} hrefOf={hrefOf} />
          )}
          {opened !== undefined && <ResourceDetail id={opened} resources={value?.resources ?? []} />}
        </div>
      )}
    </>
  );
}

function ResourceList({
  of,
  opened,
  hrefOf,
}: {
  of: SystemAnswer['resources'];
  opened: string | undefined;
  hrefOf(id: string): string;
}) {
  const { address } = useConsole();
  const filter = parseFilter(address.filter);
  return (
    <Rows
      label="Resources"
      rows={of.filter((resource) => fits({ ...resource }, filter))}
      keyOf={({ logicalId }) => logicalId}
      hrefOf={({ logicalId }) => hrefOf(logicalId)}
      columns={RESOURCE_COLUMNS}
      chosen={opened}
      empty={<Empty title={of.length === 0 ? 'The stack is empty' : 'No resource fits'} />}
    />
  );
}
