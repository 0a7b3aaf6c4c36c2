import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { expect, test } from 'vitest';
import { clientOptions, loopUnderTest, projectFolder } from '../../loop-in-process.ts';

test('clients that speak CBOR are understood, as those of other languages do by default', async () => {
  const folder = projectFolder({ 'template.yaml': 'Resources: {Box: {Type: AWS::SQS::Queue}}' });
  const { loop } = await loopUnderTest(`${folder}/template.yaml`);
  const client = new CloudWatchClient({ ...clientOptions(loop), protocol: AwsSmithyRpcV2CborProtocol });
  const Timestamp = new Date(Math.floor(Date.now() / 60_000) * 60_000);
  await client.send(
    new PutMetricDataCommand({
      Namespace: 'Parcels',
      MetricData: [{ MetricName: 'Weight', Timestamp, Values: [1.5, 3], Unit: 'Bytes' }],
    }),
  );
  const Metric = { Namespace: 'Parcels', MetricName: 'Weight', Dimensions: [] };
  const { MetricDataResults } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(Timestamp.getTime() - 60_000),
      EndTime: new Date(Timestamp.getTime() + 60_000),
      MetricDataQueries: [{ Id: 'm', MetricStat: { Metric, Period: 60, Stat: 'Sum' } }],
    }),
  );
  expect(MetricDataResults).toEqual([
    { Id: 'm', Label: 'Weight', StatusCode: 'Complete', Timestamps: [Timestamp], Values: [4.5] },
  ]);

  await client.send(
    new PutMetricAlarmCommand({
      AlarmName: 'heavy',
      ...Metric,
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  );
  const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({}));
  expect(MetricAlarms).toMatchObject([{ AlarmName: 'heavy', StateUpdatedTimestamp: expect.any(Date) }]);
  await expect(
    client.send(new SetAlarmStateCommand({ AlarmName: 'none', StateValue: 'OK', StateReason: 'x' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFound', message: 'Unknown alarm: none' });
});
