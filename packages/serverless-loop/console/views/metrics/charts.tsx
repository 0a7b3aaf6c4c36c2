import { useConsole } from '../../app/context.ts';
import { ask } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { useNames } from '../../app/use-names.ts';
import { Empty, Problem, Waiting } from '../../parts/notice.tsx';
import { ChoiceField } from '../../parts/text-field.tsx';
import { useMemo, useState } from '../../preact.ts';
import { fits, parseFilter } from '../../state/filter.ts';
import { chartsOf, type Metric } from '../../state/metric-query.ts';
import { ChartOf } from './chart-of.tsx';
import { useBeat } from './use-beat.ts';

const PERIOD_SECONDS = 60;
/** So many are drawn; a filter finds the others. */
const MAX_CHARTS = 24;
const SPANS = [
  ['900000', 'the last 15 minutes'],
  ['3600000', 'the last hour'],
  ['10800000', 'the last 3 hours'],
] as const;

/** All metrics that came, of the functions and of the loop's services, as live charts. */
export function Charts() {
  const { address } = useConsole();
  const nameOf = useNames();
  const [spanMs, setSpan] = useState('900000');
  const beat = useBeat(10_000);
  const { value, error } = useAnswer('metrics', () => ask<{ metrics: readonly Metric[] }>('metrics'), [beat]);
  const known = JSON.stringify(value?.metrics);
  const charts = useMemo(() => {
    const filter = parseFilter(address.filter);
    return chartsOf(
      value?.metrics.filter((metric) => fits({ ...metric }, filter)) ?? [],
      PERIOD_SECONDS,
      nameOf,
    );
  }, [known, address.filter, nameOf]);
  if (error !== undefined) return <Problem text={error} />;
  if (!value) return <Waiting />;
  if (value.metrics.length === 0)
    return (
      <Empty title="No metric yet">
        <p>
          Each invocation, message and event is measured, and what functions write in the embedded metric
          format.
        </p>
        <a class="button" href="#/do">
          Invoke a function
        </a>
      </Empty>
    );
  return (
    <>
      <div class="fields">
        <ChoiceField label="Time" value={spanMs} of={SPANS} onValue={setSpan} />
      </div>
      <div class="charts">
        {charts.slice(0, MAX_CHARTS).map((chart) => (
          <ChartOf key={`${chart.title} ${chart.stat}`} chart={chart} spanMs={Number(spanMs)} />
        ))}
      </div>
      {charts.length > MAX_CHARTS && (
        <p class="quiet">{charts.length - MAX_CHARTS} more charts are not drawn: a filter finds them.</p>
      )}
      {charts.length === 0 && <p class="quiet">No metric fits the filter.</p>}
    </>
  );
}
