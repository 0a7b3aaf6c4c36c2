import type { MetricQuery } from '../../aws/metric.ts';
import { defaultLabels } from './labels.ts';
import { evaluateMath, type MathScope, seriesIn } from './math/evaluate.ts';
import { parseExpression } from './math/expression.ts';
import { MetricMathError } from './math/math-error.ts';
import type { MathValue, Series } from './math/values.ts';
import type { MetricStore } from './metric-store.ts';
import { findStatistic } from './statistics.ts';
import { alignedSpan, gridOf, readPoints, type TimeSpan, unitsIn } from './time-series.ts';

/** The series of one query: one for a metric, maybe several for an expression. */
export interface QueryResult {
  query: MetricQuery;
  series: Series[];
}

/** Periods of all queries together: more would fill this machine's memory with zeros. */
const MAX_PERIODS = 1_000_000;
/** Values that all steps of all expressions together may make. */
const MAX_WORK = 2_000_000;

/** Reads the metrics that queries name and works their expressions out. Throws MetricMathError. */
export function runQueries(
  store: MetricStore,
  queries: readonly MetricQuery[],
  span: TimeSpan,
): QueryResult[] {
  refuseTooMany(queries, span);
  const defaultLabel = defaultLabels(queries);
  const results = new Map<string, MathValue>();
  const underWay = new Set<string>();
  let values = 0;
  let work = 0;

  function spend(more: number): void {
    work += more;
    if (work > MAX_WORK)
      throw new MetricMathError(
        `The expressions make more than ${MAX_WORK} values on their way. You may reduce them by increasing Period, or decreasing the time range.`,
      );
  }

  function resolve(id: string): MathValue {
    const known = results.get(id);
    if (known) return known;
    const query = queries.find((it) => it.id === id);
    if (!query) throw new MetricMathError(`Undefined variable ${id}`);
    if (underWay.has(id)) throw new MetricMathError(`The expression ${id} refers to itself`);
    underWay.add(id);
    const value = 'source' in query ? metricSeries(query) : expressionValue(query);
    underWay.delete(id);
    results.set(id, value);
    if (value.kind === 'list') refuseTooLarge(value.items);
    return value;
  }

  /** A list is one query only, but each series in it may be as long as a metric's. */
  function refuseTooLarge(items: readonly Series[]): void {
    for (const { points } of items) values += points.size;
    if (values > MAX_PERIODS)
      throw new MetricMathError(
        `The lists of time series have more than ${MAX_PERIODS} values. You may reduce them by increasing Period, or decreasing the time range.`,
      );
  }

  function metricSeries(query: Extract<MetricQuery, { source: unknown }>): Series {
    const { source, label } = query;
    const statistic = findStatistic(source.stat);
    if (!statistic) throw new MetricMathError(`No such statistic: ${source.stat}`);
    const aligned = alignedSpan(span, source.periodSeconds);
    // Different units are never added up (LocalStack's test_cloudwatch.snapshot.json, test_get_metric_data_different_units_no_unit_in_query).
    const units = source.unit === undefined ? unitsIn(store, source, aligned) : [];
    const [unit, ...others] = units;
    const read = unit !== undefined && others.length > 0 ? { ...source, unit } : source;
    return {
      kind: 'series',
      grid: () => gridOf(aligned, source.periodSeconds),
      points: readPoints(store, read, statistic, aligned),
      periodSeconds: source.periodSeconds,
      label: label ?? defaultLabel(source),
      ...(others.length > 0 && { units }),
    };
  }

  function expressionValue({
    id,
    expression,
    periodSeconds,
  }: Extract<MetricQuery, { expression: string }>): MathValue {
    try {
      const scope: MathScope = {
        valueOf: resolve,
        metrics,
        spend,
        empty: emptySeries(id, periodSeconds ?? finestPeriod(queries)),
      };
      return evaluateMath(parseExpression(expression), scope);
    } catch (error) {
      if (!(error instanceof MetricMathError) || error.message.startsWith('Error in expression')) throw error;
      throw new MetricMathError(`Error in expression '${id}': ${error.message}`, { cause: error });
    }
  }

  function metrics(): { id: string; series: Series }[] {
    return queries.flatMap((query) =>
      'source' in query ? [{ id: query.id, series: seriesOf(query.id) }] : [],
    );
  }

  function seriesOf(id: string): Series {
    const value = resolve(id);
    if (value.kind === 'series') return value;
    throw new MetricMathError(`${id} is no time series`);
  }

  function emptySeries(label: string, periodSeconds: number): Series {
    const grid = () => gridOf(alignedSpan(span, periodSeconds), periodSeconds);
    return { kind: 'series', grid, points: new Map(), periodSeconds, label };
  }

  return queries
    .filter(({ returnsData }) => returnsData)
    .map((query) => ({ query, series: labelled(query, resultOf(query.id)) }));

  function resultOf(id: string): Series[] {
    const value = resolve(id);
    try {
      return seriesIn(value);
    } catch (error) {
      if (!(error instanceof MetricMathError)) throw error;
      throw new MetricMathError(`Error in expression '${id}': ${error.message}`, { cause: error });
    }
  }
}

function refuseTooMany(queries: readonly MetricQuery[], { fromMs, toMs }: TimeSpan): void {
  const finest = finestPeriod(queries);
  const periods = queries.reduce((sum, query) => {
    const seconds = 'source' in query ? query.source.periodSeconds : (query.periodSeconds ?? finest);
    return sum + (toMs - fromMs) / (seconds * 1000);
  }, 0);
  if (periods > MAX_PERIODS)
    throw new MetricMathError(
      `You have requested up to ${Math.ceil(periods)} datapoints, which exceeds the limit of ${MAX_PERIODS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
}

function finestPeriod(queries: readonly MetricQuery[]): number {
  const periods = queries.flatMap((query) => ('source' in query ? [query.source.periodSeconds] : []));
  return periods.length === 0 ? 60 : Math.min(...periods);
}

/** A single series has its query's label, several the label before each one's own (guide, "Adding a math expression to a graph"). */
function labelled(query: MetricQuery, series: Series[]): Series[] {
  if ('source' in query) return series;
  const [only, ...more] = series;
  if (only && more.length === 0) return [{ ...only, label: query.label ?? query.id }];
  return series.map((one) => ({ ...one, label: [query.label, one.label].filter(Boolean).join(' ') }));
}
