/** The identity of a metric (CloudWatch guide, "Metrics concepts"): the order of its dimensions makes no difference. */
export interface Metric {
  namespace: string;
  name: string;
  dimensions: readonly Dimension[];
}

export interface Dimension {
  name: string;
  value: string;
}

/** Every unit there is (CloudWatch API reference, "MetricDatum"). */
export const METRIC_UNITS = [
  'Seconds',
  'Microseconds',
  'Milliseconds',
  'Bytes',
  'Kilobytes',
  'Megabytes',
  'Gigabytes',
  'Terabytes',
  'Bits',
  'Kilobits',
  'Megabits',
  'Gigabits',
  'Terabits',
  'Percent',
  'Count',
  'Bytes/Second',
  'Kilobytes/Second',
  'Megabytes/Second',
  'Gigabytes/Second',
  'Terabytes/Second',
  'Bits/Second',
  'Kilobits/Second',
  'Megabits/Second',
  'Gigabits/Second',
  'Terabits/Second',
  'Count/Second',
  'None',
] as const;

export type MetricUnit = (typeof METRIC_UNITS)[number];

export function metricUnit(text: string): MetricUnit | undefined {
  return METRIC_UNITS.find((unit) => unit === text);
}

/** A statistic of a metric over time. */
export interface MetricSource {
  metric: Metric;
  /** E.g. `Sum` or `p99`. */
  stat: string;
  periodSeconds: number;
  unit?: MetricUnit;
}

/** One of a request's or an alarm's metrics and expressions, which name each other by id. */
export type MetricQuery = {
  id: string;
  label?: string;
  /** True when it is part of the result, and not only of others' expressions. */
  returnsData: boolean;
} & ({ source: MetricSource } | { expression: string; periodSeconds?: number });
