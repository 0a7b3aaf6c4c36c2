const SHORT_PERIODS = [1, 5, 10, 20, 30];

/** Of a metric, in seconds: 1, 5, 10, 20, 30 or a multiple of 60 (CloudWatch API reference, "MetricStat", Period). */
export function isPeriod(seconds: number): boolean {
  return seconds % 60 === 0 || SHORT_PERIODS.includes(seconds);
}
