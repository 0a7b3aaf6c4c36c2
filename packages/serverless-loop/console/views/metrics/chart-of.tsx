import { send } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import type { Chart } from '../../state/metric-query.ts';
import { type Series, shortNumber } from '../../state/series.ts';
import { shownInRow } from '../../state/words.ts';
import { LineChart } from './line-chart.tsx';
import { useBeat } from './use-beat.ts';

/** A chart with its title, its newest values in words, and its lines. */
export function ChartOf({ chart: { title, stat, queries }, spanMs }: { chart: Chart; spanMs: number }) {
  const beat = useBeat(5_000);
  const { value, error } = useAnswer(
    JSON.stringify([queries, spanMs]),
    () =>
      send<{ series: readonly Series[] }>('metrics/query', {
        from: new Date(Date.now() - spanMs).toISOString(),
        queries,
      }),
    [beat],
  );
  const series = value?.series ?? [];
  const hasPoints = series.some(({ points }) => points.length > 0);
  return (
    <figure class="chart card">
      <figcaption class="card-head">
        <h2 class="section-title">{shownInRow(title)}</h2>
        <span class="quiet small">{stat}</span>
      </figcaption>
      {error !== undefined && <p class="bad said small">{error}</p>}
      {hasPoints ? (
        <LineChart series={series} spanMs={spanMs} />
      ) : (
        <p class="chart-empty quiet">No value in this time.</p>
      )}
      <ul class="legend small">
        {series.map(({ id, label, points }, at) => (
          <li key={id}>
            <span class={`stroke stroke-${at % 4}`} aria-hidden="true" />
            <span class="legend-label">{shownInRow(label)}</span>
            <strong>{points.length === 0 ? '–' : shortNumber(points.at(-1)?.value ?? 0)}</strong>
          </li>
        ))}
      </ul>
    </figure>
  );
}
