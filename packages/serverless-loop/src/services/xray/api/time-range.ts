import { required, timestamp } from '../../../aws/members.ts';

export const RANGE = { StartTime: required(timestamp()), EndTime: required(timestamp()) } as const;

/** A span of time in epoch seconds, as segments and the ids of traces have them. */
export interface TimeRange {
  start: number;
  end: number;
}

export function rangeOf({ StartTime, EndTime }: { StartTime: number; EndTime: number }): TimeRange {
  return { start: StartTime / 1_000, end: EndTime / 1_000 };
}

/** A trace's id begins with the second in which it began. */
export function isTraceIdWithin(traceId: string, { start, end }: TimeRange): boolean {
  const epoch = Number.parseInt(traceId.split('-')[1] ?? '', 16);
  return epoch >= Math.floor(start) && epoch <= end;
}
