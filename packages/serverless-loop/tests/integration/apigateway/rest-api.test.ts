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
        Box: {Type: Api, Properties: {Path: '/boxes/{id}', Method: get}}
        Any: {Type: Api, Properties: {Path: '/files/{proxy+}', Method: any, RestApiId: !Ref Depot}}
        Kept: {Type: Api, Properties: {Path: /kept, Method: post, RestApiId: !Ref Depot, Auth: {ApiKeyRequired: true}}}
        Checked:
          Type: Api
          Properties:
            Path: /checked
            Method: post
            RestApiId: !Ref Depot
            RequestModel: {Model: Box, Required: true, ValidateBody: true, ValidateParameters: true}
            RequestParameters: [{method.request.header.X-Tenant: {Required: true}}, {method.request.querystring.page: {Required: true}}]
        Signed: {Type: Api, Properties: {Path: /signed, Method: get, RestApiId: !Ref Depot, Auth: {Authorizer: AWS_IAM}}}
        Slow: {Type: Api, Properties: {Path: /slow, Method: get, RestApiId: !Ref Depot, TimeoutInMillis: 50}}
  Depot:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      Variables: {colour: red}
      Cors: {AllowOrigin: "'http://localhost:3000'", AllowHeaders: "'X-A'"}
      BinaryMediaTypes: [image~1png]
      Models: {box: {type: object, required: [name], properties: {name: {type: string}, size: {type: integer}}}}
      GatewayResponses: {UNAUTHORIZED: {StatusCode: 418}, BAD_REQUEST_PARAMETERS: {ResponseParameters: {Headers: {X-Why: "'parameters'"}}}}
      Auth: {UsagePlan: {CreateUsagePlan: PER_API, Quota: {Limit: 2, Period: MONTH}}}
