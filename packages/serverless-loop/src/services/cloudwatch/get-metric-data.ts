import type { JsonObject } from '../../aws/operation.ts';
import { invalidValue, missingParameter, validationError } from './cloudwatch-error.ts';
import { optionalChoice, optionalInteger, optionalObject, optionalText, requiredTime } from './input.ts';
import { dynamicLabel } from './labels.ts';
import { MetricMathError } from './math/math-error.ts';
import { inOrder, type Series } from './math/values.ts';
import type { MetricStore } from './metric-store.ts';
import { offsetIn, tokenFor } from './paging.ts';
import { parseQueries } from './parse-metric.ts';
import { type QueryResult, runQueries } from './run-queries.ts';

const MOST_DATAPOINTS = 100_800;

interface Rendered {
  id: string;
  label: string;
  points: (readonly [number, number])[];
}

/** GetMetricData: statistics of metrics, and what metric math makes of them. */
export function getMetricData(store: MetricStore, input: JsonObject): JsonObject {
  const queries = parseQueries(input, 'MetricDataQueries');
  if (queries.length === 0) throw missingParameter('MetricDataQueries');
  const span = { fromMs: requiredTime(input, 'StartTime'), toMs: requiredTime(input, 'EndTime') };
  if (span.fromMs >= span.toMs)
    throw validationError('The parameter StartTime must be less than the parameter EndTime.');
  const newestFirst =
    optionalChoice(input, 'ScanBy', ['TimestampDescending', 'TimestampAscending']) !== 'TimestampAscending';
  const most =
    optionalInteger(input, 'MaxDatapoints', { least: 1, most: MOST_DATAPOINTS }) ?? MOST_DATAPOINTS;
  const token = optionalText(input, 'NextToken');
  const timezone = timezoneOf(optionalObject(input, 'LabelOptions'));

  const results = run(() => runQueries(store, queries, span));
  const rendered = results.flatMap((result) =>
    result.series.map((series) => render(result, series, newestFirst, timezone)),
  );
  const page = pageOf(rendered, token === undefined ? 0 : offsetIn(token), most);
  return {
    MetricDataResults: page.results,
    ...(page.next !== undefined && { NextToken: tokenFor(page.next) }),
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
  return { id: query.id, label, points: newestFirst ? points.toReversed() : points };
}

/** So many data points from an offset on, over all results. A result that isn't whole says so, and goes on in the next page. */
function pageOf(
  results: readonly Rendered[],
  offset: number,
  most: number,
): { results: JsonObject[]; next?: number } {
  let skip = offset;
  let left = most;
  const page = results.flatMap(({ id, label, points }) => {
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
        Timestamps: taken.map(([atMs]) => atMs / 1000),
        Values: taken.map(([, value]) => value),
        StatusCode: isWhole ? 'Complete' : 'PartialData',
      },
    ];
  });
  const total = results.reduce((sum, { points }) => sum + points.length, 0);
  return offset + most < total ? { results: page, next: offset + most } : { results: page };
}

/** `+0100`: what times in labels are shown in. */
function timezoneOf(options: JsonObject | undefined): string {
  const timezone = (options && optionalText(options, 'Timezone')) ?? '+0000';
  if (!/^[+-]\d{4}$/.test(timezone))
    throw invalidValue(`The value ${timezone} for parameter LabelOptions.Timezone must be like +0130.`);
  return timezone;
}
