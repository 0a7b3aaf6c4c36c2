import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
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
  expect(sdk.cause).toMatch(/ \(Service: DynamoDb, Status Code: 400, Request ID: .*\)$/);
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

test('each service refuses a role that lacks the right', async () => {
  const { error, cause } = await run(
    'arn:aws:states:::dynamodb:getItem',
    { TableName: 'orders', Key: { id: { S: 'x' } } },
    { roleArn: MAY_NOT },
  );
  expect(error).toBe('DynamoDB.AmazonDynamoDBException');
  expect(cause).toMatch(/is not authorized to perform: dynamodb:GetItem/);
});
