import { DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  BucketVersioningStatus,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { projectFolder, runLoop } from '../../loop-in-process.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: |
        exports.handler = async ({ n = 0 }) => { console.log('ran'); return n + 1; };
      EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Lost.Arn } } }
  Other:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs24.x, Handler: index.handler, InlineCode: 'exports.handler = async () => 1' }
  Lost: { Type: AWS::SQS::Queue, Properties: { QueueName: lost } }
  Boxes:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: boxes
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
  Crates:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: crates
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
  Labels: { Type: AWS::S3::Bucket, Properties: { BucketName: labels } }
`;

let running: Awaited<ReturnType<typeof runLoop>>;
let remove = () => {};
beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE }, (undo) => {
    remove = undo;
  });
  running = await runLoop(`${folder}/template.yaml`);
});
afterAll(async () => {
  await running?.stop();
  remove();
});
beforeEach(() => void running.facts.splice(0));
afterEach(() => void running.loop.faults.remove());

const settings = () => ({
  endpoint: running.loop.endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  maxAttempts: 1,
});
const set = (fault: Record<string, unknown>) => running.loop.faults.add(fault);
const put = (id: string, table = 'boxes') =>
  new DynamoDBClient(settings()).send(new PutItemCommand({ TableName: table, Item: { id: { S: id } } }));
const item = async (id: string) =>
  (
    await new DynamoDBClient(settings()).send(
      new GetItemCommand({ TableName: 'boxes', Key: { id: { S: id } } }),
    )
  ).Item;
const add = (id: string) =>
  new DynamoDBClient(settings()).send(
    new UpdateItemCommand({
      TableName: 'boxes',
      Key: { id: { S: id } },
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    }),
  );
const invoke = (name: string) => {
  const fn = running.loop.stack.functions.find(({ logicalId }) => logicalId === name);
  return new LambdaClient(settings()).send(new InvokeCommand({ FunctionName: fn?.name, Payload: '{"n":1}' }));
};

describe('calls of a service', () => {
  /** The codes that each service's own SDK knows: src/faults/fault-errors.ts has the pages. */
  test.each([
    ['dynamodb', 'api-throttle-error', 'ProvisionedThroughputExceededException', 400, () => put('a')],
    ['dynamodb', 'api-internal-error', 'InternalServerError', 500, () => put('a')],
    ['sqs', 'api-unavailable-error', 'ServiceUnavailable', 503, () => send('x')],
    [
      's3',
      'api-throttle-error',
      'SlowDown',
      503,
      () => new S3Client(settings()).send(new ListBucketsCommand({})),
    ],
    [
      'sns',
      'api-throttle-error',
      'ThrottledException',
      429,
      () => new SNSClient(settings()).send(new ListTopicsCommand({})),
    ],
    ['lambda', 'api-throttle-error', 'TooManyRequestsException', 429, () => invoke('Other')],
  ])('%s are answered with %s as %s', async (service, action, name, status, call) => {
    set({ action, service, count: 1 });
    await expect(call()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
    expect(await call()).toMatchObject({ $metadata: expect.objectContaining({ httpStatusCode: 200 }) });
    expect(running.factsOf('fault.injected')).toMatchObject([{ action, service }]);
  });

  test('are told apart by operation and by what is called', async () => {
    set({ action: 'api-internal-error', service: 'dynamodb', operation: 'PutItem', resource: 'Crates' });
    await put('b');
    await expect(put('b', 'crates')).rejects.toThrow('A fault that was set');
    expect(await item('b')).toBeDefined();
  });

  test('may be waited with, and are done then', async () => {
    set({ action: 'api-delay', service: 'dynamodb', operation: 'PutItem', delayMs: 30, count: 1 });
    const startedAt = performance.now();
    await put('c');
    // A timer may be a millisecond early.
    expect(performance.now() - startedAt).toBeGreaterThan(28);
    expect(await item('c')).toBeDefined();
  });

  test('that are dropped are not done, and their connection is cut', async () => {
    set({ action: 'api-drop', service: 'dynamodb', operation: 'PutItem', count: 1 });
    await expect(put('d')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await item('d')).toBeUndefined();
  });

  test('whose answer is lost are done, and an SDK that tries again does them twice', async () => {
    set({ action: 'api-lost-answer', service: 'dynamodb', operation: 'UpdateItem', count: 1 });
    await expect(add('e')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await add('e');
    expect(await item('e')).toMatchObject({ n: { N: '2' } });
  });

  test('are done twice, and answered once', async () => {
    set({ action: 'api-twice', service: 'dynamodb', operation: 'UpdateItem', nth: 1 });
    await add('f');
    expect(await item('f')).toMatchObject({ n: { N: '2' } });
  });

  test('of S3, whose bodies are not read before, are waited with and dropped all the same', async () => {
    const s3 = new S3Client(settings());
    set({ action: 'api-delay', service: 's3', operation: 'PutObject', delayMs: 5 });
    await s3.send(new PutObjectCommand({ Bucket: 'labels', Key: 'k', Body: 'label' }));
    running.loop.faults.remove();
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'labels', Key: 'k' }));
    expect(await Body?.transformToString()).toBe('label');
    set({ action: 'api-drop', service: 's3' });
    await expect(s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('of S3 with a body that is taken as it comes are done twice as far as the body can be kept, and refused beyond', async () => {
    const s3 = new S3Client({ ...settings(), requestChecksumCalculation: 'WHEN_REQUIRED' });
    const versions = async () =>
      (await s3.send(new ListObjectVersionsCommand({ Bucket: 'labels', Prefix: 'twice' }))).Versions;
    const Status = BucketVersioningStatus.Enabled;
    await s3.send(new PutBucketVersioningCommand({ Bucket: 'labels', VersioningConfiguration: { Status } }));
    set({ action: 'api-twice', service: 's3', operation: 'PutObject' });
    await s3.send(new PutObjectCommand({ Bucket: 'labels', Key: 'twice', Body: 'label' }));
    expect(await versions()).toMatchObject([{ Size: 5 }, { Size: 5 }]);
    const Body = Buffer.alloc(17 * 1_024 * 1_024);
    await expect(
      s3.send(new PutObjectCommand({ Bucket: 'labels', Key: 'large', Body })),
    ).rejects.toMatchObject({
      name: 'InvalidRequest',
      message:
        'A fault that was set, api-twice, is to do this call twice, which the loop can with a body of up to 16 MB.',
    });
  });

  test('of another service, and those of the console, are as ever', async () => {
    set({ action: 'api-internal-error' });
    const response = await fetch(`${running.loop.endpoint}/_loop/tables`);
    expect(response.status).toBe(200);
    running.loop.faults.remove();
    set({ action: 'api-internal-error', service: 'sqs' });
    await put('g');
  });
});

describe('invocations', () => {
  test('of one function fail, and of no other; an asynchronous one is tried thrice, and its event ends in the queue', async () => {
    set({ action: 'invocation-error', function: 'Packer' });
    expect(await invoke('Other')).not.toHaveProperty('FunctionError', 'Unhandled');
    const { FunctionError, Payload } = await invoke('Packer');
    expect(FunctionError).toBe('Unhandled');
    expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toMatchObject({ errorType: 'InjectedFault' });
    await request('POST', '/_loop/invoke', { name: 'Packer', type: 'Event' });
    await running.loop.idle();
    expect(await request('GET', '/_loop/queue?name=lost')).toMatchObject({
      messages: expect.arrayContaining([
        expect.objectContaining({
          why: expect.stringMatching(/^RetriesExhausted after 3 attempts: InjectedFault/),
        }),
      ]),
    });
  });

  test('fail after they ran, where they are not prevented', async () => {
    set({ action: 'invocation-error', function: 'Packer', preventExecution: false, count: 1 });
    expect((await invoke('Packer')).FunctionError).toBe('Unhandled');
    expect(running.factsOf('invocation.ended')).toMatchObject([{ outcome: 'ok' }]);
  });

  test('are throttled as Lambda throttles', async () => {
    set({ action: 'invocation-throttle', function: 'Packer', count: 1 });
    await expect(invoke('Packer')).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    expect(running.factsOf('invocation.throttled')).toHaveLength(1);
    expect((await invoke('Packer')).FunctionError).toBeUndefined();
  });

  test('begin later, and happen twice', async () => {
    set({ action: 'invocation-add-delay', function: 'Packer', delayMs: 30, count: 1 });
    const startedAt = performance.now();
    await invoke('Packer');
    expect(performance.now() - startedAt).toBeGreaterThan(28);
    set({ action: 'invocation-twice', function: 'Packer', count: 1 });
    await invoke('Packer');
    expect(running.factsOf('invocation.ended')).toHaveLength(3);
  });
});

test('faults are set, listed and undone by the API, and one that can’t be is refused', async () => {
  const { id } = await request('POST', '/_loop/faults', {
    action: 'aws:fis:inject-api-throttle-error',
    service: 'sqs',
  });
  await expect(send('x')).rejects.toMatchObject({ name: 'RequestThrottled' });
  expect(await request('GET', '/_loop/faults')).toMatchObject({
    faults: [{ id, description: 'api-throttle-error: calls of sqs', hits: 1, isOver: false }],
  });
  expect(await request('POST', '/_loop/faults/remove', { id })).toEqual({ removed: 1 });
  await send('x');
  expect(await request('POST', '/_loop/faults', { action: 'api-drop', operations: 'x' })).toMatchObject({
    code: 'ValidationException',
  });
  expect(await request('POST', '/_loop/faults/remove', { id })).toMatchObject({
    code: 'ResourceNotFoundException',
  });
});

function send(body: string) {
  const QueueUrl = running.loop.stack.queues[0]?.url;
  return new SQSClient(settings()).send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
}

async function request(method: string, path: string, body?: unknown) {
  const response = await fetch(`${running.loop.endpoint}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', 'X-Loop-Token': running.loop.token },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return Object(await response.json());
}
