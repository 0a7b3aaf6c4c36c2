import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { deploymentRolePolicies, deploymentRoleStatements } from '../../deployment-role.ts';
import { pageOf, ROOT } from './pages.ts';

const allowed = new Set(deploymentRoleStatements().flatMap(({ Action }) => Action));

describe('the deployment role', () => {
  test('may make every call of the scripts and of the suite on what was deployed', () => {
    const calls = globSync(['scripts/deploy-and-test/**/*.ts', 'scripts/redrive/*.ts', 'tests/e2e/*.ts'], {
      cwd: ROOT,
    }).flatMap((file) => actionsCalledIn(readFileSync(path.join(ROOT, file), 'utf8')));
    expect(new Set(calls).size).toBeGreaterThan(20);
    expect([...new Set(calls)].filter((action) => !allowed.has(action))).toEqual([]);
  });

  test('may make, change and delete every type of resource of the template', () => {
    const { Resources } = parse(pageOf('template.yaml'), { logLevel: 'silent' });
    const types = new Set(Object.values<{ Type: string }>(Resources).map(({ Type }) => Type));
    for (const type of types) {
      const needed = NEEDED[type];
      expect(needed, `what ${type} needs is not known here`).toBeDefined();
      expect(
        needed?.filter((action) => !allowed.has(action)),
        type,
      ).toEqual([]);
    }
  });

  test('may do nothing to what is not the system’s own, but read', () => {
    for (const { Action, Resource } of deploymentRoleStatements()) {
      const foreign = Resource.filter(
        (arn) =>
          !/serverless-snacks-|Serverless-2016|aws-sam-cli-managed-default|OrderArchive|OrdersDashboard|CodeDeployDefault/.test(
            arn,
          ),
      );
      if (foreign.length === 0 || Action.some((action) => action.endsWith('Alarms'))) continue;
      for (const action of Action) expect(action).toMatch(/:(Describe|Get|BatchGet)/);
    }
  });

  test('has policies that IAM takes: no pattern of actions, at most 6,144 characters each', () => {
    for (const [name, statements] of Object.entries(deploymentRolePolicies())) {
      expect(JSON.stringify(statements).length, name).toBeLessThan(6_144);
      for (const action of statements.flatMap(({ Action }) => Action))
        expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
    }
  });
});

describe('the sample workflow', () => {
  const workflow = parse(pageOf('docs/pipeline/deploy.yaml'));
  const steps: { uses?: string; run?: string }[] = workflow.jobs.deploy.steps;

  test('pins each action to a commit', () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(3);
    for (const uses of used) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });

  test('runs one at a time, cut off by none, with no more rights than to sign in', () => {
    expect(workflow.concurrency).toEqual({ group: 'deploy', 'cancel-in-progress': false });
    expect(workflow.permissions).toEqual({});
    expect(workflow.jobs.deploy.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  });

  test('calls the script with options that it has', () => {
    const help = pageOf('scripts/deploy-and-test-cd.ts');
    const commands = steps.flatMap(({ run }) => (run?.includes('deploy-and-test-cd.sh') ? [run] : []));
    expect(commands).toHaveLength(2);
    for (const option of commands.flatMap((run) => run.match(/--[a-z-]+/g) ?? []))
      expect(help).toContain(`${option} `);
  });
});

/** IAM's names of the calls in a source: `InvokeCommand` of client-lambda is `lambda:InvokeFunction`. */
function actionsCalledIn(source: string): string[] {
  return [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/(?:client|lib)-([a-z-]+)'/g)].flatMap(
    ([, names = '', client = '']) =>
      [...names.matchAll(/\b(?:(\w+)Command|paginate(\w+))\b/g)].flatMap(([, command, paginated]) => {
        const action = `${SERVICES[client] ?? client}:${command ?? paginated}`;
        return action === 'sts:GetCallerIdentity' ? [] : [ACTIONS[action] ?? action];
      }),
  );
}

const SERVICES: Record<string, string> = {
  'cloudwatch-logs': 'logs',
  eventbridge: 'events',
};

const ACTIONS: Record<string, string> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  'dynamodb:Get': 'dynamodb:GetItem',
  'dynamodb:Put': 'dynamodb:PutItem',
  'dynamodb:Delete': 'dynamodb:DeleteItem',
  'sqs:ChangeMessageVisibilityBatch': 'sqs:ChangeMessageVisibility',
};

/** The actions that CloudFormation calls for a type, the reads aside (its registry, `handlers` of each type's schema). */
const NEEDED: Record<string, string[]> = {
  'AWS::Serverless::Function': [
    ...['lambda:CreateFunction', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'],
    ...['lambda:DeleteFunction', 'lambda:PublishVersion', 'lambda:CreateAlias', 'lambda:UpdateAlias'],
    ...['lambda:DeleteAlias', 'lambda:AddPermission', 'lambda:RemovePermission', 'iam:PassRole'],
    ...['lambda:PutFunctionEventInvokeConfig', 'lambda:DeleteFunctionEventInvokeConfig'],
    ...['lambda:PutFunctionConcurrency', 'events:PutRule', 'events:PutTargets', 'events:RemoveTargets'],
    ...['events:DeleteRule', 'codedeploy:CreateApplication', 'codedeploy:CreateDeploymentGroup'],
    ...['codedeploy:CreateDeployment', 'codedeploy:DeleteApplication', 'codedeploy:DeleteDeploymentGroup'],
  ],
  'AWS::IAM::Role': ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:DeleteRolePolicy', 'iam:DeleteRole'],
  'AWS::Logs::LogGroup': ['logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:DeleteLogGroup'],
  'AWS::SQS::Queue': ['sqs:CreateQueue', 'sqs:SetQueueAttributes', 'sqs:DeleteQueue'],
  'AWS::SQS::QueuePolicy': ['sqs:SetQueueAttributes'],
  'AWS::Events::EventBus': ['events:CreateEventBus', 'events:UpdateEventBus', 'events:DeleteEventBus'],
  'AWS::Events::Archive': ['events:CreateArchive', 'events:UpdateArchive', 'events:DeleteArchive'],
  'AWS::DynamoDB::Table': [
    ...['dynamodb:CreateTable', 'dynamodb:UpdateTable', 'dynamodb:UpdateTimeToLive'],
    ...['dynamodb:UpdateContinuousBackups', 'dynamodb:DeleteTable'],
  ],
  'AWS::CloudWatch::Alarm': ['cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'],
  'AWS::CloudWatch::CompositeAlarm': ['cloudwatch:PutCompositeAlarm', 'cloudwatch:DeleteAlarms'],
  'AWS::CloudWatch::Dashboard': ['cloudwatch:PutDashboard', 'cloudwatch:DeleteDashboards'],
  'AWS::SNS::Topic': ['sns:CreateTopic', 'sns:SetTopicAttributes', 'sns:DeleteTopic'],
  'AWS::SNS::TopicPolicy': ['sns:SetTopicAttributes'],
  'AWS::SNS::Subscription': ['sns:Subscribe', 'sns:Unsubscribe'],
};
