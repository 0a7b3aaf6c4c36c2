import { describe, expect, test } from 'vitest';
import { nextTime } from '../../../src/aws/schedule-times.ts';
import { timeZone } from '../../../src/aws/time-zone.ts';

const at = (time: string) => Date.parse(`${time}Z`);
const NEW_YORK = timeZone('America/New_York');

test('the clock on the wall is behind UTC in New York, in summer by an hour less', () => {
  expect(NEW_YORK?.localOf(at('2026-01-15T12:00:00'))).toBe(at('2026-01-15T07:00:00'));
  expect(NEW_YORK?.localOf(at('2026-07-15T12:00:00.250'))).toBe(at('2026-07-15T08:00:00.250'));
  expect(NEW_YORK?.utcOf(at('2026-07-15T08:00:00'))).toBe(at('2026-07-15T12:00:00'));
});

test('a time that it skips is no moment, and one that it shows twice is the first', () => {
  expect(NEW_YORK?.utcOf(at('2026-03-08T02:30:00'))).toBeUndefined();
  expect(NEW_YORK?.utcOf(at('2026-11-01T01:30:00'))).toBe(at('2026-11-01T05:30:00'));
});

test.each(['Nowhere/At', '+01:00', '', 'America/'])('%j is no zone', (name) => {
  expect(timeZone(name)).toBeUndefined();
});

/* Scheduler guide, "Daylight savings time on EventBridge Scheduler". */
describe('cron in a zone', () => {
  const next = (expression: string, after: string) => {
    const found = nextTime(expression, at(after), 0, NEW_YORK);
    return found === undefined ? undefined : new Date(found).toISOString().slice(0, 19);
  };

  test('leaves out the day on which its time is skipped', () => {
    expect(next('cron(30 2 * * ? *)', '2026-03-07T08:00:00')).toBe('2026-03-09T06:30:00');
  });

  test('comes once on the day on which its time is shown twice', () => {
    expect(next('cron(30 1 * * ? *)', '2026-10-31T12:00:00')).toBe('2026-11-01T05:30:00');
    expect(next('cron(30 1 * * ? *)', '2026-11-01T05:30:00')).toBe('2026-11-02T06:30:00');
  });

  test('keeps its hour when the clocks are put forward and back', () => {
    expect(next('cron(0 9 * * ? *)', '2026-03-07T20:00:00')).toBe('2026-03-08T13:00:00');
    expect(next('cron(0 9 * * ? *)', '2026-10-31T20:00:00')).toBe('2026-11-01T14:00:00');
  });
});
