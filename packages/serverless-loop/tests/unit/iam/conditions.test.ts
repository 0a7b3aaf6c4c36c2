import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/services/iam/evaluate.ts';

const RULE = 'arn:aws:events:eu-west-1:123456789012:rule/depot/packed';

const context = {
  'aws:SourceArn': RULE,
  'aws:SecureTransport': 'true',
  'aws:PrincipalTag/team': 'Depot',
};

function evaluated(conditions: Record<string, Record<string, string[]>>) {
  const statement = { effect: 'Allow' as const, actions: ['*'], resources: ['*'], conditions };
  return evaluate([statement], { action: 'sqs:SendMessage', resource: '*', context });
}

describe('a condition holds or fails', () => {
  test.each<[string, string, string[], boolean]>([
    ['ArnEquals', 'aws:SourceArn', [RULE], true],
    ['ArnEquals', 'AWS:sourcearn', [RULE], true],
    ['ArnEquals', 'aws:SourceArn', ['arn:aws:events:*:123456789012:rule/*'], true],
    ['ArnLike', 'aws:SourceArn', ['arn:aws:events:*:*:rule/depot/*'], true],
    ['ArnLike', 'aws:SourceArn', ['arn:aws:events:*:rule/depot/*'], false],
    ['ArnLike', 'aws:SourceArn', ['arn:aws:*:999999999999:rule/*'], false],
    ['ArnNotEquals', 'aws:SourceArn', [RULE], false],
    ['ArnNotLike', 'aws:SourceArn', ['arn:aws:events:*:*:rule/other/*'], true],
    ['StringEquals', 'aws:PrincipalTag/team', ['Depot', 'Shop'], true],
    ['StringEquals', 'aws:PrincipalTag/team', ['depot'], false],
    ['StringEquals', 'aws:PrincipalTag/team', ['Dep*'], false],
    ['StringNotEquals', 'aws:PrincipalTag/team', ['Shop', 'Depot'], false],
    ['StringNotEquals', 'aws:PrincipalTag/team', ['Shop', 'Yard'], true],
    ['StringEqualsIgnoreCase', 'aws:PrincipalTag/team', ['DEPOT'], true],
    ['StringNotEqualsIgnoreCase', 'aws:PrincipalTag/team', ['DEPOT'], false],
    ['StringLike', 'aws:PrincipalTag/team', ['D?p*'], true],
    ['StringLike', 'aws:PrincipalTag/team', ['d*'], false],
    ['StringNotLike', 'aws:PrincipalTag/team', ['D*'], false],
    ['Bool', 'aws:SecureTransport', ['true'], true],
    ['Bool', 'aws:SecureTransport', ['false'], false],
    ['Null', 'aws:SourceArn', ['false'], true],
    ['Null', 'aws:SourceArn', ['true'], false],
    ['Null', 'aws:Absent', ['true'], true],
  ])('%s %s %j: %s', (operator, key, values, holds) => {
    expect(evaluated({ [operator]: { [key]: values } }).decision).toBe(holds ? 'Allow' : 'ImplicitDeny');
  });
});

describe('a key that is not there', () => {
  test.each<[string, boolean]>([
    ['StringEquals', false],
    ['StringEqualsIfExists', true],
    ['StringNotEquals', true],
    ['ArnLike', false],
    ['ArnLikeIfExists', true],
    ['Bool', false],
    ['BoolIfExists', true],
    ['ForAllValues:StringEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
  ])('%s: %s', (operator, holds) => {
    expect(evaluated({ [operator]: { 'aws:Absent': ['x'] } }).decision).toBe(
      holds ? 'Allow' : 'ImplicitDeny',
    );
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
test('all conditions of a statement must hold', () => {
  const right = { 'aws:PrincipalTag/team': ['Depot'] };
  expect(evaluated({ StringEquals: right, Bool: { 'aws:SecureTransport': ['true'] } }).decision).toBe(
    'Allow',
  );
  expect(evaluated({ StringEquals: right, Bool: { 'aws:SecureTransport': ['false'] } }).decision).toBe(
    'ImplicitDeny',
  );
});

test('near: a statement with an unknown operator is left out, and the operator is named', () => {
  expect(evaluated({ NumericLessThan: { 'aws:MultiFactorAuthAge': ['300'] } })).toEqual({
    decision: 'ImplicitDeny',
    unknownOperators: ['NumericLessThan'],
  });
});

test('a variable in a condition stands for its value', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
  const team = ['${aws:PrincipalTag/team}'];
  expect(evaluated({ StringEquals: { 'aws:PrincipalTag/team': team } }).decision).toBe('Allow');
  expect(evaluated({ StringLike: { 'aws:SourceArn': team } }).decision).toBe('ImplicitDeny');
});

/* IAM guide, "IAM JSON policy elements: Condition operators", IP address condition operators. */
test.each<[string, string[], string, boolean]>([
  ['IpAddress', ['203.0.113.0/24'], '203.0.113.9', true],
  ['IpAddress', ['203.0.113.0/24', '2001:db8::/32'], '2001:db8::1', true],
  ['IpAddress', ['203.0.113.9'], '203.0.113.9', true],
  ['IpAddress', ['203.0.113.0/24'], '198.51.100.1', false],
  ['IpAddress', ['203.0.113.0/99', 'no address'], '203.0.113.9', false],
  ['NotIpAddress', ['203.0.113.0/24'], '203.0.113.9', false],
  ['NotIpAddress', ['203.0.113.0/24'], '198.51.100.1', true],
])('%s %j of %s: %s', (operator, blocks, address, isMet) => {
  const statement = {
    effect: 'Allow' as const,
    actions: ['*'],
    resources: ['*'],
    conditions: { [operator]: { 'aws:SourceIp': blocks } },
  };
  const request = { action: 'sqs:SendMessage', resource: '*', context: { 'aws:SourceIp': address } };
  expect(evaluate([statement], request).decision).toBe(isMet ? 'Allow' : 'ImplicitDeny');
});