`);

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format */
test('an event of a REST API tells the whole request', async () => {
  const { endpoint } = under.running.loop;
  const id = under.id('ServerlessRestApi');
  const { body, headers, status } = await rawRequest(endpoint, {
    path: `/_aws/execute-api/${id}/Prod/boxes/a%2Bb?x=1&x=2+3&y=%zz`,
    headers: { 'X-One': ['1', '2'], 'user-agent': 'test' },
  });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'x-amzn-requestid': expect.stringMatching(/^[\da-f-]{36}$/),
    'x-amz-apigw-id': expect.any(String),
  });
  const event = JSON.parse(body);
  expect(event).toMatchObject({
    resource: '/boxes/{id}',
    path: '/boxes/a%2Bb',
    httpMethod: 'GET',
    headers: { 'X-One': '2', 'X-Forwarded-For': '127.0.0.1', 'X-Forwarded-Proto': 'http' },
    multiValueHeaders: { 'X-One': ['1', '2'] },
    queryStringParameters: { x: '2 3', y: '%zz' },
    multiValueQueryStringParameters: { x: ['1', '2 3'], y: ['%zz'] },
    pathParameters: { id: 'a%2Bb' },
    stageVariables: null,
    body: null,
    isBase64Encoded: false,
    requestContext: {
      resourcePath: '/boxes/{id}',
      httpMethod: 'GET',
      path: '/Prod/boxes/a%2Bb',
      accountId: '000000000000',
      protocol: 'HTTP/1.1',
      stage: 'Prod',
      apiId: id,
      domainPrefix: id,
      requestId: headers['x-amzn-requestid'],
      identity: { sourceIp: '127.0.0.1', userAgent: 'test', accessKey: null },
    },
  });
  expect(event).not.toHaveProperty('version');
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html */
test('a body of a binary media type comes in base64, and leaves as bytes for who accepts it', async () => {
  const image = { method: 'POST', headers: { 'content-type': 'image/png' }, body: new Uint8Array([0, 255]) };
  expect(await under.event('Depot', '/v1/files/a', image)).toMatchObject({
    body: 'AP8=',
    isBase64Encoded: true,
  });
  const answer = JSON.stringify({ isBase64Encoded: true, body: 'AP8=' });
  const bytes = await fetch(under.url('Depot', '/v1/files/a'), {
    headers: { accept: 'image/png', 'x-answer': answer },
  });
  expect([...new Uint8Array(await bytes.arrayBuffer())]).toEqual([0, 255]);
  const text = await fetch(under.url('Depot', '/v1/files/a'), {
    headers: { accept: 'text/html', 'x-answer': answer },
  });
  expect(await text.text()).toBe('AP8=');
});

/**
 * Recorded on AWS 2024-11-15: LocalStack's tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json,
 * test_aws_proxy_response_payload_format_validation.
 */
describe('an answer', () => {
  const answered = (answer: unknown) =>
    fetch(under.url('Depot', '/v1/files/a'), {
      headers: { 'x-answer': answer === 'throw' ? answer : JSON.stringify(answer) },
    });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html: x-amzn-Remapped-HEADER
  test.each([
    ['Content-Length', '3', '3'],
    ['connection', 'close', 'close'],
    ['WWW-Authenticate', 'Basic', 'Basic'],
    ['Transfer-Encoding', 'chunked', null],
  ])('comes whole, whatever %s its function gives, under another name', async (name, value, remapped) => {
    const response = await answered({ headers: { [name]: value }, body: 'longer than that' });
    expect([response.status, response.headers.get(`x-amzn-remapped-${name}`), await response.text()]).toEqual(
      [200, remapped, 'longer than that'],
    );
  });

  test.each([{}, { statusCode: '200' }, { headers: null }, { headers: { 'header-bool': true } }])(
    '%j is one',
    async (answer) => {
      const response = await answered(answer);
      expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
        200,
        'application/json',
        '',
      ]);
    },
  );

  test('has a header of both kinds with all its values', async () => {
    const response = await answered({
      headers: { 'test-multi': 'value-solo' },
      multiValueHeaders: { 'tesT-Multi': ['value-multi'] },
    });
    expect(response.headers.get('test-multi')).toBe('value-multi, value-solo');
  });

  test.each([
    'throw',
    { wrong: true },
    '',
    'text',
    { multiValueHeaders: { a: 'b' } },
    { statusCode: 'test' },
  ])('%j is none', async (answer) => {
    const response = await answered(answer);
    expect([response.status, await response.json()]).toEqual([502, { message: 'Internal server error' }]);
  });
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
describe('API Gateway itself', () => {
  test('knows no other route, and no other stage', async () => {
    const route = await fetch(under.url('Depot', '/v1/nowhere'));
    expect([route.status, route.headers.get('x-amzn-errortype'), await route.json()]).toEqual([
      403,
      'MissingAuthenticationTokenException',
      { message: 'Missing Authentication Token' },
    ]);
    const stage = await fetch(under.url('Depot', '/v2/files/a'));
    expect([stage.status, await stage.json()]).toEqual([403, { message: 'Forbidden' }]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html, timeoutInMillis
  test('waits as long as the integration says', async () => {
    const response = await fetch(under.url('Depot', '/v1/slow'), { headers: { 'x-answer': 'wait' } });
    expect([response.status, await response.json()]).toEqual([
      504,
      { message: 'Endpoint request timed out' },
    ]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html: payload size
  test('takes 10 MB', async () => {
    const response = await fetch(under.url('Depot', '/v1/files/a'), {
      method: 'POST',
      body: 'a'.repeat(10_485_761),
    });
    expect([response.status, await response.json()]).toEqual([413, { message: 'Request Too Long' }]);
  });

  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html */
  test('looks for parameters and at the body', async () => {
    const asked = (path: string, headers: Record<string, string>, body: string) =>
      fetch(under.url('Depot', path), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
    const missing = await asked('/v1/checked', {}, '{"name":"a"}');
    expect([missing.status, missing.headers.get('x-why'), await missing.json()]).toEqual([
      400,
      'parameters',
      { message: 'Missing required request parameters: [X-Tenant, page]' },
    ]);
    const wrong = await asked('/v1/checked?page=1', { 'X-Tenant': 't' }, '{"size":1.5}');
    expect([wrong.status, await wrong.json()]).toEqual([400, { message: 'Invalid request body' }]);
    expect((await asked('/v1/checked?page=1', { 'X-Tenant': 't' }, '{"name":"a","size":1}')).status).toBe(
      200,
    );
  });

  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html */
  test('asks for a key, and counts its requests', async () => {
    const key =
      under.running.loop.stack.apis.find(({ logicalId }) => logicalId === 'Depot')?.apiKeys[0]?.value ?? '';
    const asked = (value: string) =>
      fetch(under.url('Depot', '/v1/kept'), { method: 'POST', headers: { 'x-api-key': value } });
    expect([(await asked('no')).status, await (await asked('no')).json()]).toEqual([
      403,
      { message: 'Forbidden' },
    ]);
    expect([(await asked(key)).status, (await asked(key)).status]).toEqual([200, 200]);
    const third = await asked(key);
    expect([third.status, await third.json()]).toEqual([429, { message: 'Limit Exceeded' }]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html: MISSING_AUTHENTICATION_TOKEN
  test('asks for a signature', async () => {
    const unsigned = await fetch(under.url('Depot', '/v1/signed'));
    expect([unsigned.status, await unsigned.json()]).toEqual([
      403,
      { message: 'Missing Authentication Token' },
    ]);
    const credential =
      'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/execute-api/aws4_request, SignedHeaders=host, Signature=0';
    const event = await under.event('Depot', '/v1/signed', { headers: { authorization: credential } });
    expect(event).toMatchObject({
      requestContext: { identity: { accessKey: 'local', accountId: '000000000000' } },
    });
  });
});

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html */
test('a preflight is answered by the mock that SAM adds', async () => {
  const { status, headers, body } = await rawRequest(under.running.loop.endpoint, {
    path: `/restapis/${under.id('Depot')}/v1/_user_request_/kept`,
    method: 'OPTIONS',
    headers: { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' },
  });
  expect([status, body]).toEqual([200, '{}\n']);
  expect(headers).toMatchObject({
    'access-control-allow-origin': 'http://localhost:3000',
    'access-control-allow-headers': 'X-A',
    'access-control-allow-methods': 'OPTIONS,POST',
  });
});

test('a double slash before the stage counts for one', async () => {
  const { body } = await rawRequest(under.running.loop.endpoint, {
    path: `//v1//files//a`,
    host: `${under.id('Depot')}.localhost:${new URL(under.running.loop.endpoint).port}`,
  });
  expect(JSON.parse(body)).toMatchObject({ path: '/files//a' });
});
