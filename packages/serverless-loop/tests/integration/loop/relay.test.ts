import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
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
Globals:
  Function: {Runtime: nodejs24.x, CodeUri: code/, Timeout: 5}
Resources:
  Bus:
    Type: AWS::Events::EventBus
    Properties: {Name: parcels}
  DeadLetters:
    Type: AWS::SQS::Queue
  Failures:
    Type: AWS::SQS::Queue
  DeadLettersPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref DeadLetters]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: events.amazonaws.com}
            Action: sqs:SendMessage
            Resource: !GetAtt DeadLetters.Arn
            Condition: {ArnEquals: {aws:SourceArn: !GetAtt Forbidden.Arn}}
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Handler: worker.handler
      EventInvokeConfig:
        DestinationConfig:
          OnFailure: {Type: SQS, Destination: !GetAtt Failures.Arn}
      Events:
        Packed:
          Type: EventBridgeRule
          Properties:
            EventBusName: !Ref Bus
            Pattern: {source: [parcels], detail-type: [Packed]}
  Slow:
    Type: AWS::Serverless::Function
    Properties:
      Handler: slow.handler
      ReservedConcurrentExecutions: 1
      Events:
        Queued:
          Type: EventBridgeRule
          Properties:
            EventBusName: !Ref Bus
            Pattern: {source: [parcels], detail-type: [Queued]}
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
  # No AWS::Lambda::Permission lets this rule invoke its target.
  Forbidden:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: {source: [parcels], detail-type: [Lost]}
      Targets:
        - Id: worker
          Arn: !GetAtt Worker.Arn
          DeadLetterConfig: {Arn: !GetAtt DeadLetters.Arn}
Outputs:
  DeadLettersUrl: {Value: !Ref DeadLetters}
  FailuresUrl: {Value: !Ref Failures}
  TableName: {Value: !Ref Table}
