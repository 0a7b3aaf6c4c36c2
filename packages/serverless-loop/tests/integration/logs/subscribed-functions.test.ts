import { gunzipSync } from 'node:zlib';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fact } from '../../../src/facts.ts';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

/** The one that hears itself goes round so often, and then ends by itself. */
const ROUNDS = 3;

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: code/ } }
Resources:
  Writer:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: writer, Handler: index.writer }
  Reader:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: reader
      Handler: index.reader
      Events:
        Errors: { Type: CloudWatchLogs, Properties: { LogGroupName: /aws/lambda/writer, FilterPattern: ERROR } }
  Listener:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: listener
      Handler: index.listener
      Events:
        Own: { Type: CloudWatchLogs, Properties: { LogGroupName: /aws/lambda/listener, FilterPattern: round } }
  Shut: { Type: AWS::Serverless::Function, Properties: { FunctionName: shut, Handler: index.reader } }
  Group: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: group } }
  ToShut: { Type: AWS::Logs::SubscriptionFilter, Properties: { LogGroupName: !Ref Group, FilterPattern: '', DestinationArn: !GetAtt Shut.Arn } }
  Sizes:
    Type: AWS::Logs::MetricFilter
    Properties: { LogGroupName: !Ref Group, FilterPattern: '{ $.size > 0 }', MetricTransformations: [ { MetricNamespace: depot, MetricName: size, MetricValue: $.size, Unit: Bytes } ] }
  Lines: { Type: AWS::Kinesis::Stream, Properties: { Name: lines, ShardCount: 1 } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [ { Effect: Allow, Principal: { Service: logs.amazonaws.com }, Action: "sts:AssumeRole" } ] }
      Policies: [ { PolicyName: put, PolicyDocument: { Statement: [ { Effect: Allow, Action: "kinesis:PutRecord", Resource: !GetAtt Lines.Arn } ] } } ]
  ToLines:
    Type: AWS::Logs::SubscriptionFilter
    Properties: { LogGroupName: !Ref Group, FilterPattern: '', DestinationArn: !GetAtt Lines.Arn, RoleArn: !GetAtt Role.Arn }
`;

const CODE = `
const { gunzipSync } = require('node:zlib');
const read = ({ awslogs: { data } }) => JSON.parse(gunzipSync(Buffer.from(data, 'base64')));
exports.writer = async () => {
  console.log(JSON.stringify({ level: 'ERROR', order: 7 }));
  console.log(JSON.stringify({ level: 'INFO', order: 8 }));
};
exports.reader = async (event) => console.log('got ' + JSON.stringify(read(event)));
exports.listener = async (event) => {
  const round = event.round ?? 1 + Number(/round (\\d+)/.exec(read(event).logEvents[0].message)[1]);
  if (round < ${ROUNDS}) console.log('round ' + round);
};
`;

let loop: RunningLoop;
const removers: (() => void)[] = [];

beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE, 'code/index.js': CODE }, (remove) =>
    removers.push(remove),
  );
  loop = await startLoop({ template: `${folder}/template.yaml`, retrySpeed: 100 });
});
afterAll(async () => {
  await loop?.stop();
  for (const remove of removers) remove();
});

const heard = (isWanted: (fact: Fact) => boolean) => loop.facts.waitFor(isWanted, { withinMs: 60_000 });

const config = () => ({
  endpoint: loop.endpoint,
  region: loop.region,
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
});

// SAM developer guide, "CloudWatchLogs" (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-cloudwatchlogs.html)
test('a CloudWatchLogs event invokes its function asynchronously with what matches of the log of another', async () => {
  await loop.invoke('Writer', {});
  const accepted = await heard(
    (fact) => fact.kind === 'invocation.accepted' && fact.functionName === 'reader',
  );
  expect(accepted).toMatchObject({
    sourceArn: expect.stringMatching(/:log-group:\/aws\/lambda\/writer:\*$/),
  });
  const told = await heard((fact) => fact.kind === 'log' && fact.line.includes('got {'));
  const { line } = told.kind === 'log' ? told : expect.fail('no line');
  const data = JSON.parse(line.slice(line.indexOf('{')));
  expect(data).toMatchObject({ messageType: 'DATA_MESSAGE', logGroup: '/aws/lambda/writer' });
  expect(data.logEvents.map(({ message }: { message: string }) => message)).toEqual([
    expect.stringContaining('"order":7'),
  ]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html: loops are seen between functions, SQS, S3 and SNS, "other AWS services" are not
test('a function that is told of its own log is slowed from the first round on, and not stopped', async () => {
  await loop.invoke('Listener', { round: 1 });
  await heard((fact) => fact.kind === 'recursion.slowed' && fact.name === 'listener');
  const ended = () =>
    loop.facts.soFar().filter((fact) => fact.kind === 'invocation.ended' && fact.functionName === 'listener');
  await heard(() => ended().length === ROUNDS);
  expect(loop.facts.soFar().filter(({ kind }) => kind === 'recursion.stopped')).toEqual([]);
});

// CloudWatch Logs guide, "Subscription filters with Kinesis Data Streams" (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html)
test('log data lies in a stream compressed, a function whose policy lets nobody in has none, and a metric filter counts it', async () => {
  const logs = new CloudWatchLogsClient(config());
  const kinesis = new KinesisClient(config());
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({
      StreamName: 'lines',
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const logEvents = [{ timestamp: Date.now(), message: '{"size":12}' }];
  await logs.send(new CreateLogStreamCommand({ logGroupName: 'group', logStreamName: 's' }));
  await logs.send(new PutLogEventsCommand({ logGroupName: 'group', logStreamName: 's', logEvents }));
  const failed = await heard((fact) => fact.kind === 'subscription.failed');
  expect(failed).toMatchObject({
    destinationArn: expect.stringMatching(/:shut$/),
    reason: expect.stringContaining("doesn't let logs.amazonaws.com invoke it"),
  });
  await heard((fact) => fact.kind === 'subscription.sent' && fact.destinationArn.endsWith('stream/lines'));
  const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  expect(Records.map(({ Data = Buffer.of() }) => JSON.parse(gunzipSync(Data).toString()))).toMatchObject([
    {
      messageType: 'DATA_MESSAGE',
      logGroup: 'group',
      logStream: 's',
      logEvents: [{ message: '{"size":12}' }],
    },
  ]);

  // CloudWatch Logs guide, "Creating metrics from log events using filters"
  const cloudwatch = new CloudWatchClient(config());
  const hour = 3_600_000;
  const statistics = async () => {
    const { Datapoints = [] } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        ...{ Namespace: 'depot', MetricName: 'size', Period: 60, Statistics: ['Sum'] },
        ...{ StartTime: new Date(Date.now() - hour), EndTime: new Date(Date.now() + hour) },
      }),
    );
    return Datapoints;
  };
  await expect.poll(statistics).toMatchObject([{ Sum: 12, Unit: 'Bytes' }]);
  cloudwatch.destroy();
  logs.destroy();
  kinesis.destroy();
});
