import { type ServiceContract, textIn } from '../contract.ts';

const NOWHERE = 'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:nowhere';
const Metric = { Namespace: 'Contract', MetricName: 'Weight' };
const judged = {
  ...Metric,
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold',
};
const Timestamp = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 120_000);
const span = {
  StartTime: new Date(Timestamp.getTime() - 600_000),
  EndTime: new Date(Timestamp.getTime() + 60_000),
};

export const CLOUDWATCH_CONTRACT: ServiceContract = {
  title: 'CloudWatch',
  service: 'cloudwatch',
  async good(go) {
    const MetricData = ['Weight', 'Height'].map((MetricName) => ({ MetricName, Value: 2, Timestamp }));
    await go('PutMetricData', { Namespace: 'Contract', MetricData });
    await go('ListMetrics', { Namespace: 'Contract' });
    const MetricStat = { Metric, Period: 60, Stat: 'Sum' };
    await go('GetMetricData', { ...span, MetricDataQueries: [{ Id: 'sum', MetricStat }] });
    await go('GetMetricStatistics', { ...span, ...Metric, Period: 60, Statistics: ['Sum'] });
    const AlarmName = 'contract';
    await go('PutMetricAlarm', { AlarmName, ...judged });
    await go('PutMetricAlarm', { AlarmName: 'contract-other', ...judged });
    await go('PutCompositeAlarm', { AlarmName: 'contract-both', AlarmRule: 'ALARM(contract)' });
    await go('SetAlarmState', { AlarmName, StateValue: 'ALARM', StateReason: 'a drill' });
    const { MetricAlarms } = await go('DescribeAlarms', { AlarmNamePrefix: 'contract' });
    await go('DescribeAlarmsForMetric', Metric);
    await go('DisableAlarmActions', { AlarmNames: [AlarmName] });
    await go('EnableAlarmActions', { AlarmNames: [AlarmName] });
    await go('DescribeAlarmHistory', { AlarmName, HistoryItemType: 'ConfigurationUpdate' });
    const resource = { ResourceARN: textIn(MetricAlarms, 0, 'AlarmArn') };
    await go('TagResource', { ...resource, Tags: [{ Key: 'a', Value: 'b' }] });
    await go('ListTagsForResource', resource);
    await go('UntagResource', { ...resource, TagKeys: ['a'] });
    const DashboardBody = '{"widgets":[]}';
    for (const DashboardName of ['contract', 'contract-other'])
      await go('PutDashboard', { DashboardName, DashboardBody });
    await go('GetDashboard', { DashboardName: 'contract' });
    await go('ListDashboards', { DashboardNamePrefix: 'contract' });
    await go('DeleteDashboards', { DashboardNames: ['contract'] });
    await go('DeleteAlarms', { AlarmNames: ['contract-both', 'contract-other', AlarmName] });
  },
  nowhere: { ResourceARN: NOWHERE },
  missing: 'ResourceNotFoundException',
  refused: [
    [
      'PutMetricData',
      { Namespace: 'AWS/Lambda', MetricData: [{ MetricName: 'a', Value: 1 }] },
      'InvalidParameterValue',
    ],
    ['ListMetrics', { NextToken: 'foreign' }, 'InvalidParameterValue'],
    ['GetMetricData', { ...span, MetricDataQueries: [{ Id: 'Big', Expression: 'm' }] }, 'ValidationError'],
    ['GetMetricStatistics', { ...span, ...Metric, Period: 7, Statistics: ['Sum'] }, 'InvalidParameterValue'],
    ['PutMetricAlarm', { AlarmName: 'x', ...judged, ComparisonOperator: 'Near' }, 'ValidationError'],
    ['PutCompositeAlarm', { AlarmName: 'x', AlarmRule: 'RINGS(a)' }, 'ValidationError'],
    ['SetAlarmState', { AlarmName: 'nowhere', StateValue: 'OK', StateReason: 'x' }, 'ResourceNotFound'],
    ['DescribeAlarms', { NextToken: 'foreign' }, 'InvalidNextToken'],
    ['DescribeAlarmsForMetric', { ...Metric, Period: 0 }, 'InvalidParameterValue'],
    ['DescribeAlarmHistory', { NextToken: 'foreign' }, 'InvalidNextToken'],
    ['DisableAlarmActions', {}, 'MissingParameter'],
    ['EnableAlarmActions', {}, 'MissingParameter'],
    ['DeleteAlarms', { AlarmNames: ['nowhere'] }, 'ResourceNotFound'],
    ['PutDashboard', { DashboardName: 'no name', DashboardBody: '{}' }, 'InvalidParameterValue'],
    ['GetDashboard', { DashboardName: 'nowhere' }, 'ResourceNotFound'],
    ['ListDashboards', { NextToken: 'foreign' }, 'InvalidParameterValue'],
    ['DeleteDashboards', {}, 'MissingParameter'],
    ['ListTagsForResource', {}, 'MissingParameter'],
  ],
};
