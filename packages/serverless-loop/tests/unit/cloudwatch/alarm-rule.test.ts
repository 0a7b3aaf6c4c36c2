import { describe, expect, test } from 'vitest';
import type { AlarmState } from '../../../src/aws/alarm.ts';
import {
  AlarmRuleError,
  alarmsIn,
  holds,
  parseAlarmRule,
} from '../../../src/services/cloudwatch/alarms/rule.ts';

const states: Record<string, AlarmState> = { broken: 'ALARM', fine: 'OK', 'new one': 'INSUFFICIENT_DATA' };
const rules = (text: string) => holds(parseAlarmRule(text), (name) => states[name]);

describe('a rule of a composite alarm', () => {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html, AlarmRule
  test.each([
    ['ALARM(broken)', true],
    ['ALARM("broken")', true],
    ['OK(broken)', false],
    ['INSUFFICIENT_DATA("new one")', true],
    ['TRUE', true],
    ['FALSE', false],
    ['NOT ALARM(broken)', false],
    ['NOT NOT ALARM(broken)', true],
    ['ALARM(fine) OR ALARM(broken)', true],
    ['ALARM(fine) AND ALARM(broken)', false],
    // AND binds closer than OR.
    ['ALARM(broken) OR ALARM(fine) AND FALSE', true],
    ['(ALARM(broken) OR ALARM(fine)) AND FALSE', false],
    ['(ALARM(broken) OR OK(broken)) AND NOT OK("new one")', true],
    ['alarm(broken) and not ok(broken)', true],
    ['ALARM(nowhere) OR OK(nowhere) OR INSUFFICIENT_DATA(nowhere)', false],
  ])('%s', (text, outcome) => {
    expect(rules(text)).toBe(outcome);
  });

  test('knows the alarms it is about, by name or ARN', () => {
    const arn = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:broken';
    expect(alarmsIn(parseAlarmRule(`ALARM(${arn}) OR NOT (OK("new one") AND TRUE)`))).toEqual([
      arn,
      'new one',
    ]);
  });

  test.each([
    ['', 'expected ALARM(…), OK(…), INSUFFICIENT_DATA(…), TRUE, FALSE, NOT or "(", found the end'],
    ['broken', 'expected ALARM(…), OK(…), INSUFFICIENT_DATA(…), TRUE, FALSE, NOT or "(", found "broken"'],
    ['ALARM broken', 'expected "(", found "broken"'],
    ['ALARM()', 'expected the name or ARN of an alarm, found ")"'],
    ['ALARM(a b)', 'expected ")", found "b"'],
    ['ALARM(a) OK(b)', 'expected AND, OR or the end, found "OK"'],
    ['(ALARM(a)', 'expected ")", found the end'],
    ['ALARM("a)', 'a quotation mark without an end: "a)'],
    [Array.from({ length: 101 }, (_, n) => `ALARM(a${n})`).join(' OR '), 'more than 100 alarms'],
    [`${'NOT '.repeat(500)}TRUE`, 'more than 500 elements'],
  ])('%s is refused: %s', (text, reason) => {
    expect(() => parseAlarmRule(text)).toThrow(new AlarmRuleError(reason));
  });
});
