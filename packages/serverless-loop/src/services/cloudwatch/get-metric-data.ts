import { integer, list, type Read, required, structure, text } from '../../aws/members.ts';
import { pageSpan } from '../../aws/page.ts';
import { invalidToken, invalidValue, validationError } from './cloudwatch-error.ts';
import { dynamicLabel } from './labels.ts';
import { MetricMathError } from './math/math-error.ts';
import { inOrder, type Series } from './math/values.ts';
import type { MetricStore } from './metric-store.ts';
import { parseQueries } from './parse-metric.ts';
import { type QueryResult, runQueries } from './run-queries.ts';
import { MAX_QUERIES, NEXT, QUERY, SCAN_BY, SPAN } from './shapes.ts';

const MAX_DATAPOINTS = 100_800;

interface Rendered {
  id: string;
  label: string;
  units: readonly string[] | undefined;
  points: (readonly [number, number])[];
}

export const METRIC_DATA = {
  MetricDataQueries: required(list(structure(QUERY), { min: 1, max: MAX_QUERIES })),
  ...SPAN,
  ScanBy: SCAN_BY,
  MaxDatapoints: integer({ min: 1, max: MAX_DATAPOINTS }),
  LabelOptions: structure({ Timezone: text() }),
  ...NEXT,
} as const;

/** Statistics of metrics, and what metric math makes of them. */
export function getMetricData(store: MetricStore, input: Read<typeof METRIC_DATA>) {
  const queries = parseQueries(input.MetricDataQueries);
  const span = { fromMs: input.StartTime, toMs: input.EndTime };
  if (span.fromMs >= span.toMs)
    throw validationError('The parameter StartTime must be less than the parameter EndTime.');
  const newestFirst = input.ScanBy !== 'TimestampAscending';
  const timezone = timezoneOf(input.LabelOptions?.Timezone);

  const results = run(() => runQueries(store, queries, span));
  const rendered = results.flatMap((result) =>
    result.series.map((series) => render(result, series, newestFirst, timezone)),
  );
  const count = rendered.reduce((sum, { points }) => sum + points.length, 0);
  const limit = input.MaxDatapoints ?? MAX_DATAPOINTS;
  const request = { list: 'GetMetricData', limit, token: input.NextToken, refusal: invalidToken };
  const { from, nextToken } = pageSpan(count, request);
  return {
    MetricDataResults: resultsIn(rendered, from, limit),
    NextToken: nextToken,
    Messages: store.hasDropped
      ? [
          {
            Code: 'OldestDropped',
            Value: 'The loop keeps a limited number of metrics; the oldest were dropped.',
          },
        ]
      : [],
  };
}

function run(read: () => QueryResult[]): QueryResult[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof MetricMathError) throw validationError(error.message);
    throw error;
  }
}

function render({ query }: QueryResult, series: Series, newestFirst: boolean, timezone: string): Rendered {
  const points = inOrder(series);
  const label = dynamicLabel(series.label, points, 'source' in query ? query.source : undefined, timezone);
  const { units } = series;
  return { id: query.id, label, units, points: newestFirst ? points.toReversed() : points };
}

/** So many data points from an offset on, over all results. A result that isn't whole says so, and goes on in the next page. */
function resultsIn(results: readonly Rendered[], offset: number, most: number) {
  let skip = offset;
  let left = most;
  return results.flatMap(({ id, label, units, points }) => {
    const taken = points.slice(skip, skip + left);
    const isWhole = skip + taken.length >= points.length;
    const isBefore = skip > 0 && skip >= points.length;
    const isOver = left <= 0 && points.length > 0;
    skip = Math.max(0, skip - points.length);
    left -= taken.length;
    if (isBefore || isOver) return [];
    return [
      {
        Id: id,
        Label: label,
        Timestamps: taken.map(([atMs]) => atMs),
        Values: taken.map(([, value]) => value),
        StatusCode: isWhole ? 'Complete' : 'PartialData',
        ...(units && {
          Messages: [{ Code: 'MultipleUnits', Value: `Multiple units returned: '[${units.join(', ')}]'` }],
        }),
      },
    ];
  });
}

/** `+0100`: what times in labels are shown in. */
function timezoneOf(timezone = '+0000'): string {
  if (!/^[+-]\d{4}$/.test(timezone))
    throw invalidValue(`The value ${timezone} for parameter LabelOptions.Timezone must be like +0130.`);
  return timezone;
}
