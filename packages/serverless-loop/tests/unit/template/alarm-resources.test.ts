import { describe, expect, test } from 'vitest';
import { load, problemsOf, reportOf } from './load.ts';

const ALARM = {
  Namespace: 'Parcels',
  MetricName: 'Lost',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 2,
  Threshold: 0.5,
  ComparisonOperator: 'GreaterThanThreshold',
};

const withAlarm = (properties: object, others: object = {}) =>
  JSON.stringify({
    Resources: { Lost: { Type: 'AWS::CloudWatch::Alarm', Properties: properties }, ...others },
  });

describe('an alarm', () => {
  test('watches a metric, with the defaults of CloudWatch', () => {
    const stack = load(
      withAlarm({ ...ALARM, AlarmName: 'lost', Dimensions: [{ Name: 'depot', Value: 'north' }] }),
    );
    expect(stack.alarms).toEqual([
      {
        kind: 'metric',
        logicalId: 'Lost',
        line: 1,
        name: 'lost',
        arn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:lost',
        actions: { areEnabled: true, on: { OK: [], ALARM: [], INSUFFICIENT_DATA: [] } },
        watched: {
          source: {
            metric: { namespace: 'Parcels', name: 'Lost', dimensions: [{ name: 'depot', value: 'north' }] },
            stat: 'Sum',
            periodSeconds: 60,
          },
        },
        comparison: 'GreaterThanThreshold',
        threshold: 0.5,
        evaluationPeriods: 2,
        ignoresLowSampleCount: false,
      },
    ]);
    expect(reportOf(stack, 'Lost')).toMatchObject({ status: 'emulated' });
  });

  test('watches an expression', () => {
    const { Namespace, MetricName, Statistic, Period, ...rest } = ALARM;
    const Metrics = [
      { Id: 'rate', Expression: 'lost / 10', Label: 'Lost, in tenths' },
      {
        Id: 'lost',
        ReturnData: false,
        MetricStat: { Metric: { Namespace, MetricName }, Period, Stat: Statistic },
      },
    ];
    expect(load(withAlarm({ ...rest, Metrics })).alarms[0]).toMatchObject({
      watched: {
        queries: [
          { id: 'rate', returnsData: true, expression: 'lost / 10', label: 'Lost, in tenths' },
          { id: 'lost', returnsData: false, source: { stat: 'Sum', periodSeconds: 60 } },
        ],
      },
    });
  });

  test.each([
    [{ Threshold: 'much' }, 'Threshold, expected a number, found "much"'],
    [{ Threshold: undefined }, 'Threshold, expected a number, found nothing'],
    [{ EvaluationPeriods: undefined }, 'EvaluationPeriods, expected a whole number, found nothing'],
    [{ DatapointsToAlarm: 3 }, 'DatapointsToAlarm, expected a whole number from 1 to 2, found 3'],
    [{ Period: 45 }, 'Period, expected 10, 20, 30 or a multiple of 60 seconds, found 45'],
    [{ Period: 432_000 }, 'EvaluationPeriods, expected at most 604800 seconds with Period'],
    [{ Statistic: undefined }, 'Statistic, expected either Statistic or ExtendedStatistic'],
    [{ ExtendedStatistic: 'p99' }, 'Statistic, expected either Statistic or ExtendedStatistic'],
    [
      { TreatMissingData: 'breach' },
      'TreatMissingData, expected breaching or notBreaching or ignore or missing, found "breach"',
    ],
    [{ Metrics: [] }, 'MetricName, expected nothing beside Metrics'],
    [{ AlarmActions: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'AlarmActions, expected at most 5 actions, found 6'],
    [{ Unit: 'Parcels' }, 'Unit, expected Seconds or Microseconds'],
    [{ Treshold: 1 }, 'Treshold, no such property (did you mean Threshold?)'],
  ])('%j is refused: %s', (change, problem) => {
    expect(problemsOf(withAlarm({ ...ALARM, ...change })).join('\n')).toContain(`Lost: ${problem}`);
  });

  test('absent: that detects anomalies is named as not emulated', () => {
    const stack = load(withAlarm({ ...ALARM, ThresholdMetricId: 'band' }));
    expect(stack.alarms).toEqual([]);
    expect(reportOf(stack, 'Lost')).toMatchObject({
      status: 'not emulated',
      reason: "an alarm's ThresholdMetricId is not emulated",
    });
  });
});

test('a composite alarm has its rule, with the names of others worked out', () => {
  const stack = load(
    withAlarm(ALARM, {
      Any: {
        Type: 'AWS::CloudWatch::CompositeAlarm',
        Properties: { AlarmName: 'any', AlarmRule: { 'Fn::Join': ['', ['ALARM("', { Ref: 'Lost' }, '")']] } },
      },
    }),
  );
  const [lost, any] = stack.alarms;
  expect(any).toMatchObject({ kind: 'composite', name: 'any', rule: `ALARM("${lost?.name}")` });
});

test('a topic has its subscriptions and its policy, wherever they are written', () => {
  const stack = load(`
Resources:
  News:
    Type: AWS::SNS::Topic
    Properties: {TopicName: news, Subscription: [{Protocol: email, Endpoint: robin@example.com}]}
  Box: {Type: AWS::SQS::Queue}
  ByHttp:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: !Ref News, Protocol: http, Endpoint: 'http://localhost:3000/in', DeliveryPolicy: {healthyRetryPolicy: {numRetries: 1}}}
  ToBox:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: !Ref News, Protocol: sqs, Endpoint: !GetAtt Box.Arn, RawMessageDelivery: true}
  ByPhone:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: !Ref News, Protocol: application, Endpoint: some-app}
  Some:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: !Ref News, Protocol: sqs, Endpoint: !GetAtt Box.Arn, FilterPolicy: {kind: [lost]}}
  Policy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref News]
      PolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: cloudwatch.amazonaws.com}, Action: sns:Publish, Resource: !Ref News}]
`);
  expect(stack.topics).toEqual([
    expect.objectContaining({
      name: 'news',
      subscriptions: [
        { protocol: 'email', endpoint: 'robin@example.com', isRaw: false },
        {
          arn: expect.stringMatching(/:news:[0-9a-f-]{36}$/),
          protocol: 'http',
          endpoint: 'http://localhost:3000/in',
          isRaw: false,
          deliveryPolicy: '{"healthyRetryPolicy":{"numRetries":1}}',
        },
        {
          arn: expect.stringMatching(/:news:[0-9a-f-]{36}$/),
          protocol: 'sqs',
          endpoint: stack.queues[0]?.arn,
          isRaw: true,
        },
        expect.objectContaining({
          filter: { policy: '{"kind":["lost"]}', scope: 'MessageAttributes' },
        }),
      ],
      resourcePolicy: [expect.objectContaining({ actions: ['sns:Publish'] })],
    }),
  ]);
  expect(reportOf(stack, 'ByPhone.Protocol')).toMatchObject({
    status: 'not emulated',
    reason: 'subscriptions by application are not emulated: nothing is sent to some-app',
  });
});
