import { parseArn } from '../../../aws/arn.ts';
import type { Properties } from '../../../template/properties.ts';
import { readOwn } from '../../../template/read-own.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import { readRoleArn } from '../../../template/role-arn.ts';
import type { Targets } from '../../../template/targets.ts';
import type { World } from '../../../template/world.ts';
import { DEFAULT_GROUP, DEFAULT_RETRIES, type ScheduleModel, type ScheduleTarget } from '../schedule.ts';
import { isCallable, universalOf } from '../universal-target.ts';

const KNOWN = [
  'ActionAfterCompletion',
  'Description',
  'EndDate',
  'FlexibleTimeWindow',
  'GroupName',
  'KmsKeyArn',
  'Name',
  'ScheduleExpression',
  'ScheduleExpressionTimezone',
  'StartDate',
  'State',
  'Target',
];
const KNOWN_OF_TARGET = [
  'Arn',
  'DeadLetterConfig',
  'EcsParameters',
  'EventBridgeParameters',
  'Input',
  'KinesisParameters',
  'RetryPolicy',
  'RoleArn',
  'SageMakerPipelineParameters',
  'SqsParameters',
];

/** Reads each AWS::Scheduler::Schedule whose target the loop has, or would have if it were there. */
export function readSchedules(reading: Reading): void {
  const { targets } = reading;
  readOwn(reading, 'AWS::Scheduler::Schedule', (resource, world) => readSchedule(resource, targets, world));
}

function readSchedule(resource: Resource, targets: Targets, world: World): ScheduleModel | undefined {
  const properties = world.read(resource, KNOWN);
  const target = properties.section('Target');
  if (!target) {
    if (!properties.has('Target')) properties.complain('Target', 'expected a map, found nothing');
    return undefined;
  }
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  if (!isTaken(target, resource, targets, world)) return undefined;
  const name = world.name(resource, properties, 'Name', /^[\w.-]{1,64}$/);
  const description = properties.text('Description');
  const kmsKeyArn = properties.text('KmsKeyArn');
  const startMs = readDate(properties, 'StartDate');
  const endMs = readDate(properties, 'EndDate');
  const flexibleMinutes = readWindow(properties);
  return {
    logicalId: resource.logicalId,
    name,
    groupName: readGroupName(properties, resource, world),
    arn: world.arn(resource),
    expression: properties.requiredText('ScheduleExpression'),
    timeZoneName: properties.text('ScheduleExpressionTimezone') ?? 'UTC',
    ...(startMs !== undefined && { startMs }),
    ...(endMs !== undefined && { endMs }),
    ...(flexibleMinutes !== undefined && { flexibleMinutes }),
    enabled: properties.oneOf('State', ['ENABLED', 'DISABLED']) !== 'DISABLED',
    isDeletedAtEnd: properties.oneOf('ActionAfterCompletion', ['NONE', 'DELETE']) === 'DELETE',
    ...(description !== undefined && { description }),
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    target: readTarget(target, resource, world),
  };
}

/** Of the template's groups, or of another stack's. */
function readGroupName(properties: Properties, resource: Resource, world: World): string {
  const name = properties.text('GroupName') ?? DEFAULT_GROUP;
  const isHere = world
    .declared('AWS::Scheduler::ScheduleGroup')
    .some((group) => world.scope.nameOf(group) === name);
  if (name !== DEFAULT_GROUP && !isHere && !world.deployment)
    world.reports.part(
      resource,
      'GroupName',
      properties.lineOf('GroupName'),
      'accepted',
      `the group ${name} is not in this template; the loop makes it`,
    );
  return name;
}

/** False for a target that nothing here takes; one that isn't there fails whenever it is to be invoked, as on AWS. */
function isTaken(target: Properties, resource: Resource, targets: Targets, world: World): boolean {
  const arn = target.text('Arn') ?? '';
  const universal = universalOf(arn);
  if (universal) {
    if (isCallable(universal)) return true;
    world.reports.notEmulated(
      resource,
      `${universal.service}:${universal.operation} is not emulated: this schedule calls nothing`,
    );
    return false;
  }
  if (!target.has('Arn') || arn === '' || !parseArn(arn)) {
    if (arn !== '' || !target.has('Arn'))
      target.complain('Arn', `expected an ARN, found ${arn || 'nothing'}`);
    return false;
  }
  const found = targets.find(arn);
  if (found.kind === 'not emulated') {
    world.reports.notEmulated(resource, `its target is not emulated: ${found.reason}`);
    return false;
  }
  if (found.kind === 'nowhere')
    world.reports.part(
      resource,
      'Target',
      target.lineOf('Arn'),
      'unavailable',
      `${found.problem}; as on AWS, it fails each time`,
    );
  return true;
}

function readTarget(section: Properties, resource: Resource, world: World): ScheduleTarget {
  section.allowOnly(KNOWN_OF_TARGET);
  const input = section.text('Input');
  const deadLetterArn = readDeadLetterArn(section);
  const messageGroupId = section.section('SqsParameters')?.text('MessageGroupId');
  const partitionKey = section.section('KinesisParameters')?.requiredText('PartitionKey');
  const event = section.section('EventBridgeParameters');
  const retry = section.section('RetryPolicy');
  retry?.allowOnly(['MaximumEventAgeInSeconds', 'MaximumRetryAttempts']);
  return {
    arn: section.requiredText('Arn'),
    roleArn: readRoleArn(section, resource, world),
    ...(input !== undefined && { input }),
    retryPolicy: {
      maximumRetryAttempts:
        retry?.integer('MaximumRetryAttempts', 0, 185) ?? DEFAULT_RETRIES.maximumRetryAttempts,
      maximumEventAgeSeconds:
        retry?.integer('MaximumEventAgeInSeconds', 60, 86_400) ?? DEFAULT_RETRIES.maximumEventAgeSeconds,
    },
    ...(deadLetterArn !== undefined && { deadLetterArn }),
    ...(messageGroupId !== undefined && { messageGroupId }),
    ...(partitionKey !== undefined && { partitionKey }),
    ...(event && {
      event: { detailType: event.requiredText('DetailType'), source: event.requiredText('Source') },
    }),
  };
}

function readDeadLetterArn(section: Properties): string | undefined {
  const config = section.section('DeadLetterConfig');
  const arn = config?.text('Arn');
  if (config && arn?.endsWith('.fifo'))
    config.complain('Arn', `expected a standard queue, found the FIFO queue ${arn}`);
  return arn;
}

/** The most minutes of a flexible time window; undefined where there is none. */
function readWindow(properties: Properties): number | undefined {
  const window = properties.section('FlexibleTimeWindow');
  if (!properties.has('FlexibleTimeWindow'))
    properties.complain('FlexibleTimeWindow', 'expected a map, found nothing');
  window?.allowOnly(['MaximumWindowInMinutes', 'Mode']);
  if (window?.oneOf('Mode', ['OFF', 'FLEXIBLE']) !== 'FLEXIBLE') return undefined;
  return window.integer('MaximumWindowInMinutes', 1, 1_440) ?? 0;
}

function readDate(properties: Properties, name: string): number | undefined {
  const text = properties.text(name);
  if (text === undefined) return undefined;
  const ms = Date.parse(text);
  if (!Number.isNaN(ms)) return ms;
  properties.complain(name, `expected a date such as 2026-11-28T09:00:00Z, found ${text}`);
  return undefined;
}
