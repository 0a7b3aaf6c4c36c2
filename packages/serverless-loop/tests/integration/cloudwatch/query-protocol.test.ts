import { expect, test } from 'vitest';
import { loopUnderTest, projectFolder } from '../../loop-in-process.ts';

const TEMPLATE = 'Resources: {Box: {Type: AWS::SQS::Queue}}';

/** A call as clients from before the JSON protocol send it. */
async function query(endpoint: string, parameters: Record<string, string>) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20261123/eu-west-1/monitoring/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: new URLSearchParams({ Version: '2010-08-01', ...parameters }),
  });
  return { status: response.status, xml: await response.text() };
}

test('older clients put, read and watch metrics by the query protocol', async () => {
  const { loop } = await loopUnderTest(`${projectFolder({ 'template.yaml': TEMPLATE })}/template.yaml`);
  const call = (parameters: Record<string, string>) => query(loop.endpoint, parameters);
  const metric = { Namespace: 'Parcels', MetricName: 'Weight' };
  const dimension = { 'Dimensions.member.1.Name': 'depot', 'Dimensions.member.1.Value': '7' };

  const put = await call({
    Action: 'PutMetricData',
    Namespace: 'Parcels',
    'MetricData.member.1.MetricName': 'Weight',
    'MetricData.member.1.Value': '2.5',
    'MetricData.member.1.Dimensions.member.1.Name': 'depot',
    'MetricData.member.1.Dimensions.member.1.Value': '7',
  });
  expect(put).toMatchObject({ status: 200, xml: expect.stringContaining('<ResponseMetadata><RequestId>') });

  const read = await call({
    Action: 'GetMetricStatistics',
    ...metric,
    ...dimension,
    StartTime: new Date(Date.now() - 120_000).toISOString(),
    EndTime: new Date(Date.now() + 120_000).toISOString(),
    Period: '3600',
    'Statistics.member.1': 'Sum',
    'ExtendedStatistics.member.1': 'p50',
  });
  expect(read.xml).toMatch(
    /<Label>Weight<\/Label><Datapoints><member><Timestamp>\d{4}-[^<]+Z<\/Timestamp><Sum>2\.5<\/Sum>/,
  );
  expect(read.xml).toContain(
    '<ExtendedStatistics><entry><key>p50</key><value>2.5</value></entry></ExtendedStatistics>',
  );

  const alarm = await call({
    Action: 'PutMetricAlarm',
    AlarmName: 'heavy',
    ...metric,
    ...dimension,
    Statistic: 'Sum',
    Period: '60',
    EvaluationPeriods: '1',
    Threshold: '1.5',
    ComparisonOperator: 'GreaterThanThreshold',
    ActionsEnabled: 'false',
  });
  expect(alarm.status).toBe(200);
  const { xml } = await call({ Action: 'DescribeAlarms', MaxRecords: '5' });
  expect(xml).toContain('<Threshold>1.5</Threshold>');
  expect(xml).toContain('<ActionsEnabled>false</ActionsEnabled>');
  expect(xml).toContain('<Dimensions><member><Name>depot</Name><Value>7</Value></member></Dimensions>');

  expect(
    await call({ Action: 'SetAlarmState', AlarmName: 'none', StateValue: 'OK', StateReason: 'x' }),
  ).toEqual({
    status: 404,
    xml: expect.stringContaining('<Code>ResourceNotFound</Code><Message>Unknown alarm: none</Message>'),
  });
  expect(await call({ Action: 'GetMetricData', StartTime: 'soon' })).toMatchObject({ status: 400 });
});
