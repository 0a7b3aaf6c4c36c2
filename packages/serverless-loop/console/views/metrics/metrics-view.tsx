import { useConsole } from '../../app/context.ts';
import { ViewHead } from '../../parts/view-head.tsx';
import { Alarms } from './alarms.tsx';
import { Charts } from './charts.tsx';
import { Dashboards } from './dashboards.tsx';

const KINDS = [
  ['charts', 'Charts', Charts],
  ['alarms', 'Alarms', Alarms],
  ['dashboards', 'Dashboard', Dashboards],
] as const;

export function MetricsView() {
  const { address } = useConsole();
  const [wanted = 'charts'] = address.opened;
  const [kind, name, Shown] = KINDS.find(([known]) => known === wanted) ?? KINDS[0];
  return (
    <>
      <ViewHead
        title="Metrics"
        {...(kind !== 'dashboards' && { placeholder: `Filter ${name.toLowerCase()}` })}
      />
      <nav class="tabs" aria-label="Kinds of metrics">
        {KINDS.map(([each, words]) => (
          <a key={each} href={`#/metrics/${each}`} aria-current={each === kind ? 'page' : undefined}>
            {words}
          </a>
        ))}
      </nav>
      <div class="sheet">
        <Shown key={kind} />
      </div>
    </>
  );
}
