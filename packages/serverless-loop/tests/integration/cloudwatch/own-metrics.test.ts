import {
  CloudWatchClient,
  type Dimension,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { clientOptions, loopUnderTest, MET_ONCE, projectFolder } from '../../loop-in-process.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: nodejs24.x, CodeUri: code/, Timeout: 5}
Resources:
  Bus:
    Type: AWS::Events::EventBus
    Properties: {Name: parcels}
  Packed:
    Type: AWS::Events::Rule
    Properties:
      Name: packed
      EventBusName: !Ref Bus
      EventPattern: {source: [parcels]}
      Targets: [{Id: queue, Arn: !GetAtt Closed.Arn}, {Id: function, Arn: !GetAtt Worker.Arn}]
  Allowed:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Worker
      Principal: events.amazonaws.com
      SourceArn: !GetAtt Packed.Arn
  Closed: {Type: AWS::SQS::Queue}
  Open:
    Type: AWS::SQS::Queue
    Properties: {QueueName: open}
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: worker
      Handler: worker.handler
      EventInvokeConfig: {MaximumRetryAttempts: 1}
`;

const WORKER = `
exports.handler = async (event) => {
  if (event.log) console.log(event.log);
  if (event.fail || event.source === 'parcels') throw new Error('no tape');
  return 'packed';
};
`;

async function runningStack() {
  const folder = projectFolder({ 'template.yaml': TEMPLATE, 'code/worker.js': WORKER });
  const { loop } = await loopUnderTest(`${folder}/template.yaml`);
  const cloudwatch = new CloudWatchClient(clientOptions(loop));
  const lambda = new LambdaClient(clientOptions(loop));
  return {
    loop,
    cloudwatch,
    invoke: (event: object) =>
      lambda.send(new InvokeCommand({ FunctionName: 'worker', Payload: Buffer.from(JSON.stringify(event)) })),
    /** A statistic over the last five and the next five minutes. */
    async value(Namespace: string, MetricName: string, dimensions: Record<string, string>, Stat = 'Sum') {
      const Dimensions: Dimension[] = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
      const Metric = { Namespace, MetricName, Dimensions };
      const { MetricDataResults } = await cloudwatch.send(
        new GetMetricDataCommand({
          StartTime: new Date(Date.now() - 300_000),
          EndTime: new Date(Date.now() + 300_000),
          MetricDataQueries: [{ Id: 'm', MetricStat: { Metric, Period: 3600, Stat } }],
        }),
      );
      return MetricDataResults?.[0]?.Values?.at(0);
    },
  };
}

// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
test('invocations are counted as Lambda counts them', async () => {
  const { invoke, value } = await runningStack();
  await invoke({});
  await invoke({ fail: true });

  for (const dimensions of [{}, { FunctionName: 'worker' }, { FunctionName: 'worker', Resource: 'worker' }]) {
    expect(await value('AWS/Lambda', 'Invocations', dimensions)).toBe(2);
    expect(await value('AWS/Lambda', 'Errors', dimensions)).toBe(1);
    expect(await value('AWS/Lambda', 'Errors', dimensions, 'Average')).toBe(0.5);
    expect(await value('AWS/Lambda', 'Duration', dimensions, 'p50')).toBeGreaterThan(0);
    expect(await value('AWS/Lambda', 'ConcurrentExecutions', dimensions, 'Maximum')).toBe(1);
  }
  expect(await value('AWS/Lambda', 'Throttles', {})).toBeUndefined();
});

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html, and https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
test('an event that fails is counted by EventBridge, by the queue and by Lambda', async () => {
  const { loop, value } = await runningStack();
  const events = new EventBridgeClient(clientOptions(loop));
  const entry = { EventBusName: 'parcels', Source: 'parcels', DetailType: 'Packed', Detail: '{}' };
  await events.send(new PutEventsCommand({ Entries: [entry, { ...entry, Detail: 'torn' }] }));
  await loop.idle();

  const onBus = { EventBusName: 'parcels' };
  const ofRule = { EventBusName: 'parcels', RuleName: 'packed' };
  expect(await value('AWS/Events', 'PutEventsApproximateCallCount', {})).toBe(1);
  expect(await value('AWS/Events', 'PutEventsEntriesCount', {})).toBe(2);
  expect(await value('AWS/Events', 'PutEventsFailedEntriesCount', {})).toBe(1);
  expect(await value('AWS/Events', 'MatchedEvents', onBus)).toBe(1);
  expect(await value('AWS/Events', 'TriggeredRules', ofRule)).toBe(1);
  expect(await value('AWS/Events', 'Invocations', ofRule)).toBe(2);
  expect(await value('AWS/Events', 'SuccessfulInvocationAttempts', ofRule)).toBe(1);
  // The queue has no policy that lets the rule in, and the rule no queue for what it can't deliver.
  expect(await value('AWS/Events', 'FailedInvocations', ofRule)).toBe(1);
  expect(await value('AWS/Events', 'InvocationsFailedToBeSentToDlq', ofRule)).toBeUndefined();
  expect(await value('AWS/Events', 'Invocations', { RuleName: 'packed' })).toBeUndefined();

  const worker = { FunctionName: 'worker' };
  expect(await value('AWS/Lambda', 'AsyncEventsReceived', worker)).toBe(1);
  expect(await value('AWS/Lambda', 'AsyncEventAge', worker, 'SampleCount')).toBe(2);
  expect(await value('AWS/Lambda', 'Invocations', worker)).toBe(2);
  expect(await value('AWS/Lambda', 'AsyncEventsDropped', worker)).toBe(1);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
test('messages are counted by their queue', async () => {
  const { loop, value } = await runningStack();
  const sqs = new SQSClient(clientOptions(loop));
  const QueueUrl = `${loop.endpoint}/000000000000/open`;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'twelve bytes' }));
  await sqs.send(new ReceiveMessageCommand({ ...MET_ONCE, QueueUrl }));
  await sqs.send(new ReceiveMessageCommand({ ...MET_ONCE, QueueUrl }));

  const queue = { QueueName: 'open' };
  expect(await value('AWS/SQS', 'NumberOfMessagesSent', queue)).toBe(1);
  expect(await value('AWS/SQS', 'SentMessageSize', queue)).toBe(12);
  expect(await value('AWS/SQS', 'NumberOfMessagesReceived', queue)).toBe(1);
  expect(await value('AWS/SQS', 'NumberOfEmptyReceives', queue)).toBe(1);
  expect(await value('AWS/SQS', 'NumberOfMessagesDeleted', queue)).toBeUndefined();
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
test('what a function logs in the embedded format is a metric; what is wrong in it is counted', async () => {
  const { invoke, value } = await runningStack();
  const directive = { Namespace: 'Parcels', Dimensions: [['service']], Metrics: [{ Name: 'Weight' }] };
  const line = (Weight: unknown) =>
    JSON.stringify({
      _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] },
      service: 'packer',
      Weight,
    });
  await invoke({ log: line([2, 3]) });
  await invoke({ log: line('heavy') });
  await invoke({ log: line(1).replace(/}$/, '') });

  await expect.poll(() => value('Parcels', 'Weight', { service: 'packer' })).toBe(5);
  const group = { LogGroupName: '/aws/lambda/worker' };
  await expect.poll(() => value('AWS/Logs', 'EMFValidationErrors', group)).toBe(1);
  await expect.poll(() => value('AWS/Logs', 'EMFParsingErrors', group)).toBe(1);
});

test('data put by a client come back by every way of asking', async () => {
  const { cloudwatch } = await runningStack();
  const Timestamp = new Date(Date.now() - 600_000);
  const Dimensions = [{ Name: 'stage', Value: 'dev' }];
  const base = { MetricName: 'Weight', Timestamp, Unit: 'Bytes', Dimensions } as const;
  await cloudwatch.send(
    new PutMetricDataCommand({
      Namespace: 'Parcels',
      MetricData: [
        { ...base, Value: 2 },
        { ...base, Values: [3, 4], Counts: [1, 2] },
        // A large request: the client compresses it.
        ...Array.from({ length: 300 }, (_, index) => ({ MetricName: `Filler${index}`, Value: index })),
      ],
    }),
  );

  const { Datapoints } = await cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'Parcels',
      MetricName: 'Weight',
      Dimensions,
      StartTime: new Date(Date.now() - 1_200_000),
      EndTime: new Date(),
      Period: 60,
      Statistics: ['Sum', 'SampleCount', 'Average', 'Minimum', 'Maximum'],
    }),
  );
  const minute = new Date(Math.floor(Timestamp.getTime() / 60_000) * 60_000);
  expect(Datapoints).toEqual([
    { Timestamp: minute, Sum: 13, SampleCount: 4, Average: 3.25, Minimum: 2, Maximum: 4, Unit: 'Bytes' },
  ]);

  const { Metrics } = await cloudwatch.send(
    new ListMetricsCommand({ Namespace: 'Parcels', Dimensions: [{ Name: 'stage' }] }),
  );
  expect(Metrics).toEqual([{ Namespace: 'Parcels', MetricName: 'Weight', Dimensions }]);
});
