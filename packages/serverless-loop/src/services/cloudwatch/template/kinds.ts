import type { AlarmModel } from '../../../aws/alarm.ts';
import { formatArn } from '../../../aws/arn.ts';
import type { Identity } from '../../../template/kind-description.ts';
import type { StackAlarm } from '../../../template/model.ts';
import type { Resource } from '../../../template/resource.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { readAlarm } from './alarm.ts';
import { readCompositeAlarm } from './composite-alarm.ts';
import { readDashboard } from './dashboard.ts';

export const CLOUDWATCH_KINDS: readonly ResourceKind[] = [
  {
    type: 'AWS::CloudWatch::Alarm',
    nameProperty: 'AlarmName',
    attributes: { Arn: alarmArn },
    replacedBy: [],
    isMain: true,
    read: ({ world, models }) =>
      models.alarms.push(
        ...world.each('AWS::CloudWatch::Alarm', (resource) => inStack(resource, readAlarm(resource, world))),
      ),
  },
  {
    type: 'AWS::CloudWatch::CompositeAlarm',
    nameProperty: 'AlarmName',
    attributes: { Arn: alarmArn },
    replacedBy: [],
    isMain: true,
    leftOut: ['ActionsSuppressor', 'ActionsSuppressorExtensionPeriod', 'ActionsSuppressorWaitPeriod'].map(
      (part) => [part, 'not emulated', 'actions are not suppressed here'] as const,
    ),
    // Alarms stand before those that are made of them.
    after: ['AWS::CloudWatch::Alarm'],
    read: ({ world, models }) =>
      models.alarms.push(
        ...world.each('AWS::CloudWatch::CompositeAlarm', (resource) =>
          inStack(resource, readCompositeAlarm(resource, world)),
        ),
      ),
  },
  {
    type: 'AWS::CloudWatch::Dashboard',
    nameProperty: 'DashboardName',
    attributes: {},
    replacedBy: [],
    read: ({ world, models }) =>
      models.dashboards.push(...world.each('AWS::CloudWatch::Dashboard', readDashboard)),
  },
  {
    type: 'AWS::CloudWatch::InsightRule',
    nameProperty: 'RuleName',
    ref: insightRuleArn,
    attributes: { Arn: insightRuleArn },
    givesProperties: true,
    withoutEffect: 'insights are not computed here',
  },
];

function inStack({ logicalId, line }: Resource, alarm: AlarmModel | undefined): StackAlarm | undefined {
  return alarm && { ...alarm, logicalId, line };
}

function alarmArn(it: Identity): string {
  return formatArn(it.place, 'cloudwatch', `alarm:${it.name}`);
}

function insightRuleArn(it: Identity): string {
  return formatArn(it.place, 'cloudwatch', `insight-rule/${it.name}`);
}
