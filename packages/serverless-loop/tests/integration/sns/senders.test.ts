import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { clientOptions, loopUnderTest, MET_ONCE, projectFolder } from '../../loop-in-process.ts';

const template = (principal: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  News: {Type: AWS::SNS::Topic, Properties: {TopicName: news, Subscription: [{Protocol: sqs, Endpoint: !GetAtt Inbox.Arn}]}}
  NewsPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref News]
      PolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: ${principal}}, Action: sns:Publish, Resource: !Ref News}]
  Inbox: {Type: AWS::SQS::Queue, Properties: {QueueName: inbox}}
  MayNotify:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Inbox]
      PolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: sqs:SendMessage, Resource: !GetAtt Inbox.Arn}]
  Packed:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [parcels]}
      Targets: [{Id: news, Arn: !Ref News, InputPath: $.detail}]
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: worker
      Runtime: nodejs24.x
      Handler: worker.handler
      CodeUri: code/
      EventInvokeConfig:
        MaximumRetryAttempts: 0
        DestinationConfig: {OnFailure: {Type: SNS, Destination: !Ref News}}
`;

async function runningStack(principal: string) {
  const folder = projectFolder({
    'template.yaml': template(principal),
    'code/worker.js': "exports.handler = async () => { throw new Error('no tape'); };",
  });
  const running = await loopUnderTest(`${folder}/template.yaml`);
  const { loop } = running;
  const sqs = new SQSClient(clientOptions(loop));
  return {
    ...running,
    async publish() {
      const Entries = [{ Source: 'parcels', DetailType: 'Packed', Detail: '{"box":7}' }];
      await new EventBridgeClient(clientOptions(loop)).send(new PutEventsCommand({ Entries }));
      await loop.idle();
    },
    /** The next message in the queue. */
    async heard(): Promise<unknown> {
      const QueueUrl = `${loop.endpoint}/000000000000/inbox`;
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ ...MET_ONCE, QueueUrl, WaitTimeSeconds: 5 }),
      );
      return JSON.parse(JSON.parse(Messages[0]?.Body ?? '{"Message":"null"}').Message);
    },
  };
}

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html: Amazon SNS permissions
test('a rule’s events go to a topic whose policy lets EventBridge in', async () => {
  const { publish, heard } = await runningStack('events.amazonaws.com');
  await publish();
  expect(await heard()).toEqual({ box: 7 });
});

test('a topic that lets somebody else in refuses the rule for good', async () => {
  const { publish, factsOf } = await runningStack('cloudwatch.amazonaws.com');
  await publish();
  expect(factsOf('delivery.lost')).toEqual([
    expect.objectContaining({
      errorCode: 'NO_PERMISSIONS',
      errorMessage: expect.stringContaining('SNS:Publish'),
    }),
  ]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
test('the record of a function that failed goes to the topic that is its destination', async () => {
  const { loop, heard } = await runningStack('events.amazonaws.com');
  await new LambdaClient(clientOptions(loop)).send(
    new InvokeCommand({ FunctionName: 'worker', InvocationType: 'Event', Payload: Buffer.from('{"box":7}') }),
  );
  await loop.idle();
  expect(await heard()).toMatchObject({
    requestContext: { condition: 'RetriesExhausted' },
    requestPayload: { box: 7 },
  });
});
