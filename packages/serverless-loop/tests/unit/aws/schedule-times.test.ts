import { expect, test } from 'vitest';
import { nextTime } from '../../../src/aws/schedule-times.ts';

/** A Saturday. */
const NOW = Date.parse('2026-11-28T10:12:30Z');

/* Expressions of EventBridge's guide, "Creating a rule that runs on a schedule", "Cron expressions", and of its wildcards. */
test.each([
  ['cron(15 10 * * ? *)', '2026-11-28T10:15'],
  ['cron(0 18 ? * MON-FRI *)', '2026-11-30T18:00'],
  ['cron(0 8 1 * ? *)', '2026-12-01T08:00'],
  ['cron(0/15 * * * ? *)', '2026-11-28T10:15'],
  ['cron(0/10 * ? * MON-FRI *)', '2026-11-30T00:00'],
  ['cron(0/5 8-17 ? * MON-FRI *)', '2026-11-30T08:00'],
  ['cron(0/30 20-2 ? * MON-FRI *)', '2026-11-30T00:00'],
  ['cron(0 9 ? * 2#1 *)', '2026-12-07T09:00'],
  ['cron(0 8 L * ? *)', '2026-11-30T08:00'],
  ['cron(0 8 LW 1 ? *)', '2027-01-29T08:00'],
  ['cron(0 8 3W * ? *)', '2026-12-03T08:00'],
  ['cron(0 8 1W 5 ? *)', '2027-05-03T08:00'],
  ['cron(15 10 ? * 6L 2027-2029)', '2027-01-29T10:15'],
  ['cron(0 2 ? * SAT-SUN *)', '2026-11-29T02:00'],
  ['cron(0 2 ? JAN,MAR L *)', '2027-01-02T02:00'],
  ['cron(0 12 31 * ? *)', '2026-12-31T12:00'],
  ['cron(0 0 29 2 ? *)', '2028-02-29T00:00'],
])('%s comes next at %s', (expression, at) => {
  expect(new Date(nextTime(expression, NOW, 0) ?? 0).toISOString()).toBe(`${at}:00.000Z`);
});

test('each time comes after the one before it', () => {
  const first = nextTime('cron(5,35 14 * * ? *)', NOW, 0) ?? 0;
  const second = nextTime('cron(5,35 14 * * ? *)', first, 0) ?? 0;
  expect([first, second].map((ms) => new Date(ms).toISOString())).toEqual([
    '2026-11-28T14:05:00.000Z',
    '2026-11-28T14:35:00.000Z',
  ]);
});

test('a year that is over has no next time', () => {
  expect(nextTime('cron(0 0 1 1 ? 2020)', NOW, 0)).toBeUndefined();
  expect(nextTime('cron(0 0 31 2 ? *)', NOW, 0)).toBeUndefined();
});

test('a rate counts from when the rule was made', () => {
  const since = NOW - 90_000;
  expect(nextTime('rate(1 minute)', NOW, since)).toBe(since + 120_000);
  expect(nextTime('rate(1 minute)', since + 120_000, since)).toBe(since + 180_000);
  expect(nextTime('rate(2 days)', NOW, NOW)).toBe(NOW + 172_800_000);
});
