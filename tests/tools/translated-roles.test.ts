import { beforeAll, describe, expect, test } from 'vitest';
import {
  actionsWithoutResource,
  ofType,
  python,
  type Resource,
  templateText,
  translated,
} from './translated-template.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
}

let roles: [string, Resource][];
let functions: [string, Resource][];

const statementsOf = ({ Properties }: Resource): Statement[] =>
  Object.values<unknown>(Object(Properties.Policies)).flatMap(
    (policy) => Object(policy).PolicyDocument.Statement,
  );

const actionsOf = ({ Action }: Statement) => [Action].flat();

describe.runIf(python.expected)('the roles that CloudFormation gets', () => {
  beforeAll(async () => {
    const { Resources } = await translated(templateText);
    roles = ofType(Resources, 'AWS::IAM::Role');
    functions = ofType(Resources, 'AWS::Lambda::Function');
  });

  test('are those of the template, to which SAM added none', () => {
    expect(roles.map(([id]) => id)).toEqual(['OrderCreatorRole', 'OrderProcessorRole', 'DeploymentRole']);
    expect(functions.map(([, { Properties }]) => Properties.Role)).toEqual([
      { 'Fn::GetAtt': ['OrderCreatorRole', 'Arn'] },
      { 'Fn::GetAtt': ['OrderProcessorRole', 'Arn'] },
    ]);
  });

  test('have no managed policies, and allow no action by a pattern', () => {
    for (const [id, role] of roles) {
      expect(role.Properties.ManagedPolicyArns, id).toBeUndefined();
      const actions = statementsOf(role).flatMap(actionsOf);
      expect(actions.length, id).toBeGreaterThan(0);
      for (const action of actions) expect(action).toMatch(/^[a-z-]+:[A-Za-z]+$/);
    }
  });

  test('allow everything only where AWS knows no resource', async () => {
    const onAnything = roles
      .flatMap(([, role]) => statementsOf(role))
      .filter(({ Resource }) => Resource === '*');
    const actions = [...new Set(onAnything.flatMap(actionsOf))];
    expect(actions).toEqual(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']);
    expect(await actionsWithoutResource(actions)).toEqual(actions);
  });

  test('would be found out if they allowed everything where AWS knows a resource', async () => {
    const actions = ['dynamodb:PutItem', 'cloudwatch:DescribeAlarms', 'xray:PutTraceSegments'];
    expect(await actionsWithoutResource(actions)).toEqual(['xray:PutTraceSegments']);
  });

  test('let each function write into its own log group alone', () => {
    const groups = functions.map(([, { Properties }]) => Object(Properties.LoggingConfig).LogGroup);
    expect(groups).toEqual([{ Ref: 'OrderCreatorLogGroup' }, { Ref: 'OrderProcessorLogGroup' }]);
    const writable = roles.flatMap(([, role]) =>
      statementsOf(role)
        .filter((statement) => actionsOf(statement).some((action) => action.startsWith('logs:')))
        .map(({ Resource }) => Resource),
    );
    expect(writable).toEqual(groups.map(({ Ref }) => ({ 'Fn::GetAtt': [Ref, 'Arn'] })));
  });

  test('let CodeDeploy move the functions of this stack, and see alarms of this account', () => {
    const [, deployment] = roles.at(-1) ?? [];
    const resources = deployment && statementsOf(deployment).map(({ Resource }) => Resource);
    const here = (service: string) => `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}`;
    expect(resources).toEqual([
      { 'Fn::Sub': `${here('lambda')}:function:\${AWS::StackName}-*` },
      { 'Fn::Sub': `${here('cloudwatch')}:alarm:*` },
    ]);
  });
});

test('what is allowed on everything says why in the template', () => {
  const lines = templateText.split('\n');
  const onAnything = lines.flatMap((line, at) => (/^ +Resource: "\*"$/.test(line) ? [at] : []));
  expect(onAnything.length).toBeGreaterThan(0);
  for (const at of onAnything) {
    const sid = lines.slice(0, at).findLastIndex((line) => line.includes('- Sid:'));
    expect(lines[sid - 1]).toMatch(/^ +# .*\(.+\)\.$/);
  }
});
