import { CloudWatchClient, DescribeAlarmsCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { clientOptions } from '../../loop-in-process.ts';
import { deployingLoop } from './deploying.ts';

const template = (threshold: number, rule = 'ALARM(lost)') => `
Resources:
  News: {Type: AWS::SNS::Topic, Properties: {TopicName: news}}
  Lost:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: lost
      Namespace: Parcels
      MetricName: Lost
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      Threshold: ${threshold}
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [!Ref News]
  Any:
    Type: AWS::CloudWatch::CompositeAlarm
    DependsOn: Lost
    Properties: {AlarmName: any, AlarmRule: ${JSON.stringify(rule)}}
  Board:
    Type: AWS::CloudWatch::Dashboard
    Properties: {DashboardName: board, DashboardBody: '{"widgets":[]}'}
`;

test('alarms and dashboards come, change and go with a stack', { timeout: 40_000 }, async () => {
  const loop = await deployingLoop();
  const client = new CloudWatchClient(clientOptions(loop.loop));
  const alarms = async () => {
    const { MetricAlarms = [], CompositeAlarms = [] } = await client.send(
      new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
    );
    return [
      ...MetricAlarms.map(({ AlarmName, Threshold }) => [AlarmName, Threshold]),
      ...CompositeAlarms.map(({ AlarmName, AlarmRule }) => [AlarmName, AlarmRule]),
    ];
  };
  const dashboards = async () =>
    (await client.send(new ListDashboardsCommand())).DashboardEntries?.map(
      ({ DashboardName }) => DashboardName,
    );

  expect(await loop.deploy('depot', template(1))).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
  const made = [
    ['lost', 1],
    ['any', 'ALARM(lost)'],
  ];
  expect(await alarms()).toEqual(made);
  expect(await dashboards()).toEqual(['board']);

  expect(await loop.deploy('depot', template(5))).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
  expect(await alarms()).toEqual([
    ['lost', 5],
    ['any', 'ALARM(lost)'],
  ]);

  expect(await loop.deploy('depot', template(9, 'RINGS(lost)'))).toMatchObject({
    StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
  });
  expect(await alarms()).toEqual([
    ['lost', 5],
    ['any', 'ALARM(lost)'],
  ]);
  expect((await loop.events('depot')).join('\n')).toContain('AlarmRule: expected ALARM(…)');

  await loop.remove('depot');
  expect(await alarms()).toEqual([]);
  expect(await dashboards()).toEqual([]);
});
