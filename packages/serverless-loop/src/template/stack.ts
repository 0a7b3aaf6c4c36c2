import type { AlarmModel } from '../aws/alarm.ts';
import { readAlarm } from '../services/cloudwatch/template/alarm.ts';
import { readCompositeAlarm } from '../services/cloudwatch/template/composite-alarm.ts';
import { readDashboard } from '../services/cloudwatch/template/dashboard.ts';
import { readTable } from '../services/dynamodb/template/table.ts';
import { readBus } from '../services/eventbridge/template/bus.ts';
import { readRule } from '../services/eventbridge/template/rule.ts';
import { readRoles } from '../services/iam/template/roles.ts';
import { attachEventInvokeConfigs } from '../services/lambda/template/event-invoke-config.ts';
import { readFunction } from '../services/lambda/template/lambda-function.ts';
import { attachPermissions } from '../services/lambda/template/permission.ts';
import { attachQualifiers } from '../services/lambda/template/qualifiers.ts';
import { readLogGroup } from '../services/logs/template/log-group.ts';
import { readBucket } from '../services/s3/template/bucket.ts';
import { readTopics } from '../services/sns/template/topic.ts';
import { readQueue } from '../services/sqs/template/queue.ts';
import { attachQueuePolicies } from '../services/sqs/template/queue-policy.ts';
import type { BusModel, OutputModel, RoleModel, RuleModel, Stack, StackAlarm } from './model.ts';
import type { Resource } from './resource.ts';
import { Targets } from './targets.ts';
import type { World } from './world.ts';

/** The typed model of every resource that the loop emulates; what points at others is read after them. */
export function readStack(world: World, outputs: OutputModel[]): Omit<Stack, 'id' | 'source' | 'parameters'> {
  const each = <Model>(type: string, read: (resource: Resource) => Model | undefined): Model[] =>
    world.ofType(type).flatMap((resource) => read(resource) ?? []);

  const tables = each('AWS::DynamoDB::Table', (resource) => readTable(resource, world));
  const declaredBuses = each('AWS::Events::EventBus', (resource) => readBus(resource, world));
  const queues = each('AWS::SQS::Queue', (resource) => readQueue(resource, world));
  attachQueuePolicies(queues, world);
  const topics = readTopics(world);
  const targets = new Targets(world);
  const roles = new Map<string, RoleModel>(readRoles(world).map((role) => [role.arn, role]));
  const functions = each('AWS::Lambda::Function', (resource) =>
    readFunction(resource, { roles, targets, world }),
  );
  attachQualifiers(functions, world);
  attachPermissions(functions, world);
  attachEventInvokeConfigs(functions, targets, world);
  const rules = each('AWS::Events::Rule', (resource) => readRule(resource, targets, world));
  return {
    name: world.scope.stackName,
    place: world.scope.place,
    roles: [...roles.values()],
    functions,
    tables,
    buses: [...declaredBuses, ...outsideBuses(rules, declaredBuses, world)],
    rules,
    queues,
    logGroups: each('AWS::Logs::LogGroup', (resource) => readLogGroup(resource, world)),
    alarms: [
      ...each('AWS::CloudWatch::Alarm', (resource) => inStack(resource, readAlarm(resource, world))),
      ...each('AWS::CloudWatch::CompositeAlarm', (resource) =>
        inStack(resource, readCompositeAlarm(resource, world)),
      ),
    ],
    dashboards: each('AWS::CloudWatch::Dashboard', (resource) => readDashboard(resource, world)),
    topics,
    attachments: world.attachments,
    buckets: each('AWS::S3::Bucket', (resource) => readBucket(resource, world)),
    outputs,
    resources: world.reports.list(world.index.all, world.scope),
  };
}

function inStack({ logicalId, line }: Resource, alarm: AlarmModel | undefined): StackAlarm | undefined {
  return alarm && { ...alarm, logicalId, line };
}

/** Buses of other stacks that rules here listen on: made empty, so that events can be put on them. */
function outsideBuses(rules: readonly RuleModel[], declared: readonly BusModel[], world: World): BusModel[] {
  const buses = new Map<string, BusModel>();
  for (const rule of rules) {
    const { busName } = rule;
    const known =
      world.deployment !== undefined ||
      busName === 'default' ||
      declared.some(({ name }) => name === busName) ||
      buses.has(busName);
    const resource = world.index.find(rule.logicalId);
    if (known || !resource) continue;
    const part = 'EventBusName';
    world.reports.part(
      resource,
      part,
      rule.line,
      'accepted',
      `the bus ${busName} is not in this template; the loop makes an empty one`,
    );
    const arn = rule.arn.replace(/:rule\/.*$/, `:event-bus/${busName}`);
    buses.set(busName, { logicalId: `${rule.logicalId}.${part}`, name: busName, arn });
  }
  return [...buses.values()];
}
