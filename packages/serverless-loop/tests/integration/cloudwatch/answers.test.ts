import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  GetMetricDataCommand,
  ListDashboardsCommand,
  ListTagsForResourceCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOptions, type LoopUnderTest, projectFolder, runLoop } from '../../loop-in-process.ts';

// AWS's answers stand in localstack/localstack, tests/aws/services/cloudwatch/test_cloudwatch.snapshot.json.

const TEMPLATE = `
Resources:
  Waiting:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: waiting
      Namespace: Parcels
      MetricName: Waiting
      Statistic: Maximum
      Period: 60
      EvaluationPeriods: 3
      ComparisonOperator: GreaterThanThreshold
      Threshold: 0
`;

let running: LoopUnderTest & { stop(): Promise<void> };
let client: CloudWatchClient;
let removeFolder = () => {};
beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE }, (remove) => {
    removeFolder = remove;
  });
  running = await runLoop(`${folder}/template.yaml`);
  client = new CloudWatchClient(clientOptions(running.loop));
});
afterAll(async () => {
  client.destroy();
  await running.stop();
  removeFolder();
});

const refusal = (sent: Promise<unknown>): Promise<unknown> => sent.catch((error: unknown) => error);

function putAlarm(AlarmName: string, more: Partial<PutMetricAlarmCommandInput> = {}) {
  return client.send(
    new PutMetricAlarmCommand({
      AlarmName,
      Namespace: 'Parcels',
      MetricName: 'Lost',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 2,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      ...more,
    }),
  );
}

// test_label_generation.
test.each([
  [
    [
      ['Sum', 60],
      ['Minimum', 30],
    ],
    ['Weight Sum 60', 'Weight Minimum 30'],
  ],
  [
    [
      ['Sum', 60],
      ['Minimum', 60],
    ],
    ['Weight Sum', 'Weight Minimum'],
  ],
  [
    [
      ['Sum', 60],
      ['Sum', 30],
    ],
    ['Weight 60', 'Weight 30'],
  ],
  [
    [
      ['Sum', 60],
      ['Sum', 60],
    ],
    ['Weight', 'Weight'],
  ],
] as const)('metrics of %j are labelled by what tells them apart', async (pairs, labels) => {
  await client.send(
    new PutMetricDataCommand({ Namespace: 'Parcels', MetricData: [{ MetricName: 'Weight', Value: 7 }] }),
  );
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(Date.now() - 120_000),
      EndTime: new Date(Date.now() + 120_000),
      MetricDataQueries: pairs.map(([Stat, Period], at) => ({
        Id: `m${at}`,
        MetricStat: { Metric: { Namespace: 'Parcels', MetricName: 'Weight' }, Stat, Period },
      })),
    }),
  );
  expect(MetricDataResults.map(({ Label }) => Label)).toEqual(labels);
});

// test_describe_minimal_metric_alarm, test_set_alarm.
test('an alarm tells how many data points it takes and how it treats missing ones only when it was told', async () => {
  await putAlarm('told', { DatapointsToAlarm: 1, TreatMissingData: 'missing' });
  await putAlarm('untold');
  const { MetricAlarms = [] } = await client.send(
    new DescribeAlarmsCommand({ AlarmNames: ['told', 'untold', 'waiting'] }),
  );
  expect(
    MetricAlarms.map(({ AlarmName, DatapointsToAlarm, TreatMissingData }) => [
      AlarmName,
      DatapointsToAlarm,
      TreatMissingData,
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['told', 1, 'missing'],
      ['untold', undefined, undefined],
      ['waiting', undefined, undefined],
    ]),
  );
});

// test_set_alarm, test_set_alarm_invalid_input.
test('an alarm that is set to a state tells that state, its reason and when it came to it', async () => {
  await putAlarm('drill');
  const startedAt = Date.now();
  const StateReasonData = '{"drill":true}';
  const state = { AlarmName: 'drill', StateValue: 'ALARM', StateReason: 'testing alarm' } as const;
  await client.send(new SetAlarmStateCommand({ ...state, StateReasonData }));
  const { MetricAlarms: [alarm] = [] } = await client.send(
    new DescribeAlarmsCommand({ AlarmNames: ['drill'] }),
  );
  expect(alarm).toMatchObject({ StateValue: 'ALARM', StateReason: 'testing alarm', StateReasonData });
  expect(alarm?.StateTransitionedTimestamp?.getTime()).toBeGreaterThanOrEqual(startedAt - 1_000);
  expect(
    await refusal(
      // @ts-expect-error No state of an alarm.
      client.send(new SetAlarmStateCommand({ ...state, StateValue: 'INVALID' })),
    ),
  ).toMatchObject({
    message:
      "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]",
  });
  expect(
    await refusal(client.send(new SetAlarmStateCommand({ ...state, AlarmName: 'nobody' }))),
  ).toMatchObject({ name: 'ResourceNotFound', $metadata: { httpStatusCode: 404 } });
});

