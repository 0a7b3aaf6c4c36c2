import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { LoopOptions } from '../../../src/loop/loop-options.ts';
import { clientOptions, loopUnderTest, projectFolder } from '../../loop-in-process.ts';
import { askLogs, messages } from './ask-logs.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: nodejs24.x, CodeUri: code/, Handler: talker.handler, Timeout: 5}
Resources:
  Talker:
    Type: AWS::Serverless::Function
    Properties: {FunctionName: talker}
  Structured:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: structured
      LoggingConfig: {LogFormat: JSON, LogGroup: !Ref Declared}
  Mute:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: mute
      Role: !GetAtt MuteRole.Arn
  Reader:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: reader
      Handler: reader.handler
      Policies: [FilterLogEventsPolicy: {LogGroupName: declared}]
  MuteRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: NoLogs
          PolicyDocument: {Statement: [{Effect: Allow, Action: sqs:SendMessage, Resource: "*"}]}
  Declared:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: declared, RetentionInDays: 30}
`;

const CODE = {
  'template.yaml': TEMPLATE,
  'code/talker.js': `exports.handler = async () => {
    console.log('said');
    process.stdout.write('{"written": true}\\n');
    return process.env.AWS_LAMBDA_LOG_STREAM_NAME;
  };`,
  'code/reader.js': `exports.handler = () => Promise.all(['declared', '/aws/lambda/talker'].map(async (logGroupName) => {
    const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID } = process.env;
    const Authorization = 'AWS4-HMAC-SHA256 Credential=' + AWS_ACCESS_KEY_ID + '/20260101/eu-west-1/logs/aws4_request, SignedHeaders=host, Signature=0';
    const headers = { 'X-Amz-Target': 'Logs_20140328.FilterLogEvents', Authorization };
    const body = JSON.stringify({ logGroupName });
    return (await fetch(AWS_ENDPOINT_URL, { method: 'POST', headers, body })).json();
  }));`,
};

async function start(options: Partial<LoopOptions> = {}) {
  const running = await loopUnderTest(`${projectFolder(CODE)}/template.yaml`, options);
  const client = new LambdaClient(clientOptions(running.loop));
  const invoke = async (FunctionName: string) => {
    const { Payload, LogResult } = await client.send(new InvokeCommand({ FunctionName, LogType: 'Tail' }));
    return {
      answer: JSON.parse(Buffer.from(Payload ?? []).toString()),
      tail: Buffer.from(LogResult ?? '', 'base64'),
    };
  };
  return { ...running, invoke, logs: askLogs(running.loop) };
}

test('an invocation is in the stream that its environment knows, platform lines included, as its caller saw it', async () => {
  const { invoke, logs } = await start();
  const { answer: stream, tail } = await invoke('talker');
  expect(stream).toMatch(/^\d{4}\/\d\d\/\d\d\/\[.+\][0-9a-f]{32}$/);
  const { body } = await logs('GetLogEvents', { logGroupName: '/aws/lambda/talker', logStreamName: stream });
  expect(messages(body)).toEqual([
    expect.stringMatching(/^INIT_START /),
    expect.stringMatching(/^START RequestId: /),
    expect.stringMatching(/\tINFO\tsaid\n$/),
    '{"written": true}\n',
    expect.stringMatching(/^END RequestId: /),
    expect.stringMatching(/^REPORT RequestId: .*\t\n$/),
  ]);
  // The log of an invocation begins with its start, also where an environment was started for it.
  expect(messages(body).slice(1).join('')).toBe(tail.toString());
});

test('a function with a group of its own logs there, in its own format', async () => {
  const { invoke, logs } = await start({ startsAhead: true });
  expect((await logs('DescribeLogGroups', {})).body).toMatchObject({
    logGroups: [
      { logGroupName: '/aws/lambda/reader' },
      { logGroupName: '/aws/lambda/talker' },
      { logGroupName: 'declared', retentionInDays: 30 },
    ],
  });
  await invoke('structured');
  const filterPattern = '{ $.type = "platform.report" && $.record.status = "success" }';
  const { body } = await logs('FilterLogEvents', { logGroupName: 'declared', filterPattern });
  expect(messages(body)).toHaveLength(1);
  expect((await logs('FilterLogEvents', { logGroupName: '/aws/lambda/structured' })).status).toBe(400);
});

test('a function whose role may not write logs has none, and the developer is told', async () => {
  const { invoke, logs, factsOf } = await start();
  const { tail } = await invoke('mute');
  expect(tail.toString()).toContain('said');
  expect(await logs('FilterLogEvents', { logGroupName: '/aws/lambda/mute' })).toMatchObject({
    status: 400,
    body: { __type: 'ResourceNotFoundException' },
  });
  expect(factsOf('call.denied')).toMatchObject([
    { caller: 'mute', action: 'logs:CreateLogGroup', resource: expect.stringContaining('/aws/lambda/mute') },
  ]);
});

test('a function reads the logs that its policies let it read, and no others', async () => {
  const { invoke } = await start();
  await invoke('structured');
  const { answer } = await invoke('reader');
  expect(answer).toEqual([
    {
      events: expect.arrayContaining([expect.objectContaining({ message: expect.any(String) })]),
      searchedLogStreams: [],
    },
    {
      __type: 'AccessDeniedException',
      Message: expect.stringMatching(
        /assumed-role\/.*\/reader is not authorized to perform: logs:FilterLogEvents on resource: arn:aws:logs:eu-west-1:000000000000:log-group:\/aws\/lambda\/talker:log-stream: /,
      ),
    },
  ]);
});

test('absent: what is not emulated says so', async () => {
  const { logs } = await start();
  expect(await logs('StartLiveTail', { logGroupIdentifiers: ['declared'] })).toEqual({
    status: 400,
    body: {
      __type: 'UnknownOperationException',
      message: "The loop doesn't emulate StartLiveTail of Logs_20140328.",
    },
  });
});
