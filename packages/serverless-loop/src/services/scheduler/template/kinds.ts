import { formatArn } from '../../../aws/arn.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { readGroups } from './group.ts';
import { readSchedules } from './schedule.ts';

export const SCHEDULER_KINDS: readonly ResourceKind[] = [
  {
    type: 'AWS::Scheduler::ScheduleGroup',
    nameProperty: 'Name',
    longestName: 64,
    attributes: {
      Arn: (it) => formatArn(it.place, 'scheduler', `schedule-group/${it.name}`),
      State: () => 'ACTIVE',
    },
    replacedBy: [],
    read: readGroups,
  },
  {
    type: 'AWS::Scheduler::Schedule',
    nameProperty: 'Name',
    longestName: 64,
    attributes: {
      Arn: (it) =>
        formatArn(it.place, 'scheduler', `schedule/${it.text('GroupName') ?? 'default'}/${it.name}`),
    },
    replacedBy: [],
    isMain: true,
    after: [
      'AWS::Events::EventBus',
      'AWS::IAM::Role',
      'AWS::Kinesis::Stream',
      'AWS::Lambda::Alias',
      'AWS::SNS::Topic',
      'AWS::SQS::Queue',
    ],
    leftOut: [['KmsKeyArn', 'accepted', 'nothing is encrypted here']],
    read: readSchedules,
  },
];
