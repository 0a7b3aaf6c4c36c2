import type { JsonObject } from '../../../aws/operation.ts';
import { durationOf, type Segment } from '../trace/segment.ts';

/** How the segments of a service, or of calls to it, went (API reference, ServiceStatistics and EdgeStatistics). */
export function statisticsOf(segments: Segment[]): JsonObject {
  const ended = segments.filter(({ endTime }) => endTime !== undefined);
  const count = (test: (segment: Segment) => boolean) => ended.filter(test).length;
  const faults = count(({ fault }) => fault);
  const throttles = count(({ throttle }) => throttle);
  const errors = count(({ error, throttle, fault }) => (error || throttle) && !fault);
  return {
    OkCount: count(({ error, fault, throttle }) => !error && !fault && !throttle),
    ErrorStatistics: { ThrottleCount: throttles, OtherCount: errors - throttles, TotalCount: errors },
    FaultStatistics: { OtherCount: faults, TotalCount: faults },
    TotalCount: ended.length,
    TotalResponseTime: rounded(ended.reduce((sum, segment) => sum + durationOf(segment), 0)),
  };
}

/** How often each time came, in milliseconds. */
export function histogramOf(segments: Segment[]): JsonObject[] {
  const counts = new Map<number, number>();
  for (const segment of segments) {
    if (segment.endTime === undefined) continue;
    const value = rounded(durationOf(segment));
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([one], [other]) => one - other).map(([Value, Count]) => ({ Value, Count }));
}

/** From the first to the last moment of these segments, in epoch seconds. */
export function timesOf(segments: Segment[]): { StartTime: number; EndTime: number } {
  return {
    StartTime: segments.reduce(
      (first, { startTime }) => Math.min(first, startTime),
      Number.POSITIVE_INFINITY,
    ),
    EndTime: segments.reduce((last, { startTime, endTime = startTime }) => Math.max(last, endTime), 0),
  };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
