import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateConnectionCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateStateMachineCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ARNS, MAY, MAY_NOT, type StatesLoop, startStatesLoop } from './states-loop.ts';

// Step Functions guide, "Call HTTPS APIs": https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html

const ROLES = `
  OnlyGets:
    Type: AWS::IAM::Role
    Properties:
      RoleName: only-gets
      AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: states.amazonaws.com }, Action: sts:AssumeRole } }
      Policies:
        - PolicyName: gets
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: states:InvokeHTTPEndpoint
                Resource: '*'
                Condition: { StringEquals: { 'states:HTTPMethod': GET }, StringLike: { 'states:HTTPEndpoint': 'http://127.0.0.1:*/orders*' } }
              - { Effect: Allow, Action: events:RetrieveConnectionCredentials, Resource: '*' }
`;
const ONLY_GETS = 'arn:aws:iam::000000000000:role/only-gets';

interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

const seen: Seen[] = [];
/** Answers with the status that the path names, in JSON unless it is asked for text. */
const api = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    const { method, url, headers } = request;
    seen.push({ method, url, headers, body });
    const status = Number(/\/status\/(\d+)/.exec(url ?? '')?.[1] ?? 200);
    const isText = url?.includes('/text');
    response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json' });
    response.end(isText ? 'plain' : JSON.stringify({ told: status }));
  });
});

let states: StatesLoop;
let events: EventBridgeClient;
let endpoint: string;
const connections: Record<string, string> = {};

beforeAll(async () => {
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const { port } = addressOf();
  endpoint = `http://127.0.0.1:${port}`;
  states = await startStatesLoop(ROLES);
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  events = new EventBridgeClient({ endpoint: states.loop.endpoint, region: 'us-east-1', credentials });
  await connect('by-key', 'API_KEY', {
    ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 'opens' },
  });
  await connect('with-parts', 'BASIC', {
    BasicAuthParameters: { Username: 'ann', Password: 'pass' },
    InvocationHttpParameters: {
      HeaderParameters: [{ Key: 'x-shop', Value: 'north' }],
      QueryStringParameters: [{ Key: 'version', Value: '2' }],
      BodyParameters: [{ Key: 'tenant', Value: 'snacks' }],
    },
  });
});
afterAll(async () => {
  events?.destroy();
  await states?.stop();
  api.close();
});

function addressOf(): AddressInfo {
  const address = api.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address;
}

async function connect(
  Name: string,
  AuthorizationType: 'API_KEY' | 'BASIC',
  AuthParameters: ConstructorParameters<typeof CreateConnectionCommand>[0]['AuthParameters'],
): Promise<void> {
  const { ConnectionArn = '' } = await events.send(
    new CreateConnectionCommand({ Name, AuthorizationType, AuthParameters }),
  );
  connections[Name] = ConnectionArn;
}

let made = 0;

async function run(Parameters: object, { roleArn = MAY, connection = 'by-key' } = {}) {
  made += 1;
  const Authentication = { ConnectionArn: connections[connection] ?? connection };
  const { stateMachineArn = '' } = await states.sfn.send(
    new CreateStateMachineCommand({
      name: `http-${made}`,
      roleArn,
      definition: JSON.stringify({
        StartAt: 'T',
        States: {
          T: {
            Type: 'Task',
            Resource: 'arn:aws:states:::http:invoke',
            Parameters: { Method: 'GET', Authentication, ...Parameters },
            End: true,
          },
        },
      }),
    }),
  );
  const { status, output, error, cause } = await states.ended(await states.start(stateMachineArn));
  const result: unknown = output === undefined ? undefined : JSON.parse(output);
  return { status, result, error, cause, request: seen.at(-1) };
}

test('an API is called with the authorization of a connection, and its answer is the result', async () => {
  const { result, request } = await run({
    ApiEndpoint: `${endpoint}/orders`,
    Method: 'POST',
    Headers: { 'X-Trace': 'one' },
    QueryParameters: { shop: 'south', tag: ['a', 'b'] },
    RequestBody: { id: 'o-1' },
  });
  expect(result).toEqual({
    Headers: expect.objectContaining({ 'content-type': ['application/json'] }),
    ResponseBody: { told: 200 },
    StatusCode: 200,
    StatusText: 'OK',
  });
  expect(request).toMatchObject({
    method: 'POST',
    url: '/orders?shop=south&tag=a&tag=b',
    body: '{"id":"o-1"}',
  });
  expect(request?.headers).toMatchObject({
    'x-key': 'opens',
    'x-trace': 'one',
    'content-type': 'application/json; charset=UTF-8',
    'user-agent': 'Amazon|StepFunctions|HttpInvoke|us-east-1',
    range: 'bytes=0-262144',
  });
});

