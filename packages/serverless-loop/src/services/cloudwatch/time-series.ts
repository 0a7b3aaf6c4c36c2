import type { MetricSource } from '../../aws/metric.ts';
import type { Bucket } from './bucket.ts';
import type { MetricStore } from './metric-store.ts';
import type { Statistic } from './statistics.ts';

/** Values by time: begins of periods, epoch milliseconds. A period without data has none. */
export type Points = ReadonlyMap<number, number>;

export interface TimeSpan {
  /** Inclusive, epoch milliseconds. */
  fromMs: number;
  /** Exclusive. */
  toMs: number;
}

/** Begins are rounded down to the minute, or to the period where that is shorter (API reference, "GetMetricData"). */
export function alignedSpan({ fromMs, toMs }: TimeSpan, periodSeconds: number): TimeSpan {
  const stepMs = Math.min(periodSeconds, 60) * 1000;
  return { fromMs: Math.floor(fromMs / stepMs) * stepMs, toMs };
}

/** The begin of every period of the span. */
export function gridOf({ fromMs, toMs }: TimeSpan, periodSeconds: number): number[] {
  const stepMs = periodSeconds * 1000;
  const length = Math.max(0, Math.ceil((toMs - fromMs) / stepMs));
  return Array.from({ length }, (_, index) => fromMs + index * stepMs);
}

/** The buckets of each period of a span, by the period's begin. */
export function bucketsByPeriod(
  store: MetricStore,
  { metric, periodSeconds, unit }: Omit<MetricSource, 'stat'>,
  { fromMs, toMs }: TimeSpan,
): Map<number, Bucket[]> {
  const stepMs = periodSeconds * 1000;
  const periods = new Map<number, Bucket[]>();
  for (const bucket of store.buckets(metric, { fromMs, toMs, ...(unit && { unit }) })) {
    const atMs = fromMs + Math.floor((bucket.atMs - fromMs) / stepMs) * stepMs;
    const buckets = periods.get(atMs);
    if (buckets) buckets.push(bucket);
    else periods.set(atMs, [bucket]);
  }
  return periods;
}

/** A statistic over time. The span must be aligned. */
export function readPoints(
  store: MetricStore,
  source: Omit<MetricSource, 'stat'>,
  statistic: Statistic,
  span: TimeSpan,
): Points {
  const points = new Map<number, number>();
  for (const [atMs, buckets] of bucketsByPeriod(store, source, span)) {
    const value = statistic(buckets);
    if (value !== undefined) points.set(atMs, value);
  }
  return points;
}
