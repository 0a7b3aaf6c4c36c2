import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ApiGatewayV2Client,
  CreateIntegrationCommand,
  GetIntegrationCommand,
  UpdateIntegrationCommand,
} from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { apisUnderTest } from './api-under-test.ts';

const seen: { url: string; headers: IncomingHttpHeaders }[] = [];
const backend = createServer((request, response) => {
  const { url = '', headers } = request;
  seen.push({ url, headers });
  request.resume().on('end', () => {
    response.writeHead(Number(headers['x-status'] ?? 200), {
      'content-type': 'application/json',
      'x-own': 'b',
    });
    response.end(JSON.stringify({ of: { name: 'backend' } }));
  });
});
await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
const { port }: AddressInfo = JSON.parse(JSON.stringify(backend.address()));
afterAll(() => {
  backend.closeAllConnections();
  backend.close();
});
beforeEach(() => {
  seen.length = 0;
});

const RESPONSES = `
        '200':
          ResponseParameters:
            - {Destination: 'append:header.x-own', Source: added}
            - {Destination: 'overwrite:header.x-name', Source: 'of \${response.body.of.name} by \${context.requestId}'}
            - {Destination: 'overwrite:header.x-both', Source: $response.header.x-own}
            - {Destination: 'overwrite:header.x-none', Source: $response.header.nothing}
        '500':
          ResponseParameters:
            - {Destination: 'overwrite:statuscode', Source: '403'}
            - {Destination: 'remove:header.x-own', Source: "''"}
            - {Destination: 'append:header.error', Source: $stageVariables.colour}`;
const under = apisUnderTest(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Echo:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      CodeUri: src/
  Permission:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Echo, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com}
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: mapped, ProtocolType: HTTP}}
  Stage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Api, StageName: $default, AutoDeploy: true, StageVariables: {colour: red}}}
  Backend:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: HTTP_PROXY
      IntegrationMethod: ANY
      IntegrationUri: 'http://127.0.0.1:${port}/base'
      PayloadFormatVersion: '1.0'
      RequestParameters:
        'append:header.header2': $request.header.header1
        'remove:header.header1': "''"
        'overwrite:header.host': backend.example
        'append:querystring.tag': extra
        'overwrite:querystring.who': '\${request.path.id}-\${stageVariables.colour}'
        'remove:querystring.secret': "''"
        'overwrite:path': '/moved\${request.path}'
      ResponseParameters:${RESPONSES}
  Function:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: AWS_PROXY
      IntegrationUri: !GetAtt Echo.Arn
      PayloadFormatVersion: '2.0'
      RequestParameters:
        'overwrite:header.x-tenant': $request.path.id
        'overwrite:querystring.page': '7'
        'overwrite:path': /moved
      ResponseParameters:${RESPONSES}
  BackendRoute: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Api, RouteKey: 'ANY /backend/{id}', Target: !Sub 'integrations/\${Backend}'}}
  FunctionRoute: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Api, RouteKey: 'ANY /function/{id}', Target: !Sub 'integrations/\${Function}'}}
