import { describe, expect, test } from 'vitest';
import { apisUnderTest, rawRequest } from './api-under-test.ts';

const under = apisUnderTest(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Echo:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      CodeUri: src/
      Events:
        Root: {Type: HttpApi, Properties: {Path: /, Method: get}}
        Boxes: {Type: HttpApi, Properties: {Path: '/boxes/{id}', Method: any}}
        Mine: {Type: HttpApi, Properties: {Path: /boxes/mine, Method: get}}
        Rest: {Type: HttpApi, Properties: {Path: '/files/{proxy+}', Method: any}}
        Old: {Type: HttpApi, Properties: {Path: '/old/{id}', Method: any, PayloadFormatVersion: '1.0'}}
        Staged: {Type: HttpApi, Properties: {Path: /staged, Method: get, ApiId: !Ref Staged}}
        Rest2: {Type: HttpApi, Properties: {ApiId: !Ref Staged}}
  Staged:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: prod
      StageVariables: {colour: red}
      CorsConfiguration: {AllowOrigins: ['http://localhost:3000'], AllowMethods: [GET], AllowHeaders: [x-a], ExposeHeaders: [x-b], MaxAge: 60, AllowCredentials: true}
Outputs:
  Url: {Value: !Sub 'https://\${ServerlessHttpApi}.execute-api.\${AWS::Region}.amazonaws.com/boxes'}
  Endpoint: {Value: !GetAtt Staged.ApiEndpoint}
`);

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
describe('an event of format 2.0', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html: payload format version 2.0
  test('tells the whole request', async () => {
    const response = await fetch(under.url('ServerlessHttpApi', '/boxes/a%20b?x=1&y=2&x=3&e='), {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Cookie: 'a=1; b=2',
        'X-Amzn-Trace-Id': 'Root=1-5759e988-bd862e3fe1be46a994272793',
      },
      body: '{"n":1}',
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('apigw-requestid')).toMatch(/^[\w-]{15}=$/);
    const event = await response.json();
    const id = under.id('ServerlessHttpApi');
    const { host } = new URL(under.running.loop.endpoint);
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'ANY /boxes/{id}',
      rawPath: '/boxes/a b',
      rawQueryString: 'x=1&y=2&x=3&e=',
      cookies: ['a=1', 'b=2'],
      headers: expect.objectContaining({
        'content-length': '7',
        'content-type': 'application/json',
        host,
        'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
      }),
      queryStringParameters: { x: '1,3', y: '2', e: '' },
      pathParameters: { id: 'a b' },
      requestContext: {
        accountId: '000000000000',
        apiId: id,
        domainName: host,
        domainPrefix: id,
        http: {
          method: 'POST',
          path: '/boxes/a b',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'node',
        },
        requestId: response.headers.get('apigw-requestid'),
        routeKey: 'ANY /boxes/{id}',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      body: '{"n":1}',
      isBase64Encoded: false,
    });
    expect(event).not.toHaveProperty('headers.cookie');
  });

  test('a body that is no text comes in base64', async () => {
    const event = await under.event('ServerlessHttpApi', '/boxes/1', {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array([0, 255]),
    });
    expect(event).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html: full match, greedy path variable, $default
  test('a path in full goes before one with a parameter, and that before a greedy one', async () => {
    expect(await under.event('ServerlessHttpApi', '/boxes/mine')).toMatchObject({
      routeKey: 'GET /boxes/mine',
    });
    expect(await under.event('ServerlessHttpApi', '/boxes/yours')).toMatchObject({
      routeKey: 'ANY /boxes/{id}',
    });
    expect(await under.event('ServerlessHttpApi', '/files/a/b%2Fc')).toMatchObject({
      routeKey: 'ANY /files/{proxy+}',
      pathParameters: { proxy: 'a/b/c' },
    });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html, and http-api-stages.stage-variables.html
  test('a named stage is in the path, and has its variables', async () => {
    expect(await under.event('Staged', '/prod/staged')).toMatchObject({
      rawPath: '/prod/staged',
      routeKey: 'GET /staged',
      stageVariables: { colour: 'red' },
      requestContext: { stage: 'prod', http: { path: '/prod/staged' } },
    });
    expect(await under.event('Staged', '/prod/any/where', { method: 'DELETE' })).toMatchObject({
      routeKey: '$default',
    });
  });
});

/** The same page, "Format 1.0". */
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html: payload format version 1.0
test('an event of format 1.0 has single and multiple values', async () => {
  const event = await under.event('ServerlessHttpApi', '/old/a%2Fb?x=1&x=2', { headers: { 'X-One': '1' } });
  expect(event).toMatchObject({
    version: '1.0',
    resource: '/old/{id}',
    path: '/old/a/b',
    httpMethod: 'GET',
    queryStringParameters: { x: '2' },
    multiValueQueryStringParameters: { x: ['1', '2'] },
    pathParameters: { id: 'a/b' },
    stageVariables: null,
    body: null,
    isBase64Encoded: false,
    requestContext: {
      resourcePath: '/old/{id}',
      httpMethod: 'GET',
      stage: '$default',
      identity: { sourceIp: '127.0.0.1' },
    },
  });
});

/** "Lambda function response for format 2.0", on the same page. */
describe('an answer of format 2.0', () => {
  const answered = (answer: unknown, path = '/boxes/1') =>
    fetch(under.url('ServerlessHttpApi', path), {
      headers: {
        'x-answer': typeof answer === 'string' && answer === 'throw' ? answer : JSON.stringify(answer),
      },
    });

  test.each([{ 'content-length': '3' }, { 'Transfer-Encoding': 'chunked' }, { Connection: 'close' }])(
    'comes whole, though its function says %j',
    async (headers) => {
      const response = await answered({ statusCode: 200, headers, body: 'longer than that' });
      expect([response.status, await response.text()]).toEqual([200, 'longer than that']);
    },
  );

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html: API Gateway infers the response format
  test.each([
    [{ message: 'hi' }, '{"message":"hi"}'],
    ['hello', 'hello'],
    [[1, 'a'], '[1,"a"]'],
    [3, '3'],
  ])('without a statusCode, %j is the body of a 200', async (answer, body) => {
    const response = await answered(answer);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json',
      body,
    ]);
  });

  test('says status, headers and cookies', async () => {
    const response = await answered({
      statusCode: 201,
      headers: { 'X-A': '1', 'content-type': 'text/plain' },
      cookies: ['a=1; Secure', 'b=2'],
      body: 'made',
    });
    expect([
      response.status,
      response.headers.get('x-a'),
      response.headers.getSetCookie(),
      await response.text(),
    ]).toEqual([201, '1', ['a=1; Secure', 'b=2'], 'made']);
    expect(response.headers.get('content-type')).toBe('text/plain');
  });

  test('in base64 is bytes', async () => {
    const response = await answered({ statusCode: 200, isBase64Encoded: true, body: 'AP8=' });
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255]);
  });

  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html */
  test.each([
    'throw',
    { statusCode: 'many' },
    { statusCode: 99 },
    { statusCode: 200, headers: { 'bad name': 'x' } },
    { statusCode: 200, headers: { x: 'a\nb' } },
    { statusCode: 200, body: {} },
  ])('%j is an Internal Server Error', async (answer) => {
    const response = await answered(answer);
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });
});

test('there is no route but those of the template', async () => {
  const response = await fetch(under.url('ServerlessHttpApi', '/nowhere'));
  expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
describe('CORS', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html: "If you configure CORS for an API, API Gateway automatically sends a response to preflight OPTIONS requests"
  test('a preflight is answered without a route', async () => {
    const { status, headers } = await rawRequest(under.running.loop.endpoint, {
      path: `/_aws/execute-api/${under.id('Staged')}/prod/nowhere`,
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:3000', 'access-control-request-method': 'GET' },
    });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'http://localhost:3000',
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'x-a',
      'access-control-allow-credentials': 'true',
      'access-control-max-age': '60',
    });
  });

  test('another origin gets no such header', async () => {
    const { headers } = await rawRequest(under.running.loop.endpoint, {
      path: `/_aws/execute-api/${under.id('Staged')}/prod/staged`,
      headers: { origin: 'http://evil.example' },
    });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html: "API Gateway ignores CORS headers returned from your backend integration"
  test("the API's own headers take the place of the function's", async () => {
    const { headers } = await rawRequest(under.running.loop.endpoint, {
      path: `/_aws/execute-api/${under.id('Staged')}/prod/staged`,
      headers: {
        origin: 'http://localhost:3000',
        'x-answer': JSON.stringify({ statusCode: 200, headers: { 'access-control-allow-origin': '*' } }),
      },
    });
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'http://localhost:3000',
      'access-control-expose-headers': 'x-b',
    });
  });
});

describe('its address', () => {
  test('is a host of its own, for pages of any origin', async () => {
    const { endpoint } = under.running.loop;
    const { port } = new URL(endpoint);
    for (const host of [
      `${under.id('ServerlessHttpApi')}.localhost:${port}`,
      `${under.id('ServerlessHttpApi')}.execute-api.eu-west-1.localhost:${port}`,
    ]) {
      const { status, body } = await rawRequest(endpoint, {
        path: '/boxes/1',
        host,
        headers: { origin: 'http://app.example' },
      });
      expect(status).toBe(200);
      expect(JSON.parse(body).requestContext.domainName).toBe(host);
    }
  });

  test("opens nothing of AWS's endpoints to them", async () => {
    const { endpoint } = under.running.loop;
    const { port } = new URL(endpoint);
    const call = {
      path: '/',
      method: 'POST',
      headers: {
        'x-amz-target': 'DynamoDB_20120810.ListTables',
        'content-type': 'application/x-amz-json-1.0',
      },
      body: '{}',
    };
    const own = await rawRequest(endpoint, {
      ...call,
      host: `${under.id('ServerlessHttpApi')}.localhost:${port}`,
    });
    expect([own.status, JSON.parse(own.body)]).toEqual([404, { message: 'Not Found' }]);
    const unknown = await rawRequest(endpoint, { ...call, host: `nobody.localhost:${port}` });
    expect(unknown.status).toBe(404);
    const foreign = await rawRequest(endpoint, {
      ...call,
      headers: { ...call.headers, origin: `http://${under.id('ServerlessHttpApi')}.localhost:${port}` },
    });
    expect(foreign.status).toBe(403);
  });

  test('in a path must be asked for by a local name', async () => {
    const { status } = await rawRequest(under.running.loop.endpoint, {
      path: `/_aws/execute-api/${under.id('ServerlessHttpApi')}/boxes/1`,
      host: 'evil.example',
    });
    expect(status).toBe(403);
  });

  test('is what outputs hold, where the template says that of AWS', async () => {
    const outputs = new Map(under.running.loop.stack.outputs.map(({ name, value }) => [name, value]));
    expect(outputs.get('Url')).toBe(under.url('ServerlessHttpApi', '/boxes'));
    expect(outputs.get('Endpoint')).toBe(under.url('Staged', ''));
  });
});

test('each request is a fact, without what it held', async () => {
  await fetch(under.url('ServerlessHttpApi', '/boxes/secret'));
  expect(under.running.factsOf('request.answered').at(-1)).toMatchObject({
    apiName: 'test',
    protocol: 'HTTP',
    stage: '$default',
    method: 'GET',
    routeKey: 'ANY /boxes/{id}',
    status: 200,
    functionName: expect.stringContaining('Echo'),
  });
  expect(JSON.stringify(under.running.factsOf('request.answered'))).not.toContain('secret');
});
