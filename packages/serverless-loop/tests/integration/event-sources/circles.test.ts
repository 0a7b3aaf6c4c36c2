import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fact } from '../../../src/facts.ts';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

/** Each goes round so often, and then ends by itself. */
const ROUNDS = 20;

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Crates:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: crates
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [ { AttributeName: id, AttributeType: S } ]
      KeySchema: [ { AttributeName: id, KeyType: HASH } ]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
  Marker:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: marker
      Runtime: nodejs24.x
      Handler: marker.handler
      CodeUri: code/
      Policies: [ { DynamoDBCrudPolicy: { TableName: !Ref Crates } } ]
      Events:
        In: { Type: DynamoDB, Properties: { Stream: !GetAtt Crates.StreamArn, StartingPosition: TRIM_HORIZON } }
  Ringer:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: ringer
      Runtime: nodejs24.x
      Handler: ringer.handler
      CodeUri: code/
      Policies: [ { EventBridgePutEventsPolicy: { EventBusName: default } } ]
      Events:
        In: { Type: EventBridgeRule, Properties: { RuleName: rings, Pattern: { source: [ bell ] } } }
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: wheel
      Policies: [ { EventBridgePutEventsPolicy: { EventBusName: default } } ]
      Events:
        In: { Type: EventBridgeRule, Properties: { RuleName: turns, Pattern: { source: [ wheel ] } } }
      Definition:
        QueryLanguage: JSONata
        StartAt: Enough
        States:
          Enough:
            Type: Choice
            Choices: [ { Condition: "{% $states.input.detail.round >= ${ROUNDS} %}", Next: Done } ]
            Default: Again
          Again:
            Type: Task
            Resource: arn:aws:states:::events:putEvents
            Arguments:
              Entries:
                - { Source: wheel, DetailType: turn, Detail: { round: "{% $states.input.detail.round + 1 %}" } }
            End: true
          Done: { Type: Succeed }
  Boxes: { Type: AWS::SQS::Queue, Properties: { QueueName: boxes } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [ { Effect: Allow, Principal: { Service: pipes.amazonaws.com }, Action: "sts:AssumeRole" } ]
      Policies: [ { PolicyName: all, PolicyDocument: { Statement: [ { Effect: Allow, Action: "sqs:*", Resource: "*" } ] } } ]
  Belt:
    Type: AWS::Pipes::Pipe
    Properties:
      Name: belt
      RoleArn: !GetAtt Role.Arn
      Source: !GetAtt Boxes.Arn
      Target: !GetAtt Boxes.Arn
      # Else it would grow from round to round.
      TargetParameters: { InputTemplate: "<$.body>" }
`;

const MARKER = `
const { DynamoDBClient, UpdateItemCommand } = require('@aws-sdk/client-dynamodb');
const dynamodb = new DynamoDBClient({});
exports.handler = async ({ Records }) => {
  for (const { dynamodb: { Keys, NewImage } } of Records) {
    if (Number(NewImage.round.N) >= ${ROUNDS}) continue;
    await dynamodb.send(new UpdateItemCommand({
      TableName: 'crates', Key: Keys, UpdateExpression: 'ADD round :one', ExpressionAttributeValues: { ':one': { N: '1' } },
    }));
  }
};
`;

const RINGER = `
const { EventBridgeClient, PutEventsCommand } = require('@aws-sdk/client-eventbridge');
const events = new EventBridgeClient({});
exports.handler = async ({ detail: { round } }) => {
  if (round >= ${ROUNDS}) return;
  await events.send(new PutEventsCommand({ Entries: [{ Source: 'bell', DetailType: 'ring', Detail: JSON.stringify({ round: round + 1 }) }] }));
};
`;

let loop: RunningLoop;
const clients: { destroy(): void }[] = [];
const removers: (() => void)[] = [];

beforeAll(async () => {
  const folder = projectFolder(
    { 'template.yaml': TEMPLATE, 'code/marker.js': MARKER, 'code/ringer.js': RINGER },
    (remove) => removers.push(remove),
  );
  loop = await startLoop({ template: `${folder}/template.yaml`, retrySpeed: 100, startsAhead: false });
});

afterAll(async () => {
  for (const client of clients) client.destroy();
  await loop?.stop();
  for (const remove of removers) remove();
});

function clientOf<C extends { destroy(): void }>(
  Client: new (config: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  }) => C,
): C {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const client = new Client({ endpoint: loop.endpoint, region: loop.region, credentials });
  clients.push(client);
  return client;
}

const slowed = (name: string) => (fact: Fact) => fact.kind === 'recursion.slowed' && fact.name === name;
const toldOf = (name: string) => loop.facts.soFar().filter(slowed(name)).length;

// Lambda guide, "Recursive loop detection" (https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html): "When another AWS service such as Amazon DynamoDB forms part of the loop, Lambda can't currently detect and stop it".
test('a function that writes to the table whose stream it reads is not stopped, but slowed after 16 rounds, and said to be once', async () => {
  await clientOf(DynamoDBClient).send(
    new PutItemCommand({ TableName: 'crates', Item: { id: { S: 'one' }, round: { N: '0' } } }),
  );
  await loop.facts.waitFor(slowed('marker'));
  await loop.facts.waitFor(() => rounds('batch.succeeded', 'marker') === ROUNDS + 1);
  expect(toldOf('marker')).toBe(1);
  expect(stopped()).toEqual([]);
});

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html: loops are seen between functions, SQS, S3 and SNS, "other AWS services" are not
test('a rule whose function puts its event again is slowed after 16 rounds, and its function is not stopped', async () => {
  await putEvent('bell', 'ring');
  expect(await loop.facts.waitFor(slowed('rings'))).toMatchObject({
    sourceArn: expect.stringContaining(':rule/rings'),
  });
  await loop.facts.waitFor(() => rounds('invocation.ended', 'ringer') === ROUNDS + 1);
  expect(toldOf('rings')).toBe(1);
  expect(stopped()).toEqual([]);
});

test('near: a rule whose state machine puts its event again is slowed after 16 rounds', async () => {
  await putEvent('wheel', 'turn');
  await loop.facts.waitFor(slowed('turns'));
  await loop.facts.waitFor(
    () => loop.facts.soFar().filter(({ kind }) => kind === 'execution.ended').length === ROUNDS + 1,
  );
  expect(toldOf('turns')).toBe(1);
});

test('near: a pipe from a queue to itself is slowed after 16 rounds', async () => {
  await clientOf(SQSClient).send(
    new SendMessageCommand({ QueueUrl: `${loop.endpoint}/000000000000/boxes`, MessageBody: 'round' }),
  );
  await loop.facts.waitFor(slowed('belt'));
  const pipeArn = `arn:aws:pipes:${loop.region}:000000000000:pipe/belt`;
  const before = rounds('batch.succeeded', pipeArn);
  await loop.facts.waitFor(() => rounds('batch.succeeded', pipeArn) > before + 2);
  expect(toldOf('belt')).toBe(1);
});

async function putEvent(Source: string, DetailType: string): Promise<void> {
  const Entries = [{ Source, DetailType, Detail: JSON.stringify({ round: 0 }) }];
  await clientOf(EventBridgeClient).send(new PutEventsCommand({ Entries }));
}

function rounds(kind: Fact['kind'], functionName: string): number {
  return loop.facts
    .soFar()
    .filter((fact) => fact.kind === kind && 'functionName' in fact && fact.functionName === functionName)
    .length;
}

function stopped(): Fact[] {
  return loop.facts.soFar().filter(({ kind }) => kind === 'recursion.stopped');
}