`);

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html */
describe('parameter mappings of an HTTP API', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html: transforming API requests
  test('append, overwrite and remove headers and query strings, and overwrite the path, on the way to a backend', async () => {
    await fetch(under.url('Api', '/backend/a1?tag=one&who=me&secret=s'), { headers: { header1: 'v' } });
    const [{ url = '', headers = {} } = {}] = seen;
    const { pathname, searchParams } = new URL(url, 'http://backend');
    expect(pathname).toBe('/moved/backend/a1');
    expect([
      searchParams.getAll('tag').toSorted(),
      searchParams.getAll('who'),
      searchParams.has('secret'),
    ]).toEqual([['extra', 'one'], ['a1-red'], false]);
    expect(headers).toMatchObject({ header2: 'v', host: 'backend.example' });
    expect(headers).not.toHaveProperty('header1');
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html: transforming API responses
  test('change the answer by its status, and leave that of another as it is', async () => {
    const ok = await fetch(under.url('Api', '/backend/a1'));
    expect([ok.status, ok.headers.get('x-own'), ok.headers.get('x-both')]).toEqual([200, 'b, added', 'b']);
    expect(ok.headers.get('x-name')).toBe(`of backend by ${ok.headers.get('apigw-requestid')}`);
    expect(ok.headers.has('x-none')).toBe(false);
    const failed = await fetch(under.url('Api', '/backend/a1'), { headers: { 'x-status': '500' } });
    expect([failed.status, failed.headers.get('error'), failed.headers.has('x-own')]).toEqual([
      403,
      'red',
      false,
    ]);
    const other = await fetch(under.url('Api', '/backend/a1'), { headers: { 'x-status': '404' } });
    expect([other.status, other.headers.get('x-own')]).toEqual([404, 'b']);
  });

  // https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html: requestParameters, responseParameters
  test('hold for a function behind it, too', async () => {
    const answer = await fetch(under.url('Api', '/function/a1?page=1'), { headers: { 'x-tenant': 'other' } });
    expect(await answer.json()).toMatchObject({
      rawPath: '/moved',
      queryStringParameters: { page: '7' },
      headers: { 'x-tenant': 'a1' },
      pathParameters: { id: 'a1' },
    });
    expect(answer.headers.get('x-own')).toBe('added');
    const failed = await fetch(under.url('Api', '/function/a1'), {
      headers: { 'x-answer': JSON.stringify({ statusCode: 500, headers: { 'x-own': 'f' }, body: '' }) },
    });
    expect([failed.status, failed.headers.get('error'), failed.headers.has('x-own')]).toEqual([
      403,
      'red',
      false,
    ]);
  });
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html */
describe('mappings that calls make', () => {
  const client = () =>
    new ApiGatewayV2Client({
      endpoint: under.running.loop.endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  const proxy = () =>
    ({
      ApiId: under.id('Api'),
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      IntegrationUri: `http://127.0.0.1:${port}/`,
      PayloadFormatVersion: '1.0',
    }) as const;

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html: reserved headers
  test('are refused for reserved headers, and for what can’t be mapped', async () => {
    const refused = (input: object) =>
      expect(client().send(new CreateIntegrationCommand({ ...proxy(), ...input }))).rejects;
    for (const header of ['Authorization', 'x-amz-date', 'Access-Control-Allow-Origin', 'via'])
      await refused({ RequestParameters: { [`overwrite:header.${header}`]: 'x' } }).toMatchObject({
        name: 'BadRequestException',
        message: `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Operations on header ${header} are restricted]`,
      });
    for (const input of [
      { RequestParameters: { 'append:path': '/x' } },
      { RequestParameters: { 'overwrite:statuscode': '200' } },
      { ResponseParameters: { '200': { 'append:header.Content-Length': '1' } } },
      { ResponseParameters: { '100': { 'append:header.x': '1' } } },
      { ResponseParameters: { '200': { 'overwrite:statuscode': '99' } } },
      { ResponseParameters: { '200': { 'append:querystring.x': '1' } } },
    ])
      await refused(input).toMatchObject({ name: 'BadRequestException' });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html: remove configured parameter mappings
  test('stay when a change names others, and go by an empty text', async () => {
    const { IntegrationId } = await client().send(
      new CreateIntegrationCommand({
        ...proxy(),
        RequestParameters: { 'append:header.one': '1', 'append:header.two': '2' },
        ResponseParameters: { '200': { 'append:header.a': 'a' }, '404': { 'append:header.b': 'b' } },
      }),
    );
    const of = { ApiId: under.id('Api'), IntegrationId };
    await client().send(
      new UpdateIntegrationCommand({
        ...of,
        RequestParameters: { 'append:header.one': '' },
        ResponseParameters: { '200': {} },
      }),
    );
    expect(await client().send(new GetIntegrationCommand(of))).toMatchObject({
      RequestParameters: { 'append:header.two': '2' },
      ResponseParameters: { '404': { 'append:header.b': 'b' } },
    });
  });
});
