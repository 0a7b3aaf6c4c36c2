import { describe, expect, test } from 'vitest';
import { validateRules } from '../../../src/services/eventbridge/eventbridge.ts';
import { acceptedRule } from '../../../src/services/eventbridge/validate-rules.ts';
import type { RuleModel, TargetModel } from '../../../src/template/model.ts';

const target: TargetModel = {
  id: 't-1',
  arn: 'arn:aws:lambda:eu-west-1:123456789012:function:packer',
  retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 },
};

function rule(overrides: Partial<RuleModel> = {}): RuleModel {
  return {
    logicalId: 'PackedRule',
    name: 'packed',
    arn: 'arn:aws:events:eu-west-1:123456789012:rule/depot/packed',
    line: 12,
    busName: 'depot',
    enabled: true,
    pattern: { source: ['depot'] },
    targets: [target],
    ...overrides,
  };
}

function withPattern(characters: number): RuleModel {
  return rule({ pattern: { a: ['x'.repeat(characters - '{"a":[""]}'.length)] } });
}

test('rules that AWS takes have no problems', () => {
  const { pattern: _pattern, ...schedule } = rule({
    busName: 'default',
    scheduleExpression: 'rate(1 minute)',
  });
  expect(validateRules([rule(), schedule])).toEqual([]);
});

// LocalStack's record, tests/aws/services/events/test_events_schedule.snapshot.json.
test('a schedule on another bus than the default one is refused', () => {
  expect(validateRules([rule({ scheduleExpression: 'rate(1 minute)' })])).toMatchObject([
    { message: 'ScheduleExpression is supported only on the default event bus.' },
  ]);
});

test('a schedule that is none is refused in the words that AWS has for it', () => {
  const bad = rule({ busName: 'default', scheduleExpression: 'rate(1 minutes)' });
  const message = 'Parameter ScheduleExpression is not valid.';
  expect(validateRules([bad])).toMatchObject([{ message }]);
  expect(() => acceptedRule(bad)).toThrow(expect.objectContaining({ code: 'ValidationException', message }));
});

test('a bad pattern is named with its place in the template and AWS’s reason', () => {
  const bad = rule({ logicalId: 'BadRule', line: 40, pattern: { source: [] } });
  expect(validateRules([rule(), bad])).toEqual([
    {
      line: 40,
      logicalId: 'BadRule',
      message: 'Event pattern is not valid. Reason: Empty arrays are not allowed',
    },
  ]);
});

test('a bad pattern of a disabled rule is named too', () => {
  expect(validateRules([rule({ enabled: false, pattern: { source: 'depot' } })])).toHaveLength(1);
});

test('a bad transformer is named, each target apart', () => {
  const transformer = (inputTemplate: string) => ({
    ...target,
    inputTransformer: { inputPathsMap: {}, inputTemplate },
  });
  const problems = validateRules([
    rule({ targets: [transformer('"<a>"'), transformer('"fine"'), transformer('"<b>"')] }),
  ]);
  expect(problems.map(({ message }) => message)).toEqual([
    'InputTemplate for target t-1 contains invalid placeholder a.',
    'InputTemplate for target t-1 contains invalid placeholder b.',
  ]);
});

describe('the quotas of a new account', () => {
  test('2,048 characters a pattern', () => {
    expect(validateRules([withPattern(2_048)])).toEqual([]);
    expect(validateRules([withPattern(2_049)])).toHaveLength(1);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html: targets per rule
  test('5 targets a rule', () => {
    const targets = (count: number) => Array.from({ length: count }, () => target);
    expect(validateRules([rule({ targets: targets(5) })])).toEqual([]);
    expect(validateRules([rule({ targets: targets(6) })])).toHaveLength(1);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html: rules per bus
  test('300 rules a bus', () => {
    const full = Array.from({ length: 300 }, () => rule());
    expect(validateRules(full)).toEqual([]);
    expect(validateRules([...full, rule({ busName: 'other' })])).toEqual([]);
    expect(validateRules([...full, rule({ line: 99 })])).toMatchObject([{ line: 99 }]);
  });

  test('30 rules with wildcards a bus', () => {
    const wildcard = rule({ pattern: { source: [{ wildcard: 'd*' }] } });
    const negated = rule({
      line: 98,
      pattern: { $or: [{ a: [1] }, { b: [{ 'anything-but': { wildcard: 'd*' } }] }] },
    });
    const field = rule({ pattern: { wildcard: ['not an operator'] } });
    const full = Array.from({ length: 30 }, () => wildcard);
    expect(validateRules([...full, field])).toEqual([]);
    expect(validateRules([...full, negated])).toMatchObject([{ line: 98 }]);
  });
});
