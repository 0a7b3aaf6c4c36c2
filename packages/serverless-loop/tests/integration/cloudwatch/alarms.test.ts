import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { testClocks } from '../../../src/loop/test-clock.ts';
import { clientOptions, loopUnderTest, MET_ONCE, projectFolder } from '../../loop-in-process.ts';

const MINUTE = 60_000;

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: nodejs24.x, CodeUri: code/, Timeout: 5}
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties: {FunctionName: worker, Handler: worker.handler}
  Listener:
    Type: AWS::Serverless::Function
    Properties: {FunctionName: listener, Handler: worker.handler}
  Parcels:
    Type: AWS::SQS::Queue
    Properties: {QueueName: parcels}
  WorkerErrors:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: errors
      Namespace: AWS/Lambda
      MetricName: Errors
      Dimensions: [{Name: FunctionName, Value: !Ref Worker}]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      ComparisonOperator: GreaterThanThreshold
      Threshold: 0
      TreatMissingData: notBreaching
  ParcelsWait:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: waiting
      Namespace: AWS/SQS
      MetricName: ApproximateNumberOfMessagesVisible
      Dimensions: [{Name: QueueName, Value: !GetAtt Parcels.QueueName}]
      Statistic: Maximum
      Period: 60
      EvaluationPeriods: 1
      ComparisonOperator: GreaterThanThreshold
      Threshold: 0
  Trouble:
    Type: AWS::CloudWatch::CompositeAlarm
    Properties:
      AlarmName: trouble
      AlarmRule: !Sub ALARM("\${WorkerErrors}") OR ALARM("\${ParcelsWait}")
      AlarmActions: [!Ref News]
      OKActions: [!Ref News]
  News:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: news
      Subscription:
        - {Protocol: sqs, Endpoint: !GetAtt Inbox.Arn}
        - {Protocol: lambda, Endpoint: !GetAtt Listener.Arn}
        - {Protocol: email, Endpoint: robin@example.com}
        - {Protocol: sqs, Endpoint: !GetAtt Parcels.Arn}
  NewsPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref News]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: cloudwatch.amazonaws.com}
            Action: sns:Publish
            Resource: !Ref News
            Condition: {ArnEquals: {aws:SourceArn: !GetAtt Trouble.Arn}}
  Inbox:
    Type: AWS::SQS::Queue
    Properties: {QueueName: inbox}
  InboxPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Inbox]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: sns.amazonaws.com}
            Action: sqs:SendMessage
            Resource: !GetAtt Inbox.Arn
            Condition: {ArnEquals: {aws:SourceArn: !Ref News}}
  MayNotify:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Listener
      Principal: sns.amazonaws.com
      SourceArn: !Ref News
