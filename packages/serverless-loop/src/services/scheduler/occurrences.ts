import { AwsError } from '../../aws/errors.ts';
import { isScheduleExpression } from '../../aws/schedule-expression.ts';
import { nextTime } from '../../aws/schedule-times.ts';
import { DAY_MS } from '../../aws/time-units.ts';
import { type TimeZone, timeZone } from '../../aws/time-zone.ts';
import type { ScheduleModel } from './schedule.ts';

/** Schedules are met within a minute (Scheduler guide, "Schedule types"): a time of the minute that passes is not too late. */
const PRECISION_MS = 60_000;

/** A StartDate may be a little in the past (Scheduler API reference, "CreateSchedule"). */
const EARLIEST_START_MS = 5 * 60_000;

type Timing = Pick<ScheduleModel, 'expression' | 'timeZoneName' | 'startMs' | 'endMs'>;

/** Finds the time that a schedule is first met at. AWS doesn't say what becomes of a one-time schedule for the past: it is not met here. */
export function firstOccurrence(timing: Timing, madeMs: number): number | undefined {
  // The very moment of its making counts.
  const afterMs = isOneTime(timing.expression) ? madeMs - PRECISION_MS : madeMs - 1;
  return nextOccurrence(timing, afterMs, madeMs);
}

/**
 * Finds the first time of a schedule after `afterMs`, in epoch milliseconds; undefined when there is none any more. `madeMs` is when
 * it was made: a rate without StartDate begins then.
 */
export function nextOccurrence(timing: Timing, afterMs: number, madeMs: number): number | undefined {
  const { expression, startMs, endMs } = timing;
  const zone = timeZone(timing.timeZoneName);
  if (!zone) return undefined;
  const once = onceAt(expression, zone);
  // StartDate and EndDate are none of a one-time schedule's (Scheduler API reference, "CreateSchedule").
  if (once !== undefined) return once > afterMs ? once : undefined;
  const sinceMs = startMs ?? madeMs;
  // The beginning itself counts.
  const next = nextTime(expression, Math.max(afterMs, sinceMs - 1), sinceMs, zone);
  return next === undefined || next > (endMs ?? Number.POSITIVE_INFINITY) ? undefined : next;
}

/** True for a schedule that is met once. */
function isOneTime(expression: string): boolean {
  return expression.startsWith('at(');
}

/** The moment of `at(…)`. One that the clock on the wall skips is as long after midnight as it would be without that. */
function onceAt(expression: string, zone: TimeZone): number | undefined {
  const localMs = localOfAt(expression);
  if (localMs === undefined) return undefined;
  const shown = zone.utcOf(localMs);
  if (shown !== undefined) return shown;
  const dayBefore = localMs - DAY_MS;
  return localMs - (zone.localOf(dayBefore) - dayBefore);
}

/** `at(yyyy-mm-ddThh:mm:ss)`. */
function localOfAt(expression: string): number | undefined {
  const [, time] = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression) ?? [];
  if (time === undefined) return undefined;
  const localMs = Date.parse(`${time}Z`);
  // A 30th of February would be taken for the 2nd of March.
  return !Number.isNaN(localMs) && new Date(localMs).toISOString().startsWith(time) ? localMs : undefined;
}

/**
 * Throws the AwsError of Scheduler for times that are none. Invalid expressions in the words of LocalStack's record,
 * tests/aws/services/scheduler/test_scheduler.snapshot.json.
 */
export function refuseTiming({ expression, timeZoneName, startMs, endMs }: Timing, nowMs: number): void {
  if (!isExpression(expression)) throw invalid(`Invalid Schedule Expression ${expression}.`);
  if (!timeZone(timeZoneName)) throw invalid(`Invalid Schedule Expression Timezone ${timeZoneName}.`);
  if (isOneTime(expression)) return;
  if (startMs !== undefined && startMs < nowMs - EARLIEST_START_MS)
    throw invalid('The StartDate you specify cannot be earlier than 5 minutes ago.');
  if (endMs !== undefined && endMs <= (startMs ?? nowMs))
    throw invalid('The EndDate you specify must come after the StartDate, and after now.');
}

/** A rate's unit may be in the plural whatever its number: the guide lists `minutes`, `hours` and `days` alone. */
export function isExpression(text: string): boolean {
  if (localOfAt(text) !== undefined) return true;
  return isScheduleExpression(text.replace(/^rate\((1 (?:minute|hour|day))s\)$/, 'rate($1)'));
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
