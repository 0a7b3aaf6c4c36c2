import { MetricMathError } from './math-error.ts';
import { describe, type MathValue, number, type Series, seriesLike } from './values.ts';

/** One number for many; `size` is how many there would be with nothing missing. */
type Aggregate = (values: number[], size: number) => number;

/** Missing values count as 0 for an average of several series (CloudWatch guide, AVG). */
const AGGREGATES = new Map<string, Aggregate>([
  ['SUM', sum],
  ['AVG', (values, size) => sum(values) / size],
  ['MIN', (values) => values.reduce((least, value) => Math.min(least, value), Infinity)],
  ['MAX', (values) => values.reduce((most, value) => Math.max(most, value), -Infinity)],
  ['DATAPOINT_COUNT', (values) => values.length],
  [
    'STDDEV',
    (values) => {
      const mean = sum(values) / values.length;
      return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length);
    },
  ],
]);

export function isAggregate(name: string): boolean {
  return AGGREGATES.has(name);
}

/** Of one series a number, of several a series. */
export function aggregate(name: string, [value, ...rest]: MathValue[]): MathValue {
  if (rest.length > 0) throw new MetricMathError(`${name} takes one argument`);
  if (value?.kind === 'series') return number(aggregateOf(name, value));
  if (value?.kind === 'list') return across(name, value.items);
  throw new MetricMathError(`${name} takes a time series or a list of them, found ${describe(value)}`);
}

/** The number that a series comes to; an empty one has none but a sum and a count. */
export function aggregateOf(name: string, { points }: Series): number {
  const values = [...points.values()];
  const compute = AGGREGATES.get(name);
  if (!compute) throw new MetricMathError(`${name} is no function that makes one number of many`);
  return values.length > 0 || name === 'SUM' || name === 'DATAPOINT_COUNT'
    ? compute(values, values.length)
    : Number.NaN;
}

function across(name: string, items: Series[]): MathValue {
  const [first] = items;
  if (!first) throw new MetricMathError(`${name} of no time series at all`);
  const compute = AGGREGATES.get(name) ?? sum;
  const times = new Set(items.flatMap(({ points }) => [...points.keys()]));
  return seriesLike(
    { ...first, label: name },
    [...times].map((atMs) => {
      const values = items.flatMap(({ points }) => points.get(atMs) ?? []);
      return [atMs, compute(values, items.length)] as const;
    }),
  );
}

function sum(values: number[]): number {
  return values.reduce((so, value) => so + value, 0);
}
