import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, SendTaskSuccessCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ARNS, MACHINE, MAY, MAY_NOT, type StatesLoop, startStatesLoop, WORKER } from './states-loop.ts';

// Errors and results are those of LocalStack's records of AWS, tests/aws/services/stepfunctions/v2; each test names its record.

let states: StatesLoop;
let sqs: SQSClient;
let dynamodb: DynamoDBClient;
beforeAll(async () => {
  states = await startStatesLoop();
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const to = { endpoint: states.loop.endpoint, region: 'us-east-1', credentials };
  sqs = new SQSClient(to);
  dynamodb = new DynamoDBClient(to);
});
afterAll(async () => {
  sqs?.destroy();
  dynamodb?.destroy();
  await states?.stop();
});

let made = 0;

/** Runs a task alone; its machine is of this test. */
async function run(
  Resource: string,
  Parameters: object,
  more: { input?: unknown; roleArn?: string; state?: object } = {},
) {
  const arn = await begin(Resource, Parameters, more);
  const { status, output, error, cause } = await states.ended(arn);
  const result: unknown = output === undefined ? undefined : JSON.parse(output);
  return { arn, status, result, error, cause };
}

async function begin(
  Resource: string,
  Parameters: object,
  { input, roleArn = MAY, state = {} }: { input?: unknown; roleArn?: string; state?: object } = {},
) {
  made += 1;
  const { stateMachineArn = '' } = await states.sfn.send(
    new CreateStateMachineCommand({
      name: `task-${made}`,
      roleArn,
      definition: JSON.stringify({
        StartAt: 'T',
        States: { T: { Type: 'Task', Resource, Parameters, End: true, ...state } },
      }),
    }),
  );
  return states.start(stateMachineArn, input);
}

async function received() {
  const QueueUrl = states.loop.physicalId('Inbox');
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
  );
  return Messages;
}

const METADATA = {
  SdkHttpMetadata: { HttpStatusCode: 200 },
  SdkResponseMetadata: { RequestId: expect.any(String) },
};

test('a function answers with its payload read (services/test_lambda_task_service, "test_invoke")', async () => {
  const { result } = await run('arn:aws:states:::lambda:invoke', { FunctionName: WORKER, Payload: { a: 1 } });
  expect(result).toMatchObject({
    ExecutedVersion: '$LATEST',
    Payload: { got: { a: 1 } },
    StatusCode: 200,
    ...METADATA,
  });
});

test('a payload that is a text is the JSON that it holds (services/test_lambda_task_service, "test_invoke_json_values")', async () => {
  const invoke = async (Payload: string) =>
    (await run('arn:aws:states:::lambda:invoke', { FunctionName: WORKER, Payload })).result;
  expect(await invoke('true')).toMatchObject({ Payload: { got: true } });
  expect(await invoke('no JSON')).toMatchObject({ Payload: { got: 'no JSON' } });
});

test('a token that is none is refused before the output (services/test_aws_sdk_task_service, "test_sfn_send_task_outcome_with_no_such_token")', async () => {
  const { error } = await run('arn:aws:states:::aws-sdk:sfn:sendTaskSuccess', {
    TaskToken: 'NoSuchTaskToken',
    Output: 'no JSON',
  });
  expect(error).toBe('Sfn.InvalidTokenException');
});

test('a function that fails fails its task by its own error type (error_handling/test_task_service_lambda, "test_raise_exception")', async () => {
  const { error, cause } = await run('arn:aws:states:::lambda:invoke', {
    FunctionName: 'worker',
    Payload: { fail: 'Broken' },
  });
  expect(error).toBe('Broken');
  expect(JSON.parse(cause ?? '')).toMatchObject({ errorType: 'Broken', errorMessage: 'Broken' });
});

test('a function that is not there is told as the older SDK does (the same, "test_no_such_function")', async () => {
  const { error, cause } = await run('arn:aws:states:::lambda:invoke', { FunctionName: 'gone' });
  expect(error).toBe('Lambda.ResourceNotFoundException');
  expect(cause).toMatch(
    /^Function not found: .*:function:gone.* \(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: .*; Proxy: null\)$/,
  );
});