`;

const WORKER = `
exports.handler = async (event) => {
  if (event.detail.fail) throw new RangeError('no tape left');
  if (event.detail.exit) process.exit(3);
  return { seen: event.detail };
};`;

const SLOW = `
let running = 0;
exports.handler = async (event) => {
  running += 1;
  await new Promise((resolve) => setTimeout(resolve, 30));
  console.log('done', event.detail.number, 'together', running);
  running -= 1;
};`;

async function relay(): Promise<LoopUnderTest> {
  const folder = projectFolder({ 'template.yaml': TEMPLATE, 'code/worker.js': WORKER, 'code/slow.js': SLOW });
  return loopUnderTest(`${folder}/template.yaml`);
}

async function publish({ loop }: LoopUnderTest, detailType: string, ...details: unknown[]) {
  const events = new EventBridgeClient(clientOptions(loop));
  return events.send(
    new PutEventsCommand({
      Entries: details.map((detail) => ({
        Source: 'parcels',
        DetailType: detailType,
        EventBusName: 'parcels',
        Detail: JSON.stringify(detail),
      })),
    }),
  );
}

async function receive({ loop }: LoopUnderTest, output: string): Promise<Message> {
  const queueUrl = loop.stack.outputs.find(({ name }) => name === output)?.value;
  const sqs = new SQSClient(clientOptions(loop));
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const { Messages: [message] = [] } = await sqs.send(
      // The wait is on the loop's clock, which these tests let run fast.
      new ReceiveMessageCommand({
        ...MET_ONCE,
        QueueUrl: queueUrl,
        WaitTimeSeconds: 20,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    if (message) return message;
  }
  throw new Error(`no message in ${output}`);
}

test('an event reaches the function that its rule names, through its own permission', async () => {
  const under = await relay();
  await publish(under, 'Packed', { box: 7 });
  await under.loop.idle();
  expect(under.factsOf('delivery.succeeded')).toHaveLength(1);
  await expect.poll(() => under.factsOf('invocation.ended')).toMatchObject([{ outcome: 'ok', attempt: 1 }]);
});

test('a function that throws is tried three times and its record has every field', async () => {
  const under = await relay();
  await publish(under, 'Packed', { fail: true });
  const { Body = '' } = await receive(under, 'FailuresUrl');
  const { requestId } = under.factsOf('invocation.started')[0] ?? {};
  expect(JSON.parse(Body)).toEqual({
    version: '1.0',
    timestamp: expect.stringMatching(/Z$/),
    requestContext: {
      requestId,
      functionArn: expect.stringMatching(
        /^arn:aws:lambda:eu-west-1:000000000000:function:test-Worker-.*:\$LATEST$/,
      ),
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: {
      version: '0',
      id: expect.any(String),
      'detail-type': 'Packed',
      source: 'parcels',
      account: '000000000000',
      time: expect.any(String),
      region: 'eu-west-1',
      resources: [],
      detail: { fail: true },
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: 'RangeError', errorMessage: 'no tape left', trace: expect.any(Array) },
  });
  expect(under.factsOf('invocation.started').map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  expect(new Set(under.factsOf('invocation.started').map((fact) => fact.requestId)).size).toBe(1);
});

test('a function that exits is tried again in a new process', async () => {
  const under = await relay();
  await publish(under, 'Packed', { exit: true });
  const { Body = '' } = await receive(under, 'FailuresUrl');
  expect(JSON.parse(Body).responsePayload).toMatchObject({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringContaining('Runtime exited with error: exit status 3'),
  });
});

test('a rule that may not invoke its target fills its dead-letter queue at once, with every attribute', async () => {
  const under = await relay();
  await publish(under, 'Lost', { box: 7 });
  const { Body = '', MessageAttributes = {} } = await receive(under, 'DeadLettersUrl');
  expect(JSON.parse(Body)).toMatchObject({ 'detail-type': 'Lost', detail: { box: 7 } });
  const rule = under.loop.stack.rules.find(({ logicalId }) => logicalId === 'Forbidden');
  const values = Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
  );
  expect(values).toEqual({
    RULE_ARN: rule?.arn,
    TARGET_ARN: rule?.targets[0]?.arn,
    ERROR_CODE: 'NO_PERMISSIONS',
    ERROR_MESSAGE: expect.any(String),
    RETRY_ATTEMPTS: '0',
  });
  expect(under.factsOf('invocation.started')).toEqual([]);
});

test('a function at its concurrency limit accepts every event, and works them off one by one', async () => {
  const under = await relay();
  const { FailedEntryCount } = await publish(under, 'Queued', ...[1, 2, 3, 4].map((number) => ({ number })));
  expect(FailedEntryCount).toBe(0);
  await expect.poll(() => under.factsOf('invocation.ended').length).toBe(4);
  expect(under.factsOf('delivery.succeeded')).toHaveLength(4);
  expect(under.factsOf('delivery.deadLettered')).toEqual([]);
  const lines = under.factsOf('log').filter(({ source }) => source === 'function');
  expect(lines).toHaveLength(4);
  for (const { line } of lines) expect(line).toMatch(/together 1$/);
  expect(under.factsOf('invocation.throttled').length).toBeGreaterThan(0);
});

test('a synchronous caller of a function at its limit is told so', async () => {
  const under = await relay();
  const lambda = new LambdaClient(clientOptions(under.loop));
  const invoke = () =>
    lambda.send(new InvokeCommand({ FunctionName: 'Slow', Payload: '{"detail":{"number":1}}' })).then(
      () => 'answered',
      (error: Error) => error.name,
    );
  expect((await Promise.all([invoke(), invoke()])).sort()).toEqual(['TooManyRequestsException', 'answered']);
});

test('a person at the keyboard may read the tables', async () => {
  const under = await relay();
  const table = new DynamoDBClient(clientOptions(under.loop));
  const name = under.loop.stack.tables[0]?.name;
  expect(await table.send(new ScanCommand({ TableName: name }))).toMatchObject({ Count: 0 });
});