test('what the connection has is merged into headers, query and body, and wins', async () => {
  const { request } = await run(
    {
      ApiEndpoint: `${endpoint}/orders`,
      Method: 'PUT',
      Headers: { 'x-shop': 'south' },
      QueryParameters: { version: '1' },
      RequestBody: { id: 'o-2', tenant: 'other' },
    },
    { connection: 'with-parts' },
  );
  expect(request).toMatchObject({ url: '/orders?version=2', body: '{"id":"o-2","tenant":"snacks"}' });
  expect(request?.headers).toMatchObject({
    authorization: `Basic ${Buffer.from('ann:pass').toString('base64')}`,
    'x-shop': 'north',
  });
});

test.each([
  [undefined, 'list%5B0%5D=a&list%5B1%5D=b&box%5Bsize%5D=2'],
  ['REPEAT', 'list=a&list=b&box%5Bsize%5D=2'],
  ['COMMAS', 'list=a%2Cb&box%5Bsize%5D=2'],
  ['BRACKETS', 'list%5B%5D=a&list%5B%5D=b&box%5Bsize%5D=2'],
])('a body is sent as a form, its lists by the format %s', async (ArrayFormat, expected) => {
  const { request } = await run({
    ApiEndpoint: `${endpoint}/orders`,
    Method: 'POST',
    RequestBody: { list: ['a', 'b'], box: { size: 2 } },
    Transform: {
      RequestBodyEncoding: 'URL_ENCODED',
      ...(ArrayFormat && { RequestEncodingOptions: { ArrayFormat } }),
    },
  });
  expect(request?.body).toBe(expected);
  expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
});

test('an answer that is no JSON stays a text', async () => {
  const { result } = await run({ ApiEndpoint: `${endpoint}/text` });
  expect(result).toMatchObject({ ResponseBody: 'plain' });
});

test('a status outside of 200 to 299 fails the task by its number', async () => {
  const { status, error, cause = '' } = await run({ ApiEndpoint: `${endpoint}/status/429` });
  expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.Http.StatusCode.429' });
  expect(JSON.parse(cause)).toMatchObject({ ResponseBody: { told: 429 }, StatusText: 'Too Many Requests' });
});

test('the role needs states:InvokeHTTPEndpoint, by endpoint and method, and the credentials of the connection', async () => {
  const allowed = await run({ ApiEndpoint: `${endpoint}/orders/1` }, { roleArn: ONLY_GETS });
  expect(allowed.status).toBe('SUCCEEDED');
  for (const [parameters, roleArn] of [
    [{ ApiEndpoint: `${endpoint}/orders/1`, Method: 'DELETE' }, ONLY_GETS],
    [{ ApiEndpoint: `${endpoint}/others` }, ONLY_GETS],
    [{ ApiEndpoint: `${endpoint}/orders/1` }, MAY_NOT],
  ] as const) {
    const { cause } = await run(parameters, { roleArn });
    expect(cause).toContain('is not authorized to perform states:InvokeHTTPEndpoint on API Endpoint');
  }
});

test('a connection that is not there, a wrong request, and a host that is not this machine fail the task', async () => {
  const requests = seen.length;
  const gone = await run(
    { ApiEndpoint: endpoint },
    { connection: `arn:aws:events:${ARNS}:connection/gone/1` },
  );
  expect(gone.error).toBe('Events.ConnectionResource.ResourceNotFound');
  const forbidden = await run({ ApiEndpoint: endpoint, Headers: { Host: 'other' } });
  expect(forbidden).toMatchObject({ error: 'States.Runtime', cause: expect.stringContaining('header Host') });
  const method = await run({ ApiEndpoint: endpoint, Method: 'TRACE' });
  expect(method.cause).toContain('Method must be one of GET');
  const far = await run({ ApiEndpoint: 'https://api.example.com/' });
  expect(far.cause).toContain('--call-host api.example.com');
  expect(seen).toHaveLength(requests);
});
