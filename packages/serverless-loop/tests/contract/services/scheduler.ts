import { type ServiceContract, textIn } from '../contract.ts';

const Target = {
  Arn: 'arn:aws:sqs:eu-west-1:000000000000:contract',
  RoleArn: 'arn:aws:iam::000000000000:role/contract-scheduler',
};
const schedule = {
  ScheduleExpression: 'rate(1 day)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target,
};

export const SCHEDULER_CONTRACT: ServiceContract = {
  title: 'EventBridge Scheduler',
  service: 'scheduler',
  async good(go, other) {
    const Statement = {
      Effect: 'Allow',
      Principal: { Service: 'scheduler.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await other('iam', 'CreateRole', { RoleName: 'contract-scheduler', AssumeRolePolicyDocument });
    const group = await go('CreateScheduleGroup', { Name: 'contract' });
    await go('CreateScheduleGroup', { Name: 'contract-other' });
    await go('GetScheduleGroup', { Name: 'contract' });
    await go('ListScheduleGroups', { NamePrefix: 'contract' });
    const resource = { ResourceArn: textIn(group, 'ScheduleGroupArn') };
    await go('TagResource', { ...resource, Tags: [{ Key: 'a', Value: 'b' }] });
    await go('ListTagsForResource', resource);
    await go('UntagResource', { ...resource, TagKeys: ['a'] });
    const GroupName = 'contract';
    for (const Name of ['one', 'two']) await go('CreateSchedule', { Name, GroupName, ...schedule });
    await go('GetSchedule', { Name: 'one', GroupName });
    await go('ListSchedules', { GroupName });
    await go('UpdateSchedule', { Name: 'one', GroupName, ...schedule, State: 'DISABLED' });
    await go('DeleteSchedule', { Name: 'one', GroupName });
    await go('DeleteScheduleGroup', { Name: 'contract' });
  },
  nowhere: {
    Name: 'nowhere',
    GroupName: 'nowhere',
    ResourceArn: 'arn:aws:scheduler:eu-west-1:000000000000:schedule-group/nowhere',
  },
  missing: 'ResourceNotFoundException',
  refused: [
    ['CreateScheduleGroup', { Name: 'contract-other' }, 'ConflictException'],
    ['ListScheduleGroups', { NextToken: 'foreign' }, 'ValidationException'],
    ['CreateSchedule', { Name: 'x', ...schedule, ScheduleExpression: 'often' }, 'ValidationException'],
    ['ListSchedules', { NextToken: 'foreign' }, 'ValidationException'],
  ],
};
