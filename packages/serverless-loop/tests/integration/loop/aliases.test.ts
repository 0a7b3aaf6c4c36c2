import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import {
  clientOptions,
  type LoopUnderTest,
  loopUnderTest,
  MET_ONCE,
  projectFolder,
} from '../../loop-in-process.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Letters: {Type: AWS::SQS::Queue}
  Failures: {Type: AWS::SQS::Queue}
  LettersPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Letters]
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: sqs:SendMessage, Resource: !GetAtt Letters.Arn}
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      CodeUri: code/
      Handler: worker.handler
      AutoPublishAlias: live
      EventInvokeConfig:
        MaximumRetryAttempts: 0
        DestinationConfig:
          OnFailure: {Type: SQS, Destination: !GetAtt Failures.Arn}
      Events:
        Packed:
          Type: EventBridgeRule
          Properties: {Pattern: {source: [parcels], detail-type: [Packed]}}
  # SAM's permission is of the alias: this rule calls the bare name, for which there is none.
  Bare:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [parcels], detail-type: [Bare]}
      Targets: [{Id: bare, Arn: !GetAtt Worker.Arn, DeadLetterConfig: {Arn: !GetAtt Letters.Arn}}]
  # And this one the alias, with a permission for the bare name only.
  Aliased:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [parcels], detail-type: [Aliased]}
      Targets: [{Id: aliased, Arn: !Ref Worker.Alias, DeadLetterConfig: {Arn: !GetAtt Letters.Arn}}]
  AliasedPermission:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Worker, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com, SourceArn: !GetAtt Aliased.Arn}
Outputs:
  LettersUrl: {Value: !Ref Letters}
  FailuresUrl: {Value: !Ref Failures}
`;

const WORKER = `
exports.handler = async (event, context) => {
  if (event.fail || event.detail?.fail) throw new RangeError('no tape left');
  return { version: context.functionVersion, arn: context.invokedFunctionArn };
};`;

function parcels(): Promise<LoopUnderTest> {
  const folder = projectFolder({ 'template.yaml': TEMPLATE, 'code/worker.js': WORKER });
  return loopUnderTest(`${folder}/template.yaml`);
}

async function publish({ loop }: LoopUnderTest, DetailType: string, detail: object) {
  const Entries = [{ Source: 'parcels', DetailType, Detail: JSON.stringify(detail) }];
  await new EventBridgeClient(clientOptions(loop)).send(new PutEventsCommand({ Entries }));
  await loop.idle();
}

/** Takes what is in the queue, and deletes it: else it would be there again as soon as it is visible. */
async function received({ loop }: LoopUnderTest, output: string): Promise<Message[]> {
  const QueueUrl = loop.stack.outputs.find(({ name }) => name === output)?.value;
  const sqs = new SQSClient(clientOptions(loop));
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
      ...MET_ONCE,
    }),
  );
  if (Messages.length > 0)
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    );
  return Messages;
}

test('what a rule sends to the alias is an invocation of the alias, with the settings of the alias', async () => {
  const under = await parcels();
  const arn = `${under.loop.stack.functions[0]?.arn}:live`;
  await publish(under, 'Packed', { fail: true });
  expect(under.factsOf('delivery.succeeded')).toMatchObject([{ targetArn: arn }]);
  const called = { qualifier: 'live', executedVersion: '1' };
  expect(under.factsOf('invocation.accepted')).toMatchObject([called]);
  expect(under.factsOf('invocation.ended')).toMatchObject([{ ...called, outcome: 'error', attempt: 1 }]);
  expect(under.factsOf('destination.sent')).toMatchObject([{ qualifier: 'live' }]);
  expect(under.factsOf('invocation.dropped')).toMatchObject([{ ...called, hasDestination: true }]);
  const [{ Body = '' } = {}] = await received(under, 'FailuresUrl');
  expect(JSON.parse(Body)).toMatchObject({
    requestContext: { functionArn: arn, condition: 'RetriesExhausted', approximateInvokeCount: 1 },
    responseContext: { executedVersion: '1' },
  });
});

test('an asynchronous invocation by the bare name has the settings of the function: two retries and no destination', async () => {
  const under = await parcels();
  const lambda = new LambdaClient(clientOptions(under.loop));
  const FunctionName = under.loop.stack.functions[0]?.name;
  await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: '{"fail":true}' }));
  await under.loop.idle();
  const ended = under.factsOf('invocation.ended');
  expect(
    ended.map(({ attempt, qualifier, executedVersion }) => [attempt, qualifier, executedVersion]),
  ).toEqual([1, 2, 3].map((attempt) => [attempt, undefined, '$LATEST']));
  expect(under.factsOf('destination.sent')).toEqual([]);
  expect(under.factsOf('invocation.dropped')).toMatchObject([
    { executedVersion: '$LATEST', hasDestination: false },
  ]);
  expect(await received(under, 'FailuresUrl')).toEqual([]);
});

test('a synchronous caller is told which version ran', async () => {
  const under = await parcels();
  const lambda = new LambdaClient(clientOptions(under.loop));
  const { name, arn } = under.loop.stack.functions[0] ?? { name: '', arn: '' };
  for (const [FunctionName, version] of [
    [`${name}:live`, '1'],
    [name, '$LATEST'],
  ]) {
    const { ExecutedVersion, Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
    expect(ExecutedVersion).toBe(version);
    expect(JSON.parse(new TextDecoder().decode(Payload))).toEqual({
      version,
      arn: FunctionName === name ? arn : `${arn}:live`,
    });
  }
});

test('a permission for the alias does not hold for the bare name, nor the other way round', async () => {
  const under = await parcels();
  const arn = under.loop.stack.functions[0]?.arn;
  for (const [detailType, targetArn] of [
    ['Bare', arn],
    ['Aliased', `${arn}:live`],
  ] as const) {
    await publish(under, detailType, {});
    const [letter] = await received(under, 'LettersUrl');
    expect(letter?.MessageAttributes).toMatchObject({
      TARGET_ARN: { StringValue: targetArn },
      ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
    });
  }
  expect(under.factsOf('invocation.started')).toEqual([]);
});