test('a table is written and read (services/test_dynamodb_task_service)', async () => {
  const Item = { id: { S: 'one' }, count: { N: '5' } };
  const put = await run('arn:aws:states:::dynamodb:putItem', { TableName: 'orders', Item });
  expect(put).toMatchObject({ status: 'SUCCEEDED', result: METADATA });
  expect(
    (await dynamodb.send(new GetItemCommand({ TableName: 'orders', Key: { id: { S: 'one' } } }))).Item,
  ).toEqual(Item);
  const got = await run(
    'arn:aws:states:::dynamodb:getItem',
    { TableName: 'orders', Key: { id: { 'S.$': '$.id' } } },
    { input: { id: 'one' } },
  );
  expect(got.result).toMatchObject({ Item });
});

test('a condition that is not met has the name that catchers ask for (Step Functions guide, "Perform DynamoDB CRUD operations with Step Functions")', async () => {
  await dynamodb.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: 'there' } } }));
  const { error } = await run('arn:aws:states:::dynamodb:putItem', {
    TableName: 'orders',
    Item: { id: { S: 'there' } },
    ConditionExpression: 'attribute_not_exists(id)',
  });
  expect(error).toBe('DynamoDB.ConditionalCheckFailedException');
});

test('an error that the API does not name has the general name of its SDK (error_handling/test_aws_sdk, "test_dynamodb_invalid_param"; test_task_service_dynamodb)', async () => {
  const old = await run('arn:aws:states:::dynamodb:putItem', {
    TableName: 'orders',
    Item: { other: { S: 'x' } },
  });
  expect(old.error).toBe('DynamoDB.AmazonDynamoDBException');
  const sdk = await run('arn:aws:states:::aws-sdk:dynamodb:putItem', {
    TableName: 'orders',
    Item: { other: { S: 'x' } },
  });
  expect(sdk.error).toBe('DynamoDb.DynamoDbException');
  expect(sdk.cause).toMatch(
    / \(Service: DynamoDb, Status Code: 400, Request ID: [\da-f-]{36}\) \(SDK Attempt Count: 1\)$/,
  );
});

test('a message may be JSON, and has its attributes (services/test_sqs_task_service)', async () => {
  const QueueUrl = states.loop.physicalId('Inbox');
  const MessageAttributes = { kind: { DataType: 'String', StringValue: 'Hello' } };
  const { result } = await run('arn:aws:states:::sqs:sendMessage', {
    QueueUrl,
    MessageBody: { a: 1 },
    MessageAttributes,
  });
  expect(result).toMatchObject({
    MD5OfMessageBody: expect.any(String),
    MessageId: expect.any(String),
    ...METADATA,
  });
  const [message] = await received();
  expect(message?.Body).toBe('{"a":1}');
  expect(message?.MessageAttributes?.kind?.StringValue).toBe('Hello');
});

test('a topic that is not there fails with its name (services/test_sns_task_service, "test_publish_base_error_topic_arn")', async () => {
  const TopicArn = `arn:aws:sns:${ARNS}:news`;
  expect(await run('arn:aws:states:::sns:publish', { TopicArn, Message: 'm' })).toMatchObject({
    status: 'SUCCEEDED',
    result: { MessageId: expect.any(String) },
  });
  expect(
    await run('arn:aws:states:::sns:publish', { TopicArn: `${TopicArn}-gone`, Message: 'm' }),
  ).toMatchObject({
    error: 'SNS.NotFoundException',
  });
});

test('an event tells the execution and the machine that it comes from (Step Functions guide, "Add EventBridge events with Step Functions")', async () => {
  const Entries = [{ Source: 'a.b', DetailType: 'T', Detail: { x: 1 }, EventBusName: 'default' }];
  expect(await run('arn:aws:states:::events:putEvents', { Entries })).toMatchObject({
    status: 'SUCCEEDED',
    result: { FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] },
  });
  const broken = [{ Source: 'a.b', DetailType: 'T', Detail: 'no json', EventBusName: 'default' }];
  expect(await run('arn:aws:states:::events:putEvents', { Entries: broken })).toMatchObject({
    error: 'EventBridge.FailedEntry',
    cause:
      '{"Entries":[{"ErrorCode":"MalformedDetail","ErrorMessage":"Detail is malformed."}],"FailedEntryCount":1}',
  });
});

