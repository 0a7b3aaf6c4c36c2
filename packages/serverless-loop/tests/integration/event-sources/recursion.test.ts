import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { signedFor } from '../gateway/gateway-under-test.ts';

/** Sends what it gets back to where it came from. */
const HANDLER = `
const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
const sqs = new SQSClient({});
exports.handler = async ({ Records }) => {
  for (const { body } of Records)
    await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: body }));
};
`;

const template = (more = '') => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: packer
      Runtime: nodejs24.x
      Handler: handler.handler
      CodeUri: code/
      Timeout: 20
${more}
      Environment: { Variables: { QUEUE_URL: !Ref Boxes } }
      Policies: [{ SQSSendMessagePolicy: { QueueName: !GetAtt Boxes.QueueName } }]
      Events:
        In: { Type: SQS, Properties: { Queue: !GetAtt Boxes.Arn, BatchSize: 1 } }
  Boxes:
    Type: AWS::SQS::Queue
    Properties: { QueueName: boxes, RedrivePolicy: { deadLetterTargetArn: !GetAtt Lost.Arn, maxReceiveCount: 1 } }
  Lost: { Type: AWS::SQS::Queue, Properties: { QueueName: lost } }
`;

async function loopThatFeedsItself(more?: string): Promise<RunningLoop> {
  const folder = projectFolder({ 'template.yaml': template(more), 'code/handler.js': HANDLER });
  const loop = await startLoop({ template: `${folder}/template.yaml`, retrySpeed: 100, startsAhead: false });
  const sqs = new SQSClient({
    endpoint: loop.endpoint,
    region: loop.region,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  onTestFinished(async () => {
    sqs.destroy();
    await loop.stop();
  });
  await sqs.send(
    new SendMessageCommand({ QueueUrl: `${loop.endpoint}/000000000000/boxes`, MessageBody: 'round' }),
  );
  return loop;
}

const roundsOf = (loop: RunningLoop) =>
  loop.facts.soFar().filter(({ kind }) => kind === 'batch.succeeded').length;

test('a function that feeds its own queue is stopped after sixteen calls, and the message is a dead letter', async () => {
  const loop = await loopThatFeedsItself();
  // Lambda guide, "Recursive loop detection": "approximately 16 times in the same chain of requests".
  await loop.facts.waitFor((fact) => fact.kind === 'recursion.stopped');
  await loop.facts.waitFor((fact) => fact.kind === 'queue.sent' && fact.queueName === 'lost');
  await loop.idle();
  expect(roundsOf(loop)).toBe(16);
});

// https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html: with Allow "Lambda doesn't take any action when it detects your function being invoked as part of a recursive loop"
test('one that says it may goes on', async () => {
  const loop = await loopThatFeedsItself('      RecursiveLoop: Allow');
  await loop.facts.waitFor(() => roundsOf(loop) > 20);
  expect(loop.facts.soFar().some(({ kind }) => kind === 'recursion.stopped')).toBe(false);
});

const COPIER = `
const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
const s3 = new S3Client({ forcePathStyle: true });
exports.handler = async ({ Records: [{ s3: { bucket, object } }] }) => {
  await s3.send(new PutObjectCommand({ Bucket: bucket.name, Key: object.key + 'x', Body: 'round' }));
};
`;

// The same page: Lambda sees loops between it and SQS, SNS and S3.
test('a function that writes to the bucket that calls it is stopped, and said to be', async () => {
  const folder = projectFolder({
    'template.yaml': `
Transform: AWS::Serverless-2016-10-31
Resources:
  Copier:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: copier
      Runtime: nodejs24.x
      Handler: handler.handler
      CodeUri: code/
      Timeout: 20
      Policies: [{ S3WritePolicy: { BucketName: crate } }]
      Events: { In: { Type: S3, Properties: { Bucket: !Ref Crate, Events: "s3:ObjectCreated:*" } } }
  Crate: { Type: AWS::S3::Bucket, Properties: { BucketName: crate } }
`,
    'code/handler.js': COPIER,
  });
  const loop = await startLoop({ template: `${folder}/template.yaml`, retrySpeed: 100, startsAhead: false });
  onTestFinished(() => loop.stop());
  await fetch(`${loop.endpoint}/crate/a`, {
    method: 'PUT',
    body: 'first',
    headers: { Authorization: signedFor('s3') },
  });
  expect(await loop.facts.waitFor((fact) => fact.kind === 'recursion.stopped')).toMatchObject({
    functionName: 'copier',
  });
});

const MARKER = `
const { DynamoDBClient, UpdateItemCommand } = require('@aws-sdk/client-dynamodb');
const dynamodb = new DynamoDBClient({});
exports.handler = async ({ Records }) => {
  for (const { dynamodb: { Keys, NewImage } } of Records) {
    if (NewImage?.seen) continue;
    await dynamodb.send(new UpdateItemCommand({
      TableName: 'crates', Key: Keys, UpdateExpression: 'SET seen = :yes', ExpressionAttributeValues: { ':yes': { BOOL: true } },
    }));
  }
};
`;

// The same page: between Lambda and DynamoDB AWS stops nothing, so that it is said when it is seen.
test('a function that writes to the table whose stream it reads is said to, once', async () => {
  const folder = projectFolder({
    'template.yaml': `
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
      Handler: handler.handler
      CodeUri: code/
      Policies: [ { DynamoDBCrudPolicy: { TableName: !Ref Crates } } ]
      Events:
        In: { Type: DynamoDB, Properties: { Stream: !GetAtt Crates.StreamArn, StartingPosition: TRIM_HORIZON } }
`,
    'code/handler.js': MARKER,
  });
  const loop = await startLoop({ template: `${folder}/template.yaml`, retrySpeed: 100, startsAhead: false });
  const dynamodb = new DynamoDBClient({
    endpoint: loop.endpoint,
    region: loop.region,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  onTestFinished(async () => {
    dynamodb.destroy();
    await loop.stop();
  });
  for (const id of ['one', 'two'])
    await dynamodb.send(new PutItemCommand({ TableName: 'crates', Item: { id: { S: id } } }));
  await loop.idle();
  expect(loop.facts.soFar().filter(({ kind }) => kind === 'source.feedsItself')).toEqual([
    expect.objectContaining({
      functionName: 'marker',
      sourceArn: expect.stringContaining(':table/crates/stream/'),
    }),
  ]);
});
