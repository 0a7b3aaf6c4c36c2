import { integer, list, number, structure, timestamp } from '../../../aws/members.ts';
import { durationOf, rounded, type Segment } from '../trace/segment.ts';

/** API reference, ServiceStatistics and EdgeStatistics. */
export const STATISTICS = structure({
  OkCount: integer(),
  ErrorStatistics: structure({ ThrottleCount: integer(), OtherCount: integer(), TotalCount: integer() }),
  FaultStatistics: structure({ OtherCount: integer(), TotalCount: integer() }),
  TotalCount: integer(),
  TotalResponseTime: number(),
});

export const HISTOGRAM = list(structure({ Value: number(), Count: integer() }));

export const TIMES = { StartTime: timestamp(), EndTime: timestamp() } as const;

/** Counts how the segments of a service, or of calls to it, went. */
export function statisticsOf(segments: Segment[]) {
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

/** Counts how often each time came, in milliseconds. */
export function histogramOf(segments: Segment[]) {
  const counts = new Map<number, number>();
  for (const segment of segments) {
    if (segment.endTime === undefined) continue;
    const value = rounded(durationOf(segment));
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([one], [other]) => one - other).map(([Value, Count]) => ({ Value, Count }));
}

/** From the first to the last moment of these segments, in epoch milliseconds. */
export function timesOf(segments: Segment[]): { StartTime: number; EndTime: number } {
  const start = segments.reduce(
    (first, { startTime }) => Math.min(first, startTime),
    Number.POSITIVE_INFINITY,
  );
  const end = segments.reduce((last, { startTime, endTime = startTime }) => Math.max(last, endTime), 0);
  return { StartTime: start * 1_000, EndTime: end * 1_000 };
}