// test_tagging_metric_alarm.
test('alarms keep their tags until they are deleted', async () => {
  const ResourceARN = 'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:tagged';
  const tags = async () => (await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags;
  const added = [
    { Key: 'tag1', Value: 'foo' },
    { Key: 'tag2', Value: 'bar' },
  ];
  const initial = { Key: 'Environment', Value: 'Production' };
  expect(await refusal(client.send(new TagResourceCommand({ ResourceARN, Tags: added })))).toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await putAlarm('tagged', { Tags: [initial] });
  await putAlarm('tagged', { Tags: [{ Key: 'late', Value: 'ignored' }] });
  expect(await tags()).toEqual([initial]);
  await client.send(new TagResourceCommand({ ResourceARN, Tags: added }));
  expect(await tags()).toEqual([initial, ...added]);
  await client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['tag1'] }));
  expect(await tags()).toEqual([initial, added[1]]);
  await client.send(new DeleteAlarmsCommand({ AlarmNames: ['tagged'] }));
  expect(await tags()).toEqual([]);
  await putAlarm('tagged');
  expect(await tags()).toEqual([]);
});

describe('a dashboard', () => {
  const put = (DashboardName: string, dashboard: unknown) =>
    client.send(
      new PutDashboardCommand({
        DashboardName,
        DashboardBody: typeof dashboard === 'string' ? dashboard : JSON.stringify(dashboard),
      }),
    );

  // test_dashboard_lifecycle.
  test('is put, read, listed and deleted', async () => {
    const DashboardBody = JSON.stringify({
      widgets: [
        {
          type: 'metric',
          x: 0,
          y: 0,
          width: 6,
          height: 6,
          properties: { metrics: [['Parcels', 'Lost']], region: 'eu-west-1' },
        },
        { type: 'text', properties: { markdown: '# Parcels' } },
      ],
    });
    expect((await put('depot', DashboardBody)).DashboardValidationMessages ?? []).toEqual([]);
    const DashboardArn = 'arn:aws:cloudwatch::000000000000:dashboard/depot';
    expect(await client.send(new GetDashboardCommand({ DashboardName: 'depot' }))).toMatchObject({
      DashboardName: 'depot',
      DashboardArn,
      DashboardBody,
    });
    const listed = () => client.send(new ListDashboardsCommand({ DashboardNamePrefix: 'dep' }));
    expect((await listed()).DashboardEntries).toMatchObject([{ DashboardArn, Size: DashboardBody.length }]);
    const missing = client.send(new DeleteDashboardsCommand({ DashboardNames: ['depot', 'nowhere'] }));
    expect(await refusal(missing)).toMatchObject({ $metadata: { httpStatusCode: 404 } });
    expect((await listed()).DashboardEntries).toHaveLength(1);
    await client.send(new DeleteDashboardsCommand({ DashboardNames: ['depot'] }));
    expect((await listed()).DashboardEntries).toEqual([]);
  });

  // test_invalid_dashboard_name, the newline included.
  test('has a name of letters, digits, dashes and underscores', async () => {
    expect(await refusal(put('not valid', { widgets: [] }))).toMatchObject({
      name: 'InvalidParameterValueException',
      message:
        'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
    });
  });

  // As AWS worded them in public reports: pulumi/pulumi#13059, aws-solutions-library-samples/guidance-for-claude-code-with-amazon-bedrock#759
  // and guidance-for-automating-network-monitoring-and-alerting-on-aws#7.
  test.each([
    [
      { type: 'alarm', properties: { alarms: [] } },
      [['/widgets/0/properties/alarms', 'Should NOT have less than 1 items']],
    ],
    [
      { type: 'metric', properties: { region: 'eu-west-1' } },
      [
        ['/widgets/0/properties', "Should have required property 'metrics'"],
        [
          '/widgets/0/properties',
          'The metric widget should have specified a region and a data source or an alarm annotation',
        ],
        ['/widgets/0/properties', "Should have required property 'annotations'"],
      ],
    ],
    [
      { type: 'metric', properties: { region: 'eu-west-1', metrics: ['Parcels'] } },
      [
        ['/widgets/0/properties/metrics/0', 'Should be array'],
        [
          '/widgets/0/properties/metrics/0',
          'Field "metrics" has to be an array of array of strings, with an optional metricRenderer object as last element',
        ],
      ],
    ],
    [
      { type: 'text', width: 25, properties: {} },
      [
        ['/widgets/0/width', 'Should be <= 24'],
        ['/widgets/0/properties', "Should have required property 'markdown'"],
      ],
    ],
  ])('with the widget %j is refused with all that is wrong with it', async (widget, expected) => {
    const messages = expected.map(([dataPath, message]) => ({ dataPath, message }));
    expect(await refusal(put('wrong', { widgets: [widget] }))).toMatchObject({
      name: 'DashboardInvalidInputError',
      message: `The dashboard body is invalid, there are ${messages.length} validation errors:\n${JSON.stringify(messages, null, 2)}`,
      dashboardValidationMessages: expected.map(([DataPath, Message]) => ({ DataPath, Message })),
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('that is no JSON object or has no widgets is refused', async () => {
    expect(await refusal(put('wrong', '[]'))).toMatchObject({ name: 'DashboardInvalidInputError' });
    expect(await refusal(put('wrong', '{'))).toMatchObject({ name: 'DashboardInvalidInputError' });
    expect(await refusal(put('wrong', {}))).toMatchObject({
      message: expect.stringContaining("Should have required property 'widgets'"),
    });
  });
});
