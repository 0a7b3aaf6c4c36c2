import type { MetricQuery, MetricSource } from '../../aws/metric.ts';
import { MINUTE_MS } from '../../aws/time-units.ts';

type TimedValue = readonly [atMs: number, value: number];

const NUMBERS = new Map<string, (points: readonly TimedValue[]) => TimedValue | undefined>([
  ['MIN', (points) => extreme(points, (value, least) => value < least)],
  ['MAX', (points) => extreme(points, (value, most) => value > most)],
  ['FIRST', (points) => points.at(0)],
  ['LAST', (points) => points.at(-1)],
]);

/**
 * The label of a metric whose query gives none: its name, with its statistic and its period where those of one
 * request differ (localstack/localstack, tests/aws/services/cloudwatch/test_cloudwatch.snapshot.json, test_label_generation).
 */
export function defaultLabels(queries: readonly MetricQuery[]): (source: MetricSource) => string {
  const sources = queries.flatMap((query) => ('source' in query ? [query.source] : []));
  const areSeveral = (values: readonly (string | number)[]) => new Set(values).size > 1;
  const tellsStat = areSeveral(sources.map(({ stat }) => stat));
  const tellsPeriod = areSeveral(sources.map(({ periodSeconds }) => periodSeconds));
  return ({ metric, stat, periodSeconds }) =>
    [metric.name, ...(tellsStat ? [stat] : []), ...(tellsPeriod ? [periodSeconds] : [])].join(' ');
}

/**
 * A label with what stands between `${` and `}` worked out (CloudWatch guide, "Using dynamic labels"): MIN, MAX, FIRST, LAST and
 * their `_TIME`s, AVG, SUM, DATAPOINT_COUNT, and PROP('…') of a metric. What is not known stays as it is.
 */
export function dynamicLabel(
  label: string,
  points: readonly TimedValue[],
  source: MetricSource | undefined,
  timezone: string,
): string {
  const values = new Map<string, string>();
  return label.replace(/\$\{([^{}]+)\}/g, (whole, name: string) => {
    const value = values.get(name) ?? workedOut(name) ?? whole;
    values.set(name, value);
    return value;
  });

  function workedOut(name: string): string | undefined {
    const property = /^PROP\('([^']+)'\)$/.exec(name)?.[1];
    return property === undefined ? numberOf(name, points, timezone) : propertyOf(source, property);
  }
}

function numberOf(name: string, points: readonly TimedValue[], timezone: string): string | undefined {
  const sum = points.reduce((so, [, value]) => so + value, 0);
  if (name === 'SUM') return String(sum);
  if (name === 'DATAPOINT_COUNT') return String(points.length);
  if (name === 'AVG') return points.length === 0 ? '--' : String(sum / points.length);
  const isTime = name.endsWith('_TIME');
  const find = NUMBERS.get(isTime ? name.slice(0, -'_TIME'.length) : name);
  if (!find) return undefined;
  const point = find(points);
  if (!point) return '--';
  return isTime ? timeIn(point[0], timezone) : String(point[1]);
}

function propertyOf(source: MetricSource | undefined, name: string): string | undefined {
  if (!source) return undefined;
  const { metric, stat, periodSeconds } = source;
  if (name === 'MetricName') return metric.name;
  if (name === 'Namespace') return metric.namespace;
  if (name === 'Stat') return stat;
  if (name === 'Period') return String(periodSeconds);
  if (!name.startsWith('Dim.')) return undefined;
  return metric.dimensions.find((dimension) => `Dim.${dimension.name}` === name)?.value;
}

function timeIn(atMs: number, timezone: string): string {
  const minutes = Number(timezone.slice(1, 3)) * 60 + Number(timezone.slice(3));
  const local = new Date(atMs + (timezone.startsWith('-') ? -minutes : minutes) * MINUTE_MS);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

function extreme(
  points: readonly TimedValue[],
  isFurther: (value: number, than: number) => boolean,
): TimedValue | undefined {
  return points.reduce<TimedValue | undefined>(
    (found, point) => (!found || isFurther(point[1], found[1]) ? point : found),
    undefined,
  );
}