test('another execution is started, or waited for, with its output as text or as JSON (callback/test_callback, "test_start_execution_sync*")', async () => {
  const child = await states.sfn.send(
    new CreateStateMachineCommand({
      name: 'child',
      roleArn: MAY,
      definition: JSON.stringify({
        StartAt: 'C',
        States: {
          C: { Type: 'Choice', Choices: [{ Variable: '$.fail', IsPresent: true, Next: 'F' }], Default: 'P' },
          P: { Type: 'Pass', Result: { Arg1: 'argument1' }, End: true },
          F: { Type: 'Fail', Error: 'SomeFailure', Cause: 'because' },
        },
      }),
    }),
  );
  const StateMachineArn = child.stateMachineArn;
  const started = await run('arn:aws:states:::states:startExecution', {
    StateMachineArn,
    Name: 'mine',
    Input: { a: 1 },
  });
  expect(started.result).toMatchObject({
    ExecutionArn: `arn:aws:states:${ARNS}:execution:child:mine`,
    ...METADATA,
  });
  const text = await run('arn:aws:states:::states:startExecution.sync', { StateMachineArn });
  expect(text.result).toMatchObject({ Input: '{}', Output: '{"Arg1":"argument1"}', Status: 'SUCCEEDED' });
  expect(await states.typesOf(text.arn)).toContain('TaskSubmitted');
  const json = await run('arn:aws:states:::states:startExecution.sync:2', { StateMachineArn });
  expect(json.result).toMatchObject({ Input: {}, Output: { Arg1: 'argument1' }, Status: 'SUCCEEDED' });
  const failed = await run('arn:aws:states:::states:startExecution.sync:2', {
    StateMachineArn,
    Input: { fail: true },
  });
  expect(failed.error).toBe('States.TaskFailed');
  expect(JSON.parse(failed.cause ?? '')).toMatchObject({
    Error: 'SomeFailure',
    Cause: 'because',
    Status: 'FAILED',
  });
});

test('a callback ends the task, and the end of the execution ends the child it waits for', async () => {
  const QueueUrl = states.loop.physicalId('Inbox');
  const waiting = await begin('arn:aws:states:::sqs:sendMessage.waitForTaskToken', {
    QueueUrl,
    MessageBody: { 'token.$': '$$.Task.Token' },
  });
  const [message] = await received();
  const { token } = JSON.parse(message?.Body ?? '{}');
  await states.sfn.send(new SendTaskSuccessCommand({ taskToken: token, output: '{"approved":true}' }));
  const { status, output } = await states.ended(waiting);
  expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: '{"approved":true}' });

  await states.sfn.send(
    new CreateStateMachineCommand({
      name: 'sleeper',
      roleArn: MAY,
      definition: JSON.stringify({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 3600, End: true } } }),
    }),
  );
  const parent = await begin('arn:aws:states:::states:startExecution.sync', {
    StateMachineArn: MACHINE('sleeper'),
    Name: 'slept',
  });
  const child = `arn:aws:states:${ARNS}:execution:sleeper:slept`;
  await expect.poll(async () => (await states.describe(child)).status).toBe('RUNNING');
  await states.sfn.send(new StopExecutionCommand({ executionArn: parent }));
  await expect.poll(async () => (await states.describe(child)).status).toBe('ABORTED');
});

test('any operation of the loop can be called as the SDK calls it', async () => {
  const { result } = await run('arn:aws:states:::aws-sdk:sfn:describeStateMachine', {
    StateMachineArn: MACHINE('child'),
  });
  expect(result).toMatchObject({ Name: 'child', Type: 'STANDARD', CreationDate: '2026-11-28T10:00:00.000Z' });
  const listed = await run('arn:aws:states:::aws-sdk:lambda:listFunctions', {});
  expect(listed.result).toMatchObject({ Functions: [{ FunctionName: 'worker' }] });
  const parameter = { Name: '/a', Value: 'b', Type: 'String' };
  expect((await run('arn:aws:states:::aws-sdk:ssm:putParameter', parameter)).status).toBe('SUCCEEDED');
  expect(await run('arn:aws:states:::aws-sdk:ssm:getParameter', { Name: '/gone' })).toMatchObject({
    error: 'Ssm.ParameterNotFoundException',
  });
});

