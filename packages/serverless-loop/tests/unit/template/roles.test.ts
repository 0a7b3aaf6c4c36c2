import { describe, expect, test } from 'vitest';
import { load, problemsOf, reportOf, withFunction } from './load.ts';

describe("a function's own role", () => {
  const role = (more: string) => `
  Worker:
    Type: AWS::IAM::Role
    Properties:
      RoleName: worker
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: lambda.amazonaws.com}}]}
      ${more}`;

  test('has its inline policies, its managed ones and those attached to it', () => {
    const attached =
      '  More: {Type: AWS::IAM::Policy, Properties: {PolicyName: more, Roles: [!Ref Worker], PolicyDocument: {Statement: {Effect: Allow, Action: "sns:*", Resource: "*"}}}}';
    const own =
      'Policies: [{PolicyName: own, PolicyDocument: {Statement: {Effect: Allow, Action: "sqs:*", Resource: "*"}}}]';
    const managed = 'ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"]';
    const stack = load(
      withFunction('Role: !GetAtt Worker.Arn', `${role(`${own}\n      ${managed}`)}\n${attached}`),
    );
    expect(stack.functions[0]?.role).toMatchObject({
      name: 'worker',
      arn: 'arn:aws:iam::123456789012:role/worker',
    });
    const actions = stack.functions[0]?.role.statements.flatMap((statement) => statement.actions);
    expect(actions).toEqual(['dynamodb:*', 'dax:*', 'sqs:*', 'sns:*']);
    expect(reportOf(stack, 'PackerRole')).toBeUndefined();
  });

  test('of which only the ARN is known grants nothing, and that is told', () => {
    const stack = load(withFunction('Role: arn:aws:iam::123456789012:role/teams/other'));
    expect(stack.functions[0]?.role).toEqual({
      name: 'other',
      arn: 'arn:aws:iam::123456789012:role/teams/other',
      statements: [],
    });
    expect(reportOf(stack, 'Packer.Role')).toMatchObject({ status: 'accepted', line: 9 });
  });

  test('must be given by ARN', () => {
    expect(problemsOf(withFunction('Role: !Ref Worker', role('')))).toEqual([
      'template.yaml:9: Packer: Role, expected the ARN of a role (of one in the template: !GetAtt TheRole.Arn), found "worker"',
    ]);
  });
});
