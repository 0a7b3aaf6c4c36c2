import { expect, test } from 'vitest';
import { isScheduleExpression } from '../../../src/aws/schedule-expression.ts';

/* What AWS took and refused as LocalStack recorded it, in tests/aws/services/events/test_events_schedule.py. */

test.each([
  'rate(1 minute)',
  'rate(2 minutes)',
  'rate(1 hour)',
  'rate(10 days)',
  'cron(0 2 ? * SAT *)',
  'cron(0 12 * * ? *)',
  'cron(5,35 14 * * ? *)',
  'cron(15 10 ? * 6L 2002-2005)',
  'cron(0 2 ? * SAT#3 *)',
  'cron(0/5 5 ? JAN 1-5 2022)',
  'cron(0 18 ? * MON-FRI *)',
  'cron(0/30 20-23 ? * MON-FRI *)',
  // EventBridge user guide, "Cron expressions".
  'cron(0 8 L * ? *)',
  'cron(0 8 3W * ? *)',
])('%s is a schedule', (text) => {
  expect(isScheduleExpression(text)).toBe(true);
});

test.each([
  'rate(10 seconds)',
  'rate(10 years)',
  'rate(1 minutes)',
  'rate(1 days)',
  'rate(10 minute)',
  'rate()',
  'rate(10)',
  'rate(10 minutess)',
  'rate(foo minutes)',
  'rate(0 minutes)',
  'rate(-10 minutes)',
  'rate(10 MINUTES)',
  'rate( 10 minutes )',
  ' rate(10 minutes)',
  'cron(0 1 * * * *)',
  'cron(7 20 * * NOT *)',
  'cron(INVALID)',
  'cron(0 dummy ? * MON-FRI *)',
  'cron(71 8 1 * ? *)',
  'cron(0 8 ? * ? *)',
  // EventBridge user guide, "Cron expressions": with a # the day of the week is one expression.
  'cron(0 8 ? * 3#1,6#3 *)',
  'cron(0 8 ? * MON#1,FRI *)',
  `cron(${'0,'.repeat(150)}0 8 1 * ? *)`,
])('%s is none', (text) => {
  expect(isScheduleExpression(text)).toBe(false);
});
