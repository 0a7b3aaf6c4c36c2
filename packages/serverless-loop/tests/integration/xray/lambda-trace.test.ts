import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { inferredSegmentId } from '../../../src/aws/trace-header.ts';
import { clientOptions, loopUnderTest, MET_ONCE, projectFolder } from '../../loop-in-process.ts';
import { named, type SegmentDocument, treeOf, xrayClient } from './xray-client.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: nodejs24.x, CodeUri: code/, Handler: index.handler, Timeout: 3, Tracing: Active}
Resources:
  Bus:
    Type: AWS::Events::EventBus
    Properties: {Name: parcels}
  Queue:
    Type: AWS::SQS::Queue
    Properties: {QueueName: parcels}
  QueuePolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn}]
  ToQueue:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: {source: [parcels]}
      Targets: [{Id: queue, Arn: !GetAtt Queue.Arn}]
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: worker
      ReservedConcurrentExecutions: 1
      Events:
        Packed: {Type: EventBridgeRule, Properties: {EventBusName: !Ref Bus, Pattern: {source: [parcels]}}}
  Plain:
    Type: AWS::Serverless::Function
    Properties: {FunctionName: plain, Tracing: PassThrough}
`;

/** Does as its event says. */
const CODE = `
exports.handler = async ({ detail, ...event }) => {
  const { hang, exit, busyMs = 0 } = { ...event, ...detail };
  if (exit) process.exit(3);
  await new Promise((resolve) => setTimeout(resolve, hang ? 60_000 : busyMs));
  return process.env._X_AMZN_TRACE_ID ?? null;
};
`;

const TRACE_ID = `1-${Math.floor(Date.now() / 1000).toString(16)}-0123456789abcdef01234567`;
const CALLER = '53995c3f42cd8ad8';

async function parcels() {
  const folder = projectFolder({ 'template.yaml': TEMPLATE, 'code/index.js': CODE });
  const { loop, factsOf } = await loopUnderTest(`${folder}/template.yaml`);
  const options = clientOptions(loop);
  const lambda = new LambdaClient(options);
  const events = new EventBridgeClient(options);
  const sqs = new SQSClient(options);
  onTestFinished(() => {
    for (const client of [lambda, events, sqs]) client.destroy();
  });
  const publish = (detail: object, TraceHeader?: string) =>
    events.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: 'parcels',
            Source: 'parcels',
            DetailType: 'Packed',
            Detail: JSON.stringify(detail),
            ...(TraceHeader !== undefined && { TraceHeader }),
          },
        ],
      }),
    );
  const invoke = async (
    FunctionName: string,
    event: object,
    InvocationType: 'Event' | 'RequestResponse' = 'RequestResponse',
  ) => {
    const { Payload } = await lambda.send(
      new InvokeCommand({ FunctionName, InvocationType, Payload: JSON.stringify(event) }),
    );
    return Payload?.transformToString() ?? '';
  };
  return { loop, factsOf, xray: xrayClient(loop), publish, invoke, sqs };
}

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-related-service-xray.html
test('a published event carries its trace to the function and to the queue, with the bus as the parent', async () => {
  const { loop, xray, publish, sqs } = await parcels();
  await publish({}, `Root=${TRACE_ID};Parent=${CALLER};Sampled=1`);
  const bus = inferredSegmentId(CALLER);

  const segments = await xray.until(TRACE_ID, (all) => all.length === 2);
  expect(segments.map(({ parent_id }) => parent_id)).toContain(bus);
  const QueueUrl = `${loop.endpoint}/000000000000/parcels`;
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({
      ...MET_ONCE,
      QueueUrl,
      MessageSystemAttributeNames: ['AWSTraceHeader'],
      WaitTimeSeconds: 5,
    }),
  );
  expect(Messages?.[0]?.Attributes?.AWSTraceHeader).toBe(`Root=${TRACE_ID};Parent=${bus};Sampled=1`);
});

test('an unsampled event leaves no trace, and one without a header starts its own at the function', async () => {
  const { loop, xray, publish } = await parcels();
  await publish({}, `Root=${TRACE_ID};Parent=${CALLER};Sampled=0`);
  await loop.idle();
  await publish({});
  await expect.poll(() => xray.summaries()).toHaveLength(1);
  const [summary] = await xray.summaries();
  expect(summary?.Id).not.toBe(TRACE_ID);
  expect(summary?.EntryPoint).toMatchObject({ Name: 'worker', Type: 'AWS::Lambda' });
});

test('a time-out and a crash are faults, with what became of the function', async () => {
  const { xray, invoke } = await parcels();
  await invoke('worker', { hang: true });
  await invoke('worker', { exit: true });
  await expect.poll(() => xray.summaries('fault AND service("worker") { fault }')).toHaveLength(2);
  expect(await xray.summaries('message CONTAINS "Task timed out after 3.00 seconds"')).toMatchObject([
    {
      HasFault: true,
      FaultRootCauses: [
        {
          ClientImpacting: true,
          Services: [
            { Name: 'worker', Type: 'AWS::Lambda' },
            {
              Name: 'worker',
              Type: 'AWS::Lambda::Function',
              EntityPath: [
                { Name: 'worker' },
                { Name: 'Invocation', Exceptions: [{ Name: 'Sandbox.Timedout' }] },
              ],
            },
          ],
        },
      ],
    },
  ]);
  expect(await xray.summaries('message CONTAINS "exit status 3"')).toHaveLength(1);
});

test('a call over the concurrency is an error and a throttle; an event waits and is tried again', async () => {
  const { loop, xray, invoke, factsOf } = await parcels();
  const busy = invoke('worker', { busyMs: 2_500 });
  await expect.poll(() => factsOf('invocation.started').length).toBe(1);
  await expect(invoke('worker', {})).rejects.toThrow('Rate Exceeded');
  await invoke('worker', {}, 'Event');
  await busy;
  await loop.idle();

  expect(await xray.summaries('throttle AND error AND http.status = 429')).toMatchObject([
    { HasThrottle: true, HasError: true, HasFault: false },
  ]);
  const [event] = await xray.summaries('http.status = 202');
  const segments = await xray.until(event?.Id ?? '', (all) => all.length === 2);
  const tries = (named(segments, 'worker').subsegments ?? []).slice(1);
  expect(tries.at(0)).toMatchObject({
    name: 'Attempt #1',
    throttle: true,
    http: { response: { status: 429 } },
  });
  const last = tries.at(-1);
  expect(last).toMatchObject({ name: `Attempt #${tries.length}`, http: { response: { status: 200 } } });
  expect(runOf(segments)?.parent_id).toBe(last?.id);
  expect(treeOf(segments)).toContain('worker AWS::Lambda 202');
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html: PassThrough
test('a function that only passes traces through records none, and is told of one that is not sampled', async () => {
  const { xray, invoke } = await parcels();
  expect(JSON.parse(await invoke('plain', {}))).toMatch(
    /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;/,
  );
  const header = JSON.parse(await invoke('worker', {}));
  await expect.poll(() => xray.summaries()).toHaveLength(1);
  const [summary] = await xray.summaries();
  expect(header).toContain(`Root=${summary?.Id};Parent=`);
  expect(header).toMatch(/;Sampled=1;Lineage=1:[0-9a-f]{8}:0$/);
});

function runOf(segments: SegmentDocument[]): SegmentDocument | undefined {
  return segments.find(({ origin }) => origin === 'AWS::Lambda::Function');
}
