import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MACHINE, type StatesLoop, startStatesLoop } from './states-loop.ts';

const RESOURCES = `
  Log: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: steps-log } }
  Told:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: told
      Role: !GetAtt May.Arn
      Tracing: { Enabled: true }
      Logging:
        Level: ALL
        IncludeExecutionData: false
        Destinations: [ { CloudWatchLogsLogGroup: { LogGroupArn: !GetAtt Log.Arn } } ]
      Definition: { StartAt: A, States: { A: { Type: Pass, Result: { Arg1: argument1 }, End: true } } }
      Events:
        Ordered: { Type: EventBridgeRule, Properties: { Pattern: { source: [ shop ] }, InputPath: $.detail } }
        Nightly: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 day), Input: '{"at":"night"}' } }
  Changes:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [ aws.states ], detail: { stateMachineArn: [ !Ref Told ] } }
      Targets: [ { Id: inbox, Arn: !GetAtt Inbox.Arn } ]
  MayTell:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [ !Ref Inbox ]
      PolicyDocument: { Statement: [ { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: '*' } ] }
`;

let states: StatesLoop;
let to: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
beforeAll(async () => {
  states = await startStatesLoop(RESOURCES);
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  to = { endpoint: states.loop.endpoint, region: 'us-east-1', credentials };
});
afterAll(() => states?.stop());

async function inputsOf(machine: string): Promise<(string | undefined)[]> {
  const { executions = [] } = await states.sfn.send(
    new ListExecutionsCommand({ stateMachineArn: MACHINE(machine) }),
  );
  const found = await Promise.all(executions.map(({ executionArn = '' }) => states.describe(executionArn)));
  return found.map(({ input }) => input);
}

/* EventBridge guide, "Amazon EventBridge targets": an event starts an execution in the name of the target's role. */
test('a rule starts an execution with what its target makes of the event', async () => {
  const events = new EventBridgeClient(to);
  const Entries = [{ Source: 'shop', DetailType: 'Ordered', Detail: '{"order":7}' }];
  await events.send(new PutEventsCommand({ Entries }));
  events.destroy();
  await states.loop.idle();
  expect(await inputsOf('told')).toContain('{"order":7}');
});

/* SAM developer guide, "ScheduleV2" of AWS::Serverless::StateMachine. */
test('a schedule starts one, too', async () => {
  states.loop.fire('Nightly');
  await expect.poll(() => inputsOf('told')).toContain('{"at":"night"}');
});

/* Step Functions guide, "Automating Step Functions event delivery with EventBridge". */
test('EventBridge is told of each status of an execution', async () => {
  const arn = await states.start(MACHINE('told'), { seen: true }, 'seen');
  await states.ended(arn);
  const sqs = new SQSClient(to);
  const details: Record<string, unknown>[] = [];
  await expect
    .poll(async () => {
      const QueueUrl = states.loop.physicalId('Inbox');
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      details.push(...Messages.map(({ Body = '{}' }) => JSON.parse(Body).detail));
      return details.filter(({ name }) => name === 'seen').map(({ status }) => status);
    })
    .toEqual(['RUNNING', 'SUCCEEDED']);
  sqs.destroy();
  expect(details.find(({ name, status }) => name === 'seen' && status === 'SUCCEEDED')).toMatchObject({
    executionArn: arn,
    stateMachineArn: MACHINE('told'),
    input: '{"seen":true}',
    output: '{"Arg1":"argument1"}',
    startDate: Date.parse('2026-11-28T10:00:00Z'),
    stopDate: Date.parse('2026-11-28T10:00:00Z'),
  });
});

/* LocalStack's record "test_base[pass_result.json5_ALL_False]" of AWS, v2/logs/test_logs.snapshot.json. */
test('its events are logged by the level, without data unless they are wanted', async () => {
  const arn = await states.start(MACHINE('told'), { secret: true }, 'logged');
  await states.ended(arn);
  const logs = new CloudWatchLogsClient(to);
  const { events = [] } = await logs.send(
    new FilterLogEventsCommand({ logGroupName: 'steps-log', filterPattern: '"execution:told:logged"' }),
  );
  logs.destroy();
  const about = { execution_arn: arn, redrive_count: '0', event_timestamp: '1795860000000' };
  expect(events.map(({ message = '' }) => JSON.parse(message))).toEqual([
    {
      id: '1',
      type: 'ExecutionStarted',
      details: { roleArn: expect.any(String) },
      previous_event_id: '0',
      ...about,
    },
    { id: '2', type: 'PassStateEntered', details: { name: 'A' }, previous_event_id: '0', ...about },
    { id: '3', type: 'PassStateExited', details: { name: 'A' }, previous_event_id: '2', ...about },
    { id: '4', type: 'ExecutionSucceeded', details: {}, previous_event_id: '3', ...about },
  ]);
});

/* Step Functions guide, "Monitoring Step Functions metrics using Amazon CloudWatch"; "Trace Step Functions request data in AWS X-Ray". */
test('executions are counted and traced', async () => {
  await states.ended(await states.start(MACHINE('told'), {}, 'counted'));
  const cloudwatch = new CloudWatchClient(to);
  const { Datapoints = [] } = await cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/States',
      MetricName: 'ExecutionsSucceeded',
      Dimensions: [{ Name: 'StateMachineArn', Value: MACHINE('told') }],
      StartTime: new Date('2026-11-28T09:00:00Z'),
      EndTime: new Date('2026-11-28T11:00:00Z'),
      Period: 3600,
      Statistics: ['Sum'],
    }),
  );
  cloudwatch.destroy();
  expect(Datapoints[0]?.Sum).toBeGreaterThan(0);
  const segments = states.loop.segments().map((document) => JSON.parse(document));
  expect(segments).toContainEqual(
    expect.objectContaining({ name: 'told', origin: 'AWS::StepFunctions::StateMachine' }),
  );
});
