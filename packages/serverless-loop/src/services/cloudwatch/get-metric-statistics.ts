import { list, type Read, required, text } from '../../aws/members.ts';
import type { Bucket } from './bucket.ts';
import { invalidCombination, invalidValue, missingParameter } from './cloudwatch-error.ts';
import type { MetricStore } from './metric-store.ts';
import { parseMetric, parsePeriod } from './parse-metric.ts';
import { PERIOD, REQUIRED_METRIC, SPAN, UNIT } from './shapes.ts';
import { findStatistic, SIMPLE_STATISTICS } from './statistics.ts';
import { alignedSpan, bucketsByPeriod } from './time-series.ts';

const MAX_DATAPOINTS = 1_440;

export const METRIC_STATISTICS = {
  ...REQUIRED_METRIC,
  ...SPAN,
  Period: required(PERIOD),
  Statistics: list(text(), { max: 5 }),
  ExtendedStatistics: list(text(), { max: 10 }),
  Unit: UNIT,
} as const;

/** Several statistics of one metric. */
export function getMetricStatistics(store: MetricStore, input: Read<typeof METRIC_STATISTICS>) {
  const { Unit: unit, Statistics: simple = [], ExtendedStatistics: extended = [] } = input;
  const metric = parseMetric(input);
  const periodSeconds = parsePeriod(input.Period);
  const asked = { fromMs: input.StartTime, toMs: input.EndTime };
  if (asked.fromMs >= asked.toMs)
    throw invalidCombination('The parameter StartTime must be less than the parameter EndTime.');
  if (simple.length + extended.length === 0) throw missingParameter('Statistics');
  const unknown =
    simple.find((name) => !SIMPLE_STATISTICS.includes(name)) ??
    extended.find((name) => SIMPLE_STATISTICS.includes(name) || !findStatistic(name));
  if (unknown !== undefined)
    throw invalidValue(
      `The value ${unknown} for parameter Statistics or ExtendedStatistics is not supported.`,
    );

  const span = alignedSpan(asked, periodSeconds);
  const count = Math.ceil((span.toMs - span.fromMs) / (periodSeconds * 1000));
  if (count > MAX_DATAPOINTS)
    throw invalidCombination(
      `You have requested up to ${count} datapoints, which exceeds the limit of ${MAX_DATAPOINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  const periods = bucketsByPeriod(store, { metric, periodSeconds, ...(unit && { unit }) }, span);
  const datapoints = [...periods]
    .sort(([a], [b]) => a - b)
    .flatMap(([atMs, buckets]) =>
      byUnit(buckets).map((ofUnit) => ({
        Timestamp: atMs,
        ...valuesOf(simple, ofUnit),
        ...(extended.length > 0 && { ExtendedStatistics: valuesOf(extended, ofUnit) }),
        Unit: ofUnit[0]?.unit,
      })),
    );
  return { Label: metric.name, Datapoints: datapoints };
}

/** Without a unit in the request, data of each unit come apart (API reference, "GetMetricStatistics"). */
function byUnit(buckets: Bucket[]): Bucket[][] {
  return [...Map.groupBy(buckets, ({ unit }) => unit).values()];
}

function valuesOf(names: string[], buckets: Bucket[]): Record<string, number> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = findStatistic(name)?.(buckets);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
