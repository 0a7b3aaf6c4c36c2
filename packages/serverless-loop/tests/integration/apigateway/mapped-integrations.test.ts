import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { apisUnderTest } from './api-under-test.ts';

interface Seen {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

const seen: Seen[] = [];
const backend = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    if (url.includes('slow')) return;
    response.writeHead(Number(headers['x-status'] ?? 200), {
      'content-type': 'application/json',
      server: 'backend',
      'x-own': 'b',
      'set-cookie': ['a=1', 'b=2'],
    });
    response.end(JSON.stringify({ of: 'backend', path: url }));
  });
});
await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
const { port }: AddressInfo = JSON.parse(JSON.stringify(backend.address()));
const origin = `http://127.0.0.1:${port}`;
afterAll(() => {
  backend.closeAllConnections();
  backend.close();
});
beforeEach(() => {
  seen.length = 0;
});

const MOCK_REQUEST = `#if($input.params('kind') == 'missing')
{"statusCode": 404}
#else
{"statusCode": 200}
#end`;
const MOCK_ANSWER = `#set($root = $input.params())
{"kind": "$input.params('kind')", "ids": [#foreach($id in $input.params('ids').split(','))$id#if($foreach.hasNext), #end#end]}`;
const FUNCTION_REQUEST = `{"body": $input.json('$'), "who": "$context.identity.sourceIp", "of": "$input.params('id')"}`;

const rest = {
  openapi: '3.0.1',
  info: { title: 'depot' },
  paths: {
    '/mock': {
      get: {
        'x-amazon-apigateway-integration': {
          type: 'mock',
          requestTemplates: { 'application/json': MOCK_REQUEST },
          responses: {
            default: {
              statusCode: 200,
              responseTemplates: { 'application/json': MOCK_ANSWER },
              responseParameters: { 'method.response.header.X-Mock': "'yes'" },
            },
            '404': {
              statusCode: 404,
              responseTemplates: {
                'application/json': '#set($context.responseOverride.status = 410){"gone": true}',
              },
            },
          },
        },
      },
    },
    '/proxy/{rest+}': {
      'x-amazon-apigateway-any-method': {
        'x-amazon-apigateway-integration': {
          type: 'http_proxy',
          httpMethod: 'ANY',
          uri: `${origin}/base/{way}?of=uri`,
          requestParameters: {
            'integration.request.path.way': 'method.request.path.rest',
            'integration.request.header.X-Mapped': 'method.request.querystring.who',
            'integration.request.header.X-Static': "'text'",
            'integration.request.querystring.stage': 'context.stage',
          },
        },
      },
    },
    '/mapped': {
      post: {
        'x-amazon-apigateway-integration': {
          type: 'http',
          httpMethod: 'PUT',
          uri: `${origin}/mapped`,
          requestTemplates: { 'application/json': `{"n": $input.json('$.number')}` },
          requestParameters: { 'integration.request.header.X-Status': 'method.request.header.X-Status' },
          responses: {
            default: {
              statusCode: 200,
              responseTemplates: { 'application/json': `{"from": $input.json('$.of')}` },
              responseParameters: {
                'method.response.header.X-Of': 'integration.response.header.x-own',
                'method.response.header.X-Path': 'integration.response.body.path',
              },
            },
            '5\\d{2}': { statusCode: 502 },
          },
        },
      },
    },
    '/slow': {
      get: {
        'x-amazon-apigateway-integration': {
          type: 'http_proxy',
          httpMethod: 'GET',
          uri: `${origin}/slow`,
          timeoutInMillis: 50,
        },
      },
    },
    '/away': {
      get: {
        'x-amazon-apigateway-integration': {
          type: 'http_proxy',
          httpMethod: 'GET',
          uri: 'https://api.example.com/',
        },
      },
    },
    '/function/{id}': {
      post: {
        'x-amazon-apigateway-integration': {
          type: 'aws',
          httpMethod: 'POST',
          uri: {
            'Fn::Sub':
              // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation fills it in.
              'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Plain.Arn}/invocations',
          },
          requestTemplates: { 'application/json': FUNCTION_REQUEST },
          responses: {
            default: { statusCode: 200 },
            '.*not here.*': {
              statusCode: 404,
              responseTemplates: { 'application/json': `{"why": "$input.path('$.errorMessage')"}` },
            },
          },
        },
      },
    },
  },
};

const under = apisUnderTest(
  `
Transform: AWS::Serverless-2016-10-31
Resources:
  Plain:
    Type: AWS::Serverless::Function
    Properties: {Runtime: nodejs24.x, Handler: plain.handler, CodeUri: src/}
  MayCall:
    Type: AWS::Lambda::Permission
    Properties: {Action: 'lambda:InvokeFunction', FunctionName: !Ref Plain, Principal: apigateway.amazonaws.com}
  Depot:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      DefinitionBody: ${JSON.stringify(rest)}
  Yard:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: yard, ProtocolType: HTTP}
  ToBackend:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Yard
      IntegrationType: HTTP_PROXY
      IntegrationMethod: ANY
      IntegrationUri: '${origin}/{proxy}'
      PayloadFormatVersion: '1.0'
      RequestParameters:
        overwrite:header.x-tenant: $request.querystring.tenant
        append:querystring.seen: at-$\{request.path.proxy}
        remove:querystring.secret: "''"
  Away: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Yard, RouteKey: 'ANY /{proxy+}', Target: !Sub 'integrations/$\{ToBackend}'}}
  Stage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Yard, StageName: $default, AutoDeploy: true}}
`,
  {
    'src/plain.js': `exports.handler = async (event) => {
  if (event.body.fail) throw new Error(event.body.fail);
  return event;
};`,
  },
);

