import { DAYS, MONTHS } from './schedule-expression.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './time-units.ts';
import { type TimeZone, UTC } from './time-zone.ts';

/** Finds the times of schedules that `isScheduleExpression` takes (EventBridge guide, "Creating a rule that runs on a schedule"). */

const UNIT_MS: Readonly<Record<string, number>> = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS };
/** The calendar repeats after 28 years: a 29th of February on each day of the week is among them. */
const LOOKED_AT_DAYS = 28 * 366;

/**
 * The first time after `afterMs`, in epoch milliseconds; undefined when there is none any more. A rate counts from `sinceMs`.
 * Cron goes by the clock of the zone: a time that it skips is left out, and one that it shows twice counts the first time
 * (EventBridge Scheduler guide, "Daylight savings time on EventBridge Scheduler"). Rules have no zone but UTC.
 */
export function nextTime(
  expression: string,
  afterMs: number,
  sinceMs: number,
  zone: TimeZone = UTC,
): number | undefined {
  const [, value = '', unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const rateMs = Number(value) * (UNIT_MS[unit] ?? 0);
  if (rateMs > 0) return sinceMs + (Math.floor((afterMs - sinceMs) / rateMs) + 1) * rateMs;
  const [, cron = ''] = /^cron\((.*)\)$/.exec(expression) ?? [];
  return nextOfCron(cron.trim().toUpperCase().split(/\s+/), afterMs, zone);
}

function nextOfCron(fields: readonly string[], afterMs: number, zone: TimeZone): number | undefined {
  const [minutes = '*', hours = '*', ofMonth = '*', months = '*', ofWeek = '*', years = '*'] = fields;
  const inMonths = valuesOf(months, 1, 12, MONTHS);
  const inYears = valuesOf(years, 1970, 2199, []);
  const atMinutes = valuesOf(minutes, 0, 59, []);
  const atHours = valuesOf(hours, 0, 23, []);
  const firstDayMs = Math.floor(zone.localOf(afterMs) / DAY_MS) * DAY_MS;
  const last = Math.max(...inYears);
  for (let ahead = 0; ahead <= LOOKED_AT_DAYS; ahead += 1) {
    const dayMs = firstDayMs + ahead * DAY_MS;
    const day = new Date(dayMs);
    if (day.getUTCFullYear() > last) return undefined;
    if (!inYears.has(day.getUTCFullYear()) || !inMonths.has(day.getUTCMonth() + 1)) continue;
    if (!isOnDay(day, ofMonth, ofWeek)) continue;
    for (const hour of atHours)
      for (const minute of atMinutes) {
        const atMs = zone.utcOf(dayMs + (hour * 60 + minute) * MINUTE_MS);
        if (atMs !== undefined && atMs > afterMs) return atMs;
      }
  }
  return undefined;
}

/** One of the two is a question mark. */
function isOnDay(day: Date, ofMonth: string, ofWeek: string): boolean {
  return ofMonth === '?'
    ? ofWeek.split(',').some((part) => isWeekday(day, part))
    : ofMonth.split(',').some((part) => isMonthDay(day, part));
}

function isMonthDay(day: Date, part: string): boolean {
  const date = day.getUTCDate();
  const last = lastOfMonth(day);
  if (part === 'L') return date === last;
  if (part === 'LW') return date === nearestWorkday(day, last);
  const [, wanted] = /^(\d+)W$/.exec(part) ?? [];
  if (wanted !== undefined) return Number(wanted) <= last && date === nearestWorkday(day, Number(wanted));
  return valuesOf(part, 1, 31, []).has(date);
}

function isWeekday(day: Date, part: string): boolean {
  const ofWeek = day.getUTCDay() + 1;
  const date = day.getUTCDate();
  // Alone, the last day of the week.
  if (part === 'L') return ofWeek === 7;
  const [, named = '', kind, nth] = /^([1-7]|[A-Z]{3})(L|#)(\d?)$/.exec(part) ?? [];
  if (kind === undefined) return valuesOf(part, 1, 7, DAYS).has(ofWeek);
  if (!valuesOf(named, 1, 7, DAYS).has(ofWeek)) return false;
  return kind === 'L' ? date + 7 > lastOfMonth(day) : Math.ceil(date / 7) === Number(nth);
}

function lastOfMonth(day: Date): number {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
}

/** The Monday to Friday that is nearest to a date, in the same month. */
function nearestWorkday(day: Date, date: number): number {
  const weekday = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), date)).getUTCDay();
  if (weekday === 6) return date > 1 ? date - 1 : date + 2;
  if (weekday === 0) return date < lastOfMonth(day) ? date + 1 : date - 2;
  return date;
}

/** In ascending order. A range whose end is before its beginning goes on from the least value, as SAT-SUN does. */
function valuesOf(field: string, from: number, to: number, names: readonly string[]): Set<number> {
  const numberOf = (text: string) => (names.includes(text) ? names.indexOf(text) + from : Number(text));
  const found = field.split(',').flatMap((part) => {
    const [base = '*', step = '1'] = part.split('/');
    const [first = '', last] = base.split('-');
    const begin = base === '*' ? from : numberOf(first);
    const end = last !== undefined ? numberOf(last) : base === '*' || part.includes('/') ? to : begin;
    const span = end >= begin ? end - begin : end - begin + (to - from + 1);
    return Array.from({ length: Math.floor(span / Number(step)) + 1 }, (_, index) => {
      const value = begin + index * Number(step);
      return value > to ? value - (to - from + 1) : value;
    });
  });
  return new Set(found.toSorted((one, other) => one - other));
}