`;

const WORKER = `
exports.handler = async (event) => {
  if (event.fail) throw new Error('no tape');
  if (event.Records) console.log('HEARD ' + event.Records[0].Sns.Subject);
};
`;

async function runningStack() {
  const folder = projectFolder({ 'template.yaml': TEMPLATE, 'code/worker.js': WORKER });
  // Everything that happens now belongs to the minute that the test lets pass next.
  const day = new Date(Math.floor(Date.now() / MINUTE) * MINUTE + 30_000);
  const running = await loopUnderTest(`${folder}/template.yaml`, {
    clocks: testClocks({ day }, 1_000),
  });
  const { loop } = running;
  const cloudwatch = new CloudWatchClient(clientOptions(loop));
  const lambda = new LambdaClient(clientOptions(loop));
  const sqs = new SQSClient(clientOptions(loop));
  const urlOf = (queue: string) => `${loop.endpoint}/000000000000/${queue}`;
  return {
    ...running,
    cloudwatch,
    nextMinute: () => loop.clock.advance(MINUTE),
    invoke: (event: object) =>
      lambda.send(new InvokeCommand({ FunctionName: 'worker', Payload: Buffer.from(JSON.stringify(event)) })),
    send: (queue: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl: urlOf(queue), MessageBody: 'parcel' })),
    receive: async (queue: string) =>
      (await sqs.send(new ReceiveMessageCommand({ ...MET_ONCE, QueueUrl: urlOf(queue), WaitTimeSeconds: 1 })))
        .Messages ?? [],
    async states() {
      const { MetricAlarms = [], CompositeAlarms = [] } = await cloudwatch.send(
        new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
      );
      return Object.fromEntries(
        [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName, StateValue }) => [AlarmName, StateValue]),
      );
    },
  };
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
test('alarms ring when a function fails and are quiet again when it doesn’t, and the topic tells whoever subscribed', async () => {
  const { invoke, nextMinute, states, receive, factsOf, loop } = await runningStack();
  expect(await states()).toEqual({
    errors: 'INSUFFICIENT_DATA',
    waiting: 'INSUFFICIENT_DATA',
    trouble: 'INSUFFICIENT_DATA',
  });

  await invoke({ fail: true });
  await nextMinute();
  await expect.poll(states).toEqual({ errors: 'ALARM', waiting: 'INSUFFICIENT_DATA', trouble: 'ALARM' });

  await expect.poll(() => factsOf('notification.sent').length).toBe(3);
  const [message] = await receive('inbox');
  const notification = JSON.parse(message?.Body ?? '');
  expect(notification).toMatchObject({
    Type: 'Notification',
    TopicArn: 'arn:aws:sns:eu-west-1:000000000000:news',
    Subject: 'ALARM: "trouble" in EU (Ireland)',
  });
  expect(JSON.parse(notification.Message)).toMatchObject({
    AlarmName: 'trouble',
    NewStateValue: 'ALARM',
    OldStateValue: 'INSUFFICIENT_DATA',
    AlarmRule: 'ALARM("errors") OR ALARM("waiting")',
    TriggeringChildren: [{ Arn: 'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:errors' }],
  });
  await loop.idle();
  await expect
    .poll(() => factsOf('log').some(({ line }) => line.includes('HEARD ALARM: "trouble"')))
    .toBe(true);
  expect(factsOf('notification.sent')).toContainEqual(
    expect.objectContaining({ protocol: 'email', endpoint: 'robin@example.com' }),
  );
  // Its policy lets nobody in.
  expect(factsOf('notification.failed')).toEqual([
    expect.objectContaining({ protocol: 'sqs', reason: expect.stringContaining('not authorized') }),
  ]);

  // A good minute later, and one that is out of reach for what was read besides.
  for (let minute = 0; minute < 4; minute++) await nextMinute();
  await expect.poll(states).toMatchObject({ errors: 'OK', trouble: 'OK' });
});

test('what waits in a queue is sampled at the end of each minute', async () => {
  const { send, receive, nextMinute, states } = await runningStack();
  await send('parcels');
  await nextMinute();
  await expect.poll(states).toMatchObject({ waiting: 'ALARM', trouble: 'ALARM' });

  await receive('parcels');
  await nextMinute();
  await expect.poll(states).toMatchObject({ waiting: 'OK', trouble: 'OK' });
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
test('an alarm set off by hand acts, keeps a history, and is set right by the next minute', async () => {
  const { cloudwatch, nextMinute, states, factsOf } = await runningStack();
  await cloudwatch.send(
    new SetAlarmStateCommand({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'a drill' }),
  );
  expect(await states()).toMatchObject({ errors: 'ALARM', trouble: 'ALARM' });
  await expect.poll(() => factsOf('topic.published').length).toBe(1);

  await nextMinute();
  await expect.poll(states).toMatchObject({ errors: 'OK', trouble: 'OK' });
  const { AlarmHistoryItems = [] } = await cloudwatch.send(
    new DescribeAlarmHistoryCommand({ AlarmName: 'errors', HistoryItemType: 'StateUpdate' }),
  );
  expect(AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary)).toEqual([
    'Alarm updated from ALARM to OK',
    'Alarm updated from INSUFFICIENT_DATA to ALARM',
  ]);
  expect(JSON.parse(AlarmHistoryItems[1]?.HistoryData ?? '')).toMatchObject({
    newState: { stateValue: 'ALARM', stateReason: 'a drill' },
  });
});

test('an alarm that a client makes is judged as one of the template', async () => {
  const { cloudwatch, invoke, nextMinute, states } = await runningStack();
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'busy',
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 2,
      Metrics: [
        { Id: 'calls', Expression: 'FILL(m1, 0)' },
        {
          Id: 'm1',
          ReturnData: false,
          MetricStat: {
            Metric: { Namespace: 'AWS/Lambda', MetricName: 'Invocations', Dimensions: [] },
            Period: 60,
            Stat: 'Sum',
          },
        },
      ],
    }),
  );
  await invoke({});
  await nextMinute();
  await expect.poll(states).toMatchObject({ busy: 'OK' });
  await invoke({});
  await invoke({});
  await nextMinute();
  await expect.poll(states).toMatchObject({ busy: 'ALARM' });
});
