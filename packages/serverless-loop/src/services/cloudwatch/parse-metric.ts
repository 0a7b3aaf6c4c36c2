import type { Read } from '../../aws/members.ts';
import type { Dimension, Metric, MetricQuery, MetricSource } from '../../aws/metric.ts';
import { invalidCombination, invalidValue, missingParameter, validationError } from './cloudwatch-error.ts';
import { isPeriod } from './period.ts';
import type { METRIC, METRIC_STAT, QUERY } from './shapes.ts';
import { findStatistic } from './statistics.ts';

export function parseMetric({ Namespace, MetricName, Dimensions }: Read<typeof METRIC>): Metric {
  if (!Namespace) throw missingParameter('Namespace');
  if (!MetricName) throw missingParameter('MetricName');
  return { namespace: Namespace, name: MetricName, dimensions: parseDimensions(Dimensions) };
}

export function parseDimensions(given: Read<typeof METRIC>['Dimensions'] = []): Dimension[] {
  const dimensions = given.map(({ Name, Value }) => ({ name: Name, value: Value }));
  const names = new Set(dimensions.map(({ name }) => name));
  if (names.size < dimensions.length) throw invalidValue('The parameter Dimensions names a dimension twice.');
  return dimensions;
}

export function parsePeriod(seconds: number): number {
  if (isPeriod(seconds)) return seconds;
  throw invalidValue('The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.');
}

/** The members of MetricDataQueries, or an alarm's Metrics. */
export function parseQueries(given: readonly Read<typeof QUERY>[]): MetricQuery[] {
  const queries = given.map(parseQuery);
  const ids = new Set(queries.map(({ id }) => id));
  if (ids.size < queries.length)
    throw validationError('The values for parameter id in MetricDataQueries are not unique.');
  return queries;
}

function parseQuery({
  Id,
  Label,
  ReturnData,
  MetricStat,
  Expression,
  Period,
}: Read<typeof QUERY>): MetricQuery {
  if (!/^[a-z][A-Za-z0-9_]{0,254}$/.test(Id))
    throw validationError(
      `The value ${Id} for parameter MetricDataQueries.member.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
    );
  const base = { id: Id, ...(Label !== undefined && { label: Label }), returnsData: ReturnData ?? true };
  if ((MetricStat === undefined) === (Expression === undefined))
    throw invalidCombination(`The query ${Id} must have either MetricStat or Expression.`);
  if (MetricStat) return { ...base, source: parseSource(MetricStat) };
  const period = Period === undefined ? {} : { periodSeconds: parsePeriod(Period) };
  return { ...base, expression: Expression ?? '', ...period };
}

function parseSource({ Metric, Stat, Period, Unit }: Read<typeof METRIC_STAT>): MetricSource {
  return {
    metric: parseMetric(Metric),
    stat: parseStat(Stat),
    periodSeconds: parsePeriod(Period),
    ...(Unit && { unit: Unit }),
  };
}

export function parseStat(stat: string): string {
  if (!findStatistic(stat))
    throw invalidValue(`The value ${stat} for parameter Stat is not a valid statistic.`);
  return stat;
}

export function renderMetric({ namespace, name, dimensions }: Metric) {
  return { Namespace: namespace, MetricName: name, Dimensions: renderDimensions(dimensions) };
}

export function renderDimensions(dimensions: readonly Dimension[]) {
  return dimensions.map(({ name, value }) => ({ Name: name, Value: value }));
}
