import {
  type FunctionUrlConfig,
  GetFunctionUrlConfigCommand,
  LambdaClient,
  paginateListFunctionUrlConfigs,
} from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { apisUnderTest, rawRequest } from './api-under-test.ts';

const under = apisUnderTest(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Open:
    Type: AWS::Serverless::Function
    Properties: {Runtime: nodejs24.x, Handler: index.handler, CodeUri: src/, FunctionUrlConfig: {AuthType: NONE, Cors: {AllowOrigins: ['*'], AllowMethods: [GET]}}}
  Guarded:
    Type: AWS::Serverless::Function
    Properties: {Runtime: nodejs24.x, Handler: index.handler, CodeUri: src/, AutoPublishAlias: live, FunctionUrlConfig: {AuthType: AWS_IAM}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Open, Name: live, FunctionVersion: $LATEST}}
  Bare:
    Type: AWS::Lambda::Url
    Properties: {AuthType: NONE, TargetFunctionArn: !Ref Live}
Outputs:
  Url: {Value: !GetAtt OpenUrl.FunctionUrl}
`);

const urlOf = (logicalId: string) => `${under.running.loop.endpoint}/_aws/lambda-url/${under.id(logicalId)}/`;

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads */
test('an event of a URL is of format 2.0', async () => {
  const url = under.running.loop.stack.outputs[0]?.value ?? '';
  expect(url).toBe(urlOf('OpenUrl'));
  const response = await fetch(`${url}pa%2Fth?q=1`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: 'hi',
  });
  expect(response.headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/);
  expect(await response.json()).toMatchObject({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/pa%2Fth',
    rawQueryString: 'q=1',
    queryStringParameters: { q: '1' },
    body: 'hi',
    isBase64Encoded: false,
    requestContext: {
      accountId: 'anonymous',
      apiId: under.id('OpenUrl'),
      http: { method: 'POST', path: '/pa%2Fth' },
      requestId: response.headers.get('x-amzn-requestid'),
      routeKey: '$default',
      stage: '$default',
    },
  });
});

/** As seen on AWS: cargo-lambda, issue 862. */
test('an answer of a URL comes whole, with the length that its function gives under another name', async () => {
  const response = await fetch(urlOf('OpenUrl'), {
    headers: { 'x-answer': '{"statusCode":200,"headers":{"content-length":"3"},"body":"longer than that"}' },
  });
  expect([response.headers.get('x-amzn-remapped-content-length'), await response.text()]).toEqual([
    '3',
    'longer than that',
  ]);
});

/** Recorded on AWS 2025-11-24: LocalStack's tests/aws/services/lambda_/test_lambda.snapshot.json, test_lambda_permission_url_invocation. */
test('a URL that is not signed for, and one that no policy opens, refuse', async () => {
  const message =
    'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';
  const unsigned = await fetch(urlOf('GuardedUrl'));
  expect([unsigned.status, await unsigned.json()]).toEqual([403, { Message: message }]);
  const credential =
    'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0';
  const signed = await fetch(urlOf('GuardedUrl'), { headers: { authorization: credential } });
  expect(await signed.json()).toMatchObject({
    requestContext: { authorizer: { iam: { accessKey: 'local' } } },
  });
});

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors */
test('a URL has CORS of its own, and a function that throws is a 502', async () => {
  const preflight = await rawRequest(under.running.loop.endpoint, {
    path: `/_aws/lambda-url/${under.id('OpenUrl')}/`,
    method: 'OPTIONS',
    headers: { origin: 'http://app.example', 'access-control-request-method': 'GET' },
  });
  expect([
    preflight.status,
    preflight.headers['access-control-allow-origin'],
    preflight.headers['access-control-allow-methods'],
  ]).toEqual([200, '*', 'GET']);
  const thrown = await fetch(urlOf('OpenUrl'), { headers: { 'x-answer': 'throw' } });
  expect([thrown.status, await thrown.text()]).toEqual([502, '{"Message":"Internal Server Error"}']);
});

// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
test('6 MB are the most that a URL takes', async () => {
  const response = await fetch(urlOf('OpenUrl'), { method: 'POST', body: 'a'.repeat(6_291_457) });
  expect(response.status).toBe(413);
});

/** Recorded on AWS 2025-11-25: LocalStack's test_lambda_api.snapshot.json, test_url_config_list_paging and test_url_config_exceptions. */
test('Lambda’s API tells the URLs of functions and of their aliases', async () => {
  const { loop } = under.running;
  const client = new LambdaClient({
    endpoint: loop.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  onTestFinished(() => client.destroy());
  const arnOf = (logicalId: string) =>
    loop.stack.functions.find((fn) => fn.logicalId === logicalId)?.arn ?? '';
  const guarded = {
    FunctionUrl: urlOf('GuardedUrl'),
    FunctionArn: `${arnOf('Guarded')}:live`,
    AuthType: 'AWS_IAM',
    InvokeMode: 'BUFFERED',
  };
  const get = (FunctionName: string, Qualifier?: string) =>
    client.send(
      new GetFunctionUrlConfigCommand({ FunctionName, ...(Qualifier !== undefined && { Qualifier }) }),
    );
  expect(await get(arnOf('Guarded'), 'live')).toMatchObject(guarded);
  expect(await get(arnOf('Open'))).toMatchObject({
    FunctionUrl: urlOf('OpenUrl'),
    Cors: { AllowOrigins: ['*'], AllowMethods: ['GET'] },
  });
  await expect(get(arnOf('Guarded'))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'The resource you requested does not exist.',
  });
  await expect(get(arnOf('Guarded'), '$LATEST')).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      "1 validation error detected: Value '$LATEST' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)",
  });

  const list = async (FunctionName: string) => {
    const found: FunctionUrlConfig[] = [];
    for await (const { FunctionUrlConfigs = [] } of paginateListFunctionUrlConfigs(
      { client, pageSize: 1 },
      { FunctionName },
    ))
      found.push(...FunctionUrlConfigs);
    return found;
  };
  expect(await list(arnOf('Guarded'))).toMatchObject([guarded]);
  expect((await list(arnOf('Open'))).map(({ FunctionUrl }) => FunctionUrl)).toEqual(
    [urlOf('Bare'), urlOf('OpenUrl')].sort(),
  );
  await expect(list('nobody')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Function does not exist',
  });
});
