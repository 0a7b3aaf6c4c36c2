import { useConsole } from '../../app/context.ts';
import { openTab, type Tab, Tabs } from '../../parts/tabs.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { Alarms } from './alarms.tsx';
import { Charts } from './charts.tsx';
import { Dashboards } from './dashboards.tsx';

const KINDS: readonly [Tab, ...Tab[]] = [
  ['charts', 'Charts', Charts],
  ['alarms', 'Alarms', Alarms],
  ['dashboards', 'Dashboard', Dashboards],
];

export function MetricsView() {
  const { address } = useConsole();
  const [kind, name, Shown] = openTab(KINDS, address.opened[0]);
  return (
    <>
      <ViewHead
        title="Metrics"
        {...(kind !== 'dashboards' && { placeholder: `Filter ${name.toLowerCase()}` })}
      />
      <Tabs label="Kinds of metrics" tabs={KINDS} open={kind} />
      <div class="sheet">
        <Shown key={kind} />
      </div>
    </>
  );
}
