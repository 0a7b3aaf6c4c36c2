import type { AlarmModel } from '../aws/alarm.ts';
import type { BusModel, OutputModel, RoleModel, RuleModel, Stack, StackAlarm } from './model.ts';
import type { Resource } from './resource.ts';
import { readAlarm } from './resources/alarm.ts';
import { readBucket } from './resources/bucket.ts';
import { readBus } from './resources/bus.ts';
import { readCompositeAlarm } from './resources/composite-alarm.ts';
import { readDashboard } from './resources/dashboard.ts';
import { attachEventInvokeConfigs } from './resources/event-invoke-config.ts';
import { readFunction } from './resources/lambda-function.ts';
import { readLogGroup } from './resources/log-group.ts';
import { attachPermissions } from './resources/permission.ts';
import { attachQualifiers } from './resources/qualifiers.ts';
import { readQueue } from './resources/queue.ts';
import { attachQueuePolicies } from './resources/queue-policy.ts';
import { readRoles } from './resources/roles.ts';
import { readRule } from './resources/rule.ts';
import { readTable } from './resources/table.ts';
import { readTopics } from './resources/topic.ts';
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