const post = (body: unknown, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/* API Gateway guide, "Set up mock integrations in API Gateway", "Mapping template transformations for REST APIs". */
describe('a mock', () => {
  test('answers by its templates, with directives and the request’s parameters', async () => {
    const answer = await fetch(under.url('Depot', '/v1/mock?kind=box&ids=1,2'));
    expect([answer.status, answer.headers.get('x-mock'), await answer.json()]).toEqual([
      200,
      'yes',
      { kind: 'box', ids: [1, 2] },
    ]);
  });

  test('has the response of the status that its request’s template makes, which may say another', async () => {
    const answer = await fetch(under.url('Depot', '/v1/mock?kind=missing'));
    expect([answer.status, await answer.json()]).toEqual([410, { gone: true }]);
  });
});

/* LocalStack's record, tests/aws/services/apigateway/test_apigateway_http.snapshot.json. */
describe('an HTTP integration of a REST API', () => {
  test('hands on the request as a proxy, with its parameters mapped, and the backend’s answer', async () => {
    const answer = await fetch(under.url('Depot', '/v1/proxy/a/b?who=me&of=request'), {
      ...post({ n: 1 }),
      method: 'PATCH',
    });
    const [request] = seen;
    expect(request).toMatchObject({
      method: 'PATCH',
      body: '{"n":1}',
      headers: {
        host: `127.0.0.1:${port}`,
        'content-length': '7',
        'x-mapped': 'me',
        'x-static': 'text',
        'x-amzn-apigateway-api-id': under.id('Depot'),
        'x-forwarded-for': '127.0.0.1',
      },
    });
    const { pathname, searchParams } = new URL(request?.url ?? '', origin);
    expect([pathname, searchParams.getAll('of'), searchParams.get('stage'), searchParams.get('who')]).toEqual(
      ['/base/a/b', ['uri', 'request'], 'v1', 'me'],
    );
    expect([
      answer.status,
      answer.headers.get('x-own'),
      answer.headers.get('x-amzn-remapped-server'),
    ]).toEqual([200, 'b', 'backend']);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await answer.json()).toMatchObject({ of: 'backend' });
  });

  test('hands on the backend’s own status', async () => {
    const answer = await fetch(under.url('Depot', '/v1/proxy/x'), { headers: { 'x-status': '418' } });
    expect(answer.status).toBe(418);
  });

  test('maps request and answer where it is no proxy', async () => {
    const answer = await fetch(
      under.url('Depot', '/v1/mapped?q=1'),
      post({ number: 7 }, { 'x-other': 'no' }),
    );
    expect(seen).toMatchObject([{ method: 'PUT', url: '/mapped', body: '{"n": 7}' }]);
    expect(seen[0]?.headers).toMatchObject({ 'user-agent': `AmazonAPIGateway_${under.id('Depot')}` });
    expect(seen[0]?.headers).not.toHaveProperty('x-other');
    expect([
      answer.status,
      answer.headers.get('x-of'),
      answer.headers.get('x-path'),
      await answer.json(),
    ]).toEqual([200, 'b', '/mapped', { from: 'backend' }]);
    const failed = await fetch(under.url('Depot', '/v1/mapped'), post({}, { 'x-status': '503' }));
    expect(failed.status).toBe(502);
  });

  test('waits as long as it says', async () => {
    const late = await fetch(under.url('Depot', '/v1/slow'));
    expect([late.status, await late.json()]).toEqual([504, { message: 'Endpoint request timed out' }]);
  });

  test('calls nobody but this machine, unless it is allowed', async () => {
    const answer = await fetch(under.url('Depot', '/v1/away'));
    expect([answer.status, await answer.json()]).toEqual([500, { message: 'Internal server error' }]);
    expect(under.running.factsOf('request.answered')).toContainEqual(
      expect.objectContaining({
        reason: expect.stringContaining('--call-host api.example.com'),
      }),
    );
  });
});

/* API Gateway guide, "Create HTTP proxy integrations for HTTP APIs", "Transform API requests and responses for HTTP APIs". */
test('an HTTP integration of an HTTP API fills in the path, and changes parameters', async () => {
  const answer = await fetch(under.url('Yard', '/boxes/7?tenant=t&secret=s&page=2'), {
    headers: { 'x-tenant': 'forged' },
  });
  const { pathname, searchParams } = new URL(seen[0]?.url ?? '', origin);
  expect([pathname, Object.fromEntries(searchParams), seen[0]?.headers['x-tenant']]).toEqual([
    '/boxes/7',
    { seen: 'at-boxes/7', tenant: 't', page: '2' },
    't',
  ]);
  expect([answer.status, answer.headers.get('server')]).toEqual([200, 'backend']);
});

/* API Gateway guide, "Set up Lambda custom integrations in API Gateway", "Handle custom Lambda errors in API Gateway". */
describe('a function that is no proxy', () => {
  test('gets the event that the template makes, and its answer is the body', async () => {
    const answer = await fetch(under.url('Depot', '/v1/function/9'), post({ n: 1 }));
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { body: { n: 1 }, who: '127.0.0.1', of: '9' },
    ]);
  });

  test('has the response whose pattern its error meets, or the default one', async () => {
    const none = await fetch(under.url('Depot', '/v1/function/9'), post({ fail: 'box is not here' }));
    expect([none.status, await none.json()]).toEqual([404, { why: 'box is not here' }]);
    const other = await fetch(under.url('Depot', '/v1/function/9'), post({ fail: 'other' }));
    expect([other.status, await other.json()]).toMatchObject([200, { errorMessage: 'other' }]);
  });
});
