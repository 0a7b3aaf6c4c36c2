import { describe, expect, test } from 'vitest';
import type { LoopUnderTest } from '../loop-in-process.ts';
import { type BotoCaller, findBoto } from './boto-caller.ts';
import { botoBesideLoop } from './boto-loop.ts';

const python = await findBoto();

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const Metric = {
  Namespace: 'Parcels',
  MetricName: 'Weight',
  Dimensions: [{ Name: 'depot', Value: 'north' }],
};
const alarm = (AlarmName: string) => ({
  AlarmName,
  ...Metric,
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold',
});

describe.runIf(python)('CloudWatch as boto3 reads it', () => {
  let running: LoopUnderTest;
  let boto: BotoCaller;
  botoBesideLoop(python, (started) => {
    ({ running, boto } = started);
  });
  const call = (operation: string, params?: Record<string, unknown>) =>
    boto.output('cloudwatch', operation, params);

  async function callMetrics(): Promise<void> {
    const datum = { MetricName: Metric.MetricName, Dimensions: Metric.Dimensions, Unit: 'Bytes' };
    await call('PutMetricData', {
      Namespace: Metric.Namespace,
      MetricData: [
        { ...datum, Value: 2, Timestamp: minutesAgo(3) },
        { ...datum, Values: [1, 4], Counts: [2, 1], Timestamp: minutesAgo(2), StorageResolution: 1 },
        { ...datum, StatisticValues: { SampleCount: 2, Sum: 6, Minimum: 2, Maximum: 4 } },
      ],
    });
    const span = { StartTime: minutesAgo(10), EndTime: minutesAgo(-1) };
    expect(
      await call('GetMetricData', {
        ...span,
        ScanBy: 'TimestampAscending',
        LabelOptions: { Timezone: '+0100' },
        MetricDataQueries: [
          { Id: 'sum', Label: `most: \${MAX}`, MetricStat: { Metric, Period: 60, Stat: 'Sum' } },
          { Id: 'double', Expression: 'sum * 2' },
          { Id: 'p90', MetricStat: { Metric, Period: 60, Stat: 'p90' }, ReturnData: false },
        ],
      }),
    ).toMatchObject({
      MetricDataResults: [
        { Id: 'sum', Label: 'most: 6', Values: [2, 6, 6], StatusCode: 'Complete' },
        { Id: 'double', Label: 'double', Values: [4, 12, 12] },
      ],
    });
    expect(
      await call('GetMetricStatistics', {
        ...span,
        ...Metric,
        Period: 600,
        Statistics: ['Sum', 'SampleCount'],
        ExtendedStatistics: ['p50'],
      }),
    ).toMatchObject({ Label: 'Weight', Datapoints: expect.arrayContaining([]) });
    expect(await call('ListMetrics', { Namespace: 'Parcels', IncludeLinkedAccounts: true })).toMatchObject({
      Metrics: [Metric],
      OwningAccounts: ['000000000000'],
    });
  }

  async function callAlarms(): Promise<void> {
    await call('PutMetricAlarm', {
      ...alarm('heavy'),
      AlarmDescription: 'too heavy',
      AlarmActions: ['arn:aws:sns:eu-west-1:000000000000:none'],
    });
    await call('PutMetricAlarm', {
      ...{ AlarmName: 'light', EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'LessThanThreshold' },
      Metrics: [
        { Id: 'rate', Expression: 'weight / 60', Label: 'a second' },
        { Id: 'weight', MetricStat: { Metric, Period: 60, Stat: 'Sum' }, ReturnData: false },
      ],
    });
    await call('PutCompositeAlarm', { AlarmName: 'either', AlarmRule: 'ALARM(heavy) OR ALARM(light)' });
    await call('SetAlarmState', {
      AlarmName: 'heavy',
      StateValue: 'ALARM',
      StateReason: 'a drill',
      StateReasonData: '{"drill":true}',
    });
    expect(await call('DescribeAlarms', { AlarmNames: ['heavy'] })).toMatchObject({
      MetricAlarms: [{ AlarmName: 'heavy', StateValue: 'ALARM', StateReason: 'a drill', Statistic: 'Sum' }],
      CompositeAlarms: [],
    });
    expect(
      await call('DescribeAlarms', { AlarmTypes: ['CompositeAlarm'], AlarmNamePrefix: 'ei' }),
    ).toMatchObject({ MetricAlarms: [], CompositeAlarms: [{ AlarmName: 'either', StateValue: 'ALARM' }] });
    const first = await call('DescribeAlarms', { MaxRecords: 1 });
    expect(first.MetricAlarms).toHaveLength(1);
    const { MetricAlarms } = await call('DescribeAlarms', { MaxRecords: 1, NextToken: first.NextToken });
    expect(MetricAlarms).not.toEqual(first.MetricAlarms);
    expect(await call('DescribeAlarmsForMetric', Metric)).toMatchObject({
      MetricAlarms: [{ AlarmName: 'heavy' }],
    });
    const children = await call('DescribeAlarms', { ChildrenOfAlarmName: 'either' });
    expect(children).toMatchObject({ MetricAlarms: [{ AlarmName: 'heavy' }, { AlarmName: 'light' }] });
    await call('DisableAlarmActions', { AlarmNames: ['heavy'] });
    await call('EnableAlarmActions', { AlarmNames: ['heavy', 'nowhere'] });
    const { AlarmHistoryItems } = await call('DescribeAlarmHistory', {
      AlarmName: 'heavy',
      ScanBy: 'TimestampAscending',
      MaxRecords: 2,
    });
    expect(AlarmHistoryItems).toMatchObject([
      { HistoryItemType: 'ConfigurationUpdate', HistorySummary: 'Alarm "heavy" created' },
      { HistoryItemType: 'StateUpdate' },
    ]);
    await call('DeleteAlarms', { AlarmNames: ['either', 'light', 'heavy'] });
  }

  async function callDashboards(): Promise<void> {
    const { DashboardEntries } = await call('ListDashboards');
    expect(DashboardEntries).toMatchObject([{ DashboardName: expect.stringContaining('DepotDashboard') }]);
    const [{ DashboardName } = { DashboardName: '' }] = running.loop.stack.dashboards.map(({ name }) => ({
      DashboardName: name,
    }));
    const { DashboardBody } = await call('GetDashboard', { DashboardName });
    expect(JSON.parse(String(DashboardBody))).toHaveProperty('widgets');
    await call('PutDashboard', { DashboardName: 'copy', DashboardBody });
    expect(await call('GetDashboard', { DashboardName: 'copy' })).toMatchObject({ DashboardBody });
    await call('DeleteDashboards', { DashboardNames: ['copy'] });
  }

  async function callTags(): Promise<void> {
    const { MetricAlarms } = await call('DescribeAlarms', { MaxRecords: 1 });
    const ResourceARN = Object(MetricAlarms)[0].AlarmArn;
    await call('TagResource', { ResourceARN, Tags: [{ Key: 'owner', Value: 'me' }] });
    expect(await call('ListTagsForResource', { ResourceARN })).toEqual({
      Tags: [{ Key: 'owner', Value: 'me' }],
    });
    await call('UntagResource', { ResourceARN, TagKeys: ['owner'] });
    expect(await call('ListTagsForResource', { ResourceARN })).toEqual({ Tags: [] });
  }

  test('every operation answers as its model says', async () => {
    await callMetrics();
    await callAlarms();
    await callDashboards();
    await callTags();
    const emulated = await boto.emulated('cloudwatch');
    expect(emulated.length).toBeGreaterThan(0);
    expect(emulated.filter((operation) => !boto.answered.has(`cloudwatch.${operation}`))).toEqual([]);
  });

  test('the template’s alarms and all that they hold are as their model says', async () => {
    const { MetricAlarms, CompositeAlarms } = await call('DescribeAlarms', {
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      MaxRecords: 100,
    });
    expect([...Object(MetricAlarms), ...Object(CompositeAlarms)]).toHaveLength(
      running.loop.stack.alarms.length,
    );
  });

  test('every error is one of its operation or a common one', async () => {
    const refuse = (operation: string, params: Record<string, unknown>) =>
      boto.refusal('cloudwatch', operation, params);
    const span = { StartTime: minutesAgo(10), EndTime: minutesAgo(0) };
    const query = { Id: 'm', MetricStat: { Metric, Period: 60, Stat: 'Sum' } };
    const codes: [string, string, Record<string, unknown>][] = [
      ['MissingParameter', 'PutMetricData', { Namespace: 'Parcels' }],
      [
        'InvalidParameterValue',
        'PutMetricData',
        { Namespace: 'AWS/Lambda', MetricData: [{ MetricName: 'a', Value: 1 }] },
      ],
      [
        'InvalidParameterCombination',
        'PutMetricData',
        { Namespace: 'P', MetricData: [{ MetricName: 'a', Value: 1, Values: [1] }] },
      ],
      [
        'InvalidParameterValue',
        'PutMetricData',
        { Namespace: 'P', MetricData: [{ MetricName: 'a', Value: 1, Timestamp: minutesAgo(30_000) }] },
      ],
      ['ValidationError', 'GetMetricData', { ...span, MetricDataQueries: [{ Id: 'Big', Expression: 'm' }] }],
      ['ValidationError', 'GetMetricData', { ...span, MetricDataQueries: [query, query] }],
      [
        'ValidationError',
        'GetMetricData',
        { ...span, MetricDataQueries: [query, { Id: 'e', Expression: 'm +' }] },
      ],
      [
        'ValidationError',
        'GetMetricData',
        { ...span, MetricDataQueries: [query, { Id: 'e', Expression: "SEARCH('x', 'Sum', 60)" }] },
      ],
      ['InvalidNextToken', 'GetMetricData', { ...span, MetricDataQueries: [query], NextToken: 'foreign' }],
      [
        'InvalidParameterCombination',
        'GetMetricStatistics',
        { ...Metric, ...span, StartTime: minutesAgo(10_000), Period: 60, Statistics: ['Sum'] },
      ],
      ['ValidationError', 'PutMetricAlarm', { ...alarm('x'), ComparisonOperator: 'Near' }],
      ['ValidationError', 'PutCompositeAlarm', { AlarmName: 'x', AlarmRule: 'RINGS(a)' }],
      ['ResourceNotFound', 'SetAlarmState', { AlarmName: 'nowhere', StateValue: 'OK', StateReason: '' }],
      ['InvalidNextToken', 'DescribeAlarms', { NextToken: 'foreign' }],
      ['ResourceNotFound', 'GetDashboard', { DashboardName: 'nowhere' }],
      ['ResourceNotFound', 'DeleteAlarms', { AlarmNames: ['nowhere'] }],
      ['UnknownOperationException', 'PutInsightRule', { RuleName: 'x', RuleDefinition: '{}' }],
    ];
    for (const [code, operation, params] of codes)
      expect([operation, await refuse(operation, params)]).toEqual([
        operation,
        expect.objectContaining({ code }),
      ]);
  });
});