test('an object is put, read as text and listed, as the members that the SDK tells (services/test_aws_sdk_task_service, "test_s3_put_object", "test_s3_get_object")', async () => {
  const Bucket = 'task-objects';
  expect((await run('arn:aws:states:::aws-sdk:s3:createBucket', { Bucket })).status).toBe('SUCCEEDED');
  const put = await run('arn:aws:states:::aws-sdk:s3:putObject', {
    Bucket,
    Key: 'a.json',
    Body: { Dict: 'Value' },
  });
  expect(put.result).toEqual({
    ChecksumCRC32: 'hnEfWw==',
    ChecksumType: 'FULL_OBJECT',
    ETag: '"49e31cee5aec8faf3345893addb14346"',
    ServerSideEncryption: 'AES256',
  });
  const got = await run('arn:aws:states:::aws-sdk:s3:getObject', { Bucket, Key: 'a.json' });
  expect(got.result).toEqual({
    AcceptRanges: 'bytes',
    Body: '{"Dict":"Value"}',
    ContentLength: 16,
    ContentType: 'text/plain; charset=UTF-8',
    ETag: '"49e31cee5aec8faf3345893addb14346"',
    LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    Metadata: {},
    ServerSideEncryption: 'AES256',
  });
  const listed = await run('arn:aws:states:::aws-sdk:s3:listObjectsV2', { Bucket });
  expect(listed.result).toMatchObject({ Contents: [{ Key: 'a.json', Size: 16 }], KeyCount: 1, Name: Bucket });
});

test('what S3 refuses has the name of its SDK and the two ids of the answer (error_handling/test_aws_sdk, "test_no_such_bucket", "test_s3_no_such_key")', async () => {
  const gone = await run('arn:aws:states:::aws-sdk:s3:getObject', { Bucket: 'no-such-bucket', Key: 'k' });
  expect(gone.error).toBe('S3.NoSuchBucketException');
  expect(gone.cause).toMatch(
    /^The specified bucket does not exist \(Service: S3, Status Code: 404, Request ID: .+, Extended Request ID: .+\) \(SDK Attempt Count: 1\)$/,
  );
  const key = await run('arn:aws:states:::aws-sdk:s3:getObject', { Bucket: 'task-objects', Key: 'gone' });
  expect(key.error).toBe('S3.NoSuchKeyException');
  const refused = await run('arn:aws:states:::aws-sdk:s3:listBuckets', {}, { roleArn: MAY_NOT });
  expect(refused.error).toBe('S3.S3Exception');
  expect(refused.cause).toMatch(/^.*is not authorized to perform: s3:ListAllMyBuckets.*Status Code: 403/);
});

test('an object that is larger than an output can be fails the task that reads it (Step Functions guide, "Service quotas")', async () => {
  const Bucket = 'task-objects';
  const s3 = new S3Client({
    endpoint: states.loop.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  await s3.send(new PutObjectCommand({ Bucket, Key: 'large', Body: Buffer.alloc(300_000, 'x') }));
  s3.destroy();
  const { error } = await run('arn:aws:states:::aws-sdk:s3:getObject', { Bucket, Key: 'large' });
  expect(error).toBe('States.DataLimitExceeded');
});

test('a service that speaks REST is called as any other', async () => {
  const group = await run('arn:aws:states:::aws-sdk:scheduler:createScheduleGroup', { Name: 'of-a-task' });
  expect(group.result).toEqual({
    ScheduleGroupArn: `arn:aws:scheduler:${ARNS}:schedule-group/of-a-task`,
  });
  const gone = await run('arn:aws:states:::aws-sdk:scheduler:getSchedule', { Name: 'gone' });
  expect(gone.error).toBe('Scheduler.ResourceNotFoundException');
  const told = await run('arn:aws:states:::aws-sdk:xray:getTraceSummaries', {
    StartTime: '2026-11-28T10:00:00Z',
    EndTime: '2026-11-28T11:00:00Z',
  });
  expect(told.result).toMatchObject({ TraceSummaries: [] });
  expect((await run('arn:aws:states:::aws-sdk:pipes:listPipes', {})).result).toEqual({ Pipes: [] });
});

test('each service refuses a role that lacks the right', async () => {
  const { error, cause } = await run(
    'arn:aws:states:::dynamodb:getItem',
    { TableName: 'orders', Key: { id: { S: 'x' } } },
    { roleArn: MAY_NOT },
  );
  expect(error).toBe('DynamoDB.AmazonDynamoDBException');
  expect(cause).toMatch(/is not authorized to perform: dynamodb:GetItem/);
});
