import type { Points } from '../time-series.ts';
import { MetricMathError } from './math-error.ts';

/** A series of values over the periods of a grid. */
export interface Series {
  kind: 'series';
  /** The begin of every period, with a value or without. */
  grid(): readonly number[];
  points: Points;
  periodSeconds: number;
  label: string;
}

export type MathValue =
  | { kind: 'number'; value: number }
  | Series
  | { kind: 'list'; items: Series[] }
  | { kind: 'text'; value: string }
  | { kind: 'word'; name: string };

export function number(value: number): MathValue {
  return { kind: 'number', value };
}

/** A series like another, with other values; those that are no number are left out, as after a division by zero. */
export function seriesLike(series: Series, points: Iterable<readonly [number, number]>): Series {
  const kept = new Map<number, number>();
  for (const [atMs, value] of points) if (Number.isFinite(value)) kept.set(atMs, value);
  return { ...series, points: kept };
}

/** One value from each of a series. */
export function mapSeries(series: Series, change: (value: number, atMs: number) => number): Series {
  return seriesLike(
    series,
    [...series.points].map(([atMs, value]) => [atMs, change(value, atMs)] as const),
  );
}

/** The values in the order of their times. */
export function inOrder({ points }: Series): (readonly [atMs: number, value: number])[] {
  return [...points].sort(([a], [b]) => a - b);
}

/** The same function on a series, or on each of a list. */
export function eachSeries(
  name: string,
  value: MathValue | undefined,
  change: (series: Series) => Series,
): MathValue {
  if (value?.kind === 'series') return change(value);
  if (value?.kind === 'list') return { kind: 'list', items: value.items.map(change) };
  throw new MetricMathError(`${name} takes a time series or a list of them, found ${describe(value)}`);
}

export function describe(value: MathValue | undefined): string {
  if (!value) return 'nothing';
  if (value.kind === 'series') return 'a time series';
  if (value.kind === 'list') return 'a list of time series';
  if (value.kind === 'word') return value.name;
  return JSON.stringify(value.value);
}
