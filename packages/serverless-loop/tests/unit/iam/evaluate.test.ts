import { describe, expect, test } from 'vitest';
import type { Statement } from '../../../src/aws/statement.ts';
import { type AccessRequest, evaluate } from '../../../src/services/iam/evaluate.ts';

const TABLE = 'arn:aws:dynamodb:eu-west-1:123456789012:table/boxes';
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:returns';
const RULE = 'arn:aws:events:eu-west-1:123456789012:rule/depot/packed';
const ROLE = 'arn:aws:iam::123456789012:role/service/packer-role';

const put: AccessRequest = { action: 'dynamodb:PutItem', resource: TABLE };

function allow(statement: Partial<Statement>): Statement {
  return { effect: 'Allow', actions: ['*'], resources: ['*'], ...statement };
}

function decide(statements: Statement[], request: AccessRequest = put): string {
  return evaluate(statements, request).decision;
}

describe('a policy', () => {
  test('allows nothing by itself', () => {
    expect(decide([])).toBe('ImplicitDeny');
  });

  test('allows what a statement names', () => {
    expect(decide([allow({ actions: ['dynamodb:PutItem'], resources: [TABLE] })])).toBe('Allow');
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html: an explicit deny in any policy overrides allows
  test('denies, in whatever order, what any statement denies', () => {
    const deny = allow({ effect: 'Deny', actions: ['dynamodb:Put*'] });
    expect(decide([allow({}), deny])).toBe('ExplicitDeny');
    expect(decide([deny, allow({})])).toBe('ExplicitDeny');
  });

  test('leaves alone what its Deny does not cover', () => {
    expect(decide([allow({}), allow({ effect: 'Deny', actions: ['dynamodb:DeleteItem'] })])).toBe('Allow');
  });
});

describe('actions', () => {
  test.each([
    ['dynamodb:PutItem', 'Allow'],
    ['DYNAMODB:putitem', 'Allow'],
    ['dynamodb:Put*', 'Allow'],
    ['dynamodb:*', 'Allow'],
    ['*', 'Allow'],
    ['dynamodb:PutIte?', 'Allow'],
    ['dynamodb:PutItem?', 'ImplicitDeny'],
    ['dynamodb:Put', 'ImplicitDeny'],
    ['dynamodbXPutItem', 'ImplicitDeny'],
    ['dynamodb.PutItem', 'ImplicitDeny'],
  ])('%s gives %s', (action, decision) => {
    expect(decide([allow({ actions: [action] })])).toBe(decision);
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
  test('NotAction means all others', () => {
    const statement: Statement = { effect: 'Allow', notActions: ['dynamodb:Delete*'], resources: ['*'] };
    expect(decide([statement])).toBe('Allow');
    expect(decide([statement], { ...put, action: 'dynamodb:DeleteItem' })).toBe('ImplicitDeny');
  });
});

describe('resources', () => {
  test.each([
    [TABLE, 'Allow'],
    ['arn:aws:dynamodb:*:*:table/boxes', 'Allow'],
    ['arn:aws:dynamodb:eu-west-1:123456789012:table/bo?es', 'Allow'],
    ['arn:aws:dynamodb:eu-west-1:123456789012:table/*', 'Allow'],
    ['arn:aws:dynamodb:eu-west-1:123456789012:table/BOXES', 'ImplicitDeny'],
    ['arn:aws:dynamodb:eu-west-1:123456789012:table/boxes/index/*', 'ImplicitDeny'],
    ['arn:aws:dynamodb:us-east-1:123456789012:table/boxes', 'ImplicitDeny'],
  ])('%s gives %s', (resource, decision) => {
    expect(decide([allow({ resources: [resource] })])).toBe(decision);
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
  test('NotResource means all others', () => {
    const statement: Statement = { effect: 'Allow', actions: ['*'], notResources: [`${TABLE}*`] };
    expect(decide([statement])).toBe('ImplicitDeny');
    expect(decide([statement], { ...put, resource: QUEUE })).toBe('Allow');
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
  test('a variable stands for its value, without wildcards of its own', () => {
    const request = { ...put, context: { 'aws:PrincipalAccount': '123456789012', team: '*' } };
    const resource = (name: string) => [`arn:aws:dynamodb:*:\${aws:PrincipalAccount}:table/${name}`];
    expect(decide([allow({ resources: resource('boxes') })], request)).toBe('Allow');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    expect(decide([allow({ resources: resource('${team}') })], request)).toBe('ImplicitDeny');
  });

  test('a variable without a value matches nothing, unless it has a default', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    expect(decide([allow({ resources: ['${aws:username}*'] })])).toBe('ImplicitDeny');
    const named = `arn:aws:dynamodb:eu-west-1:123456789012:table/\${team, 'boxes'}`;
    expect(decide([allow({ resources: [named] })])).toBe('Allow');
  });

  test('many stars cost no more on a long name than on a short one', () => {
    const resources = [`${'*a'.repeat(40)}*b`];
    const long = { ...put, resource: `arn:aws:dynamodb:eu-west-1:123456789012:table/${'a'.repeat(20_000)}` };
    expect(decide([allow({ resources })], long)).toBe('ImplicitDeny');
    expect(decide([allow({ resources })], { ...long, resource: `${long.resource}b` })).toBe('Allow');
  });

  test('a star in braces is a star', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    const statement = allow({ resources: ['a${*}b'] });
    expect(decide([statement], { ...put, resource: 'a*b' })).toBe('Allow');
    expect(decide([statement], { ...put, resource: 'aXb' })).toBe('ImplicitDeny');
  });
});

describe('principals', () => {
  const service: AccessRequest = {
    action: 'sqs:SendMessage',
    resource: QUEUE,
    principal: { service: 'events.amazonaws.com' },
    context: { 'aws:SourceArn': RULE },
  };
  const role: AccessRequest = { ...service, principal: { aws: ROLE } };

  test.each<[Record<string, string[]>, string, string]>([
    [{ Service: ['events.amazonaws.com'] }, 'Allow', 'ImplicitDeny'],
    [{ Service: ['sns.amazonaws.com'] }, 'ImplicitDeny', 'ImplicitDeny'],
    [{ AWS: ['*'] }, 'Allow', 'Allow'],
    [{ '*': ['*'] }, 'Allow', 'Allow'],
    [{ AWS: [ROLE] }, 'ImplicitDeny', 'Allow'],
    [{ AWS: ['123456789012'] }, 'ImplicitDeny', 'Allow'],
    [{ AWS: ['arn:aws:iam::123456789012:root'] }, 'ImplicitDeny', 'Allow'],
    [{ AWS: ['arn:aws:iam::999999999999:root'] }, 'ImplicitDeny', 'ImplicitDeny'],
  ])('%j: a service gets %s, a role %s', (principals, forService, forRole) => {
    expect(decide([allow({ principals })], service)).toBe(forService);
    expect(decide([allow({ principals })], role)).toBe(forRole);
  });

  test('a statement with principals means nobody when nobody is named', () => {
    expect(decide([allow({ principals: { AWS: ['*'] } })])).toBe('ImplicitDeny');
  });
});
