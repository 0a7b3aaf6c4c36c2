import { DAY_MS } from './time-units.ts';

/** A time zone, by which the clock on the wall is another than UTC's. */
export interface TimeZone {
  /** The time on the wall, as if it were UTC: epoch milliseconds. */
  localOf(utcMs: number): number;
  /**
   * The moment at which the clock on the wall first shows a time; undefined for one that it never shows, because it was put
   * forward past it.
   */
  utcOf(localMs: number): number | undefined;
}

export const UTC: TimeZone = { localOf: (utcMs) => utcMs, utcOf: (localMs) => localMs };

/** No clock is put forward or back twice within so long. */
const BEYOND_A_CHANGE_MS = DAY_MS;

/** A zone of the IANA's database by its name, e.g. `America/New_York`; undefined for a name that it hasn't. */
export function timeZone(name: string): TimeZone | undefined {
  if (name === 'UTC') return UTC;
  const format = formatOf(name);
  if (!format) return undefined;

  function localOf(utcMs: number): number {
    const parts = new Map(format?.formatToParts(utcMs).map(({ type, value }) => [type, Number(value)]));
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const day = Date.UTC(of('year'), of('month') - 1, of('day'));
    return (
      day +
      ((of('hour') * 60 + of('minute')) * 60 + of('second')) * 1_000 +
      (((utcMs % 1_000) + 1_000) % 1_000)
    );
  }

  return {
    localOf,
    utcOf(localMs) {
      const offsets = [-BEYOND_A_CHANGE_MS, BEYOND_A_CHANGE_MS].map((apart) => {
        const near = localMs + apart;
        return localOf(near) - near;
      });
      const moments = offsets.map((offset) => localMs - offset).toSorted((one, other) => one - other);
      return moments.find((utcMs) => localOf(utcMs) === localMs);
    },
  };
}

function formatOf(timeZoneName: string): Intl.DateTimeFormat | undefined {
  // An offset such as +01:00 is a zone to Intl, and none of the database.
  if (!/^[A-Za-z]/.test(timeZoneName)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: timeZoneName,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
