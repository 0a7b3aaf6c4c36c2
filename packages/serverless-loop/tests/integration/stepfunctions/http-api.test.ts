import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MAY, MAY_NOT, type StatesLoop, startStatesLoop } from './states-loop.ts';

// API Gateway guide, "Create AWS service integrations for HTTP APIs in API Gateway" and "Integration subtype reference".

const machine = (name: string, type: string) => `
  ${name}:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineName: ${name.toLowerCase()}
      StateMachineType: ${type}
      RoleArn: !GetAtt May.Arn
      DefinitionString: '{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}'`;

const route = (id: string, subtype: string, parameters: string, role = MAY) => `
  ${id}Integration:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: AWS_PROXY
      IntegrationSubtype: ${subtype}
      CredentialsArn: ${role}
      PayloadFormatVersion: '1.0'
      RequestParameters: ${parameters}
  ${id}Route:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: POST /${id.toLowerCase()}/{name}
      Target: !Sub integrations/\${${id}Integration}`;

const RESOURCES = [
  '  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: starts, ProtocolType: HTTP } }',
  '  Stage: { Type: AWS::ApiGatewayV2::Stage, Properties: { ApiId: !Ref Api, StageName: $default, AutoDeploy: true } }',
  machine('Slow', 'STANDARD'),
  machine('Quick', 'EXPRESS'),
  route(
    'Start',
    'StepFunctions-StartExecution',
    '{ StateMachineArn: !Ref Slow, Name: $request.path.name, Input: $request.body }',
  ),
  route('Refused', 'StepFunctions-StartExecution', '{ StateMachineArn: !Ref Slow }', MAY_NOT),
  route(
    'Sync',
    'StepFunctions-StartSyncExecution',
    '{ StateMachineArn: !Ref Quick, Input: $request.body.order }',
  ),
  route(
    'Send',
    'SQS-SendMessage',
    `{ QueueUrl: !Ref Inbox, MessageBody: 'of \${request.path.name} for \${request.querystring.who}', DelaySeconds: '0' }`,
  ),
  route('Put', 'EventBridge-PutEvents', '{ Detail: $request.body, DetailType: Made, Source: my.api }'),
].join('\n');

let states: StatesLoop;
beforeAll(async () => {
  states = await startStatesLoop(RESOURCES);
});
afterAll(() => states?.stop());

function post(path: string, body?: unknown): Promise<Response> {
  const url = `${states.loop.endpoint}/_aws/execute-api/${states.loop.physicalId('Api')}${path}`;
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

test('a request starts an execution with what it holds', async () => {
  const response = await post('/start/mine', { id: 'a' });
  expect(response.status).toBe(200);
  const answer: unknown = await response.json();
  const { executionArn, startDate } = Object(answer);
  expect(executionArn).toMatch(/:execution:slow:mine$/);
  expect(startDate).toEqual(expect.any(Number));
  expect(await states.ended(executionArn)).toMatchObject({ input: '{"id":"a"}', status: 'SUCCEEDED' });
});

test('what the service refuses is the answer', async () => {
  await post('/start/twice', { id: 'a' }).then((response) => response.json());
  const response = await post('/start/twice', { id: 'other' });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ __type: 'ExecutionAlreadyExists' });
  const refused = await post('/refused/x', {});
  expect([refused.status, await refused.text()]).toEqual([
    400,
    expect.stringContaining('is not authorized to perform: states:StartExecution'),
  ]);
});

test('an Express execution is waited for', async () => {
  const response = await post('/sync/x', { order: { id: 'b' } });
  expect(await response.json()).toMatchObject({ status: 'SUCCEEDED', output: '{"id":"b"}' });
});

test('a message and an event are made of parts of the request', async () => {
  expect((await post('/send/box?who=Ann&who=Bob', {})).status).toBe(200);
  const sqs = new SQSClient({
    endpoint: states.loop.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: states.loop.physicalId('Inbox') }),
  );
  sqs.destroy();
  expect(Messages.map(({ Body }) => Body)).toEqual(['of box for Ann,Bob']);
  expect(await (await post('/put/x', { a: 1 })).json()).toMatchObject({ FailedEntryCount: 0 });
});
