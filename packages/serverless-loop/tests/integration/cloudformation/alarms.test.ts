import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  ListDashboardsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
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

test('alarms and dashboards come, change and go with a stack', async () => {
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

const BOARD = (body: string) =>
  `Resources: {Board: {Type: AWS::CloudWatch::Dashboard, Properties: {DashboardName: board, DashboardBody: '${body}'}}}`;

test("a dashboard's body is checked as PutDashboard checks it, in a stack and in the template of the start", async () => {
  const loop = await deployingLoop();
  expect(await loop.deploy('depot', BOARD('{"widgets":[{"type":"text"}]}'))).toMatchObject({
    StackStatus: 'ROLLBACK_COMPLETE',
  });
  expect((await loop.events('depot')).join('\n')).toContain(
    'The dashboard body is invalid, there are 1 validation errors',
  );
  await expect(deployingLoop(BOARD('{}'))).rejects.toThrow(
    /template\.yaml:1: Board: The dashboard body is invalid.*Should have required property 'widgets'/s,
  );
});

test('an alarm has the tags of its template, and those that are added', async () => {
  const TAGGED = `
Resources:
  Any: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: any, AlarmRule: 'FALSE', Tags: [{Key: team, Value: depot}]}}
Outputs: {Arn: {Value: !GetAtt Any.Arn}}`;
  const loop = await deployingLoop();
  const client = new CloudWatchClient(clientOptions(loop.loop));
  const { Outputs: [output] = [] } = await loop.deploy('depot', TAGGED);
  const ResourceARN = output?.OutputValue ?? '';
  const tags = async () => (await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags;
  expect(await tags()).toEqual([{ Key: 'team', Value: 'depot' }]);
  await client.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'stage', Value: 'test' }] }));
  expect(await tags()).toEqual([
    { Key: 'team', Value: 'depot' },
    { Key: 'stage', Value: 'test' },
  ]);
  await loop.deploy('depot', TAGGED.replace('Value: depot', 'Value: yard'));
  expect(await tags()).toEqual([{ Key: 'team', Value: 'yard' }]);
});
