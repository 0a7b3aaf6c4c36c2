import { describe, expect, test } from 'vitest';
import { load, problemsOf, reportOf, withFunction } from './load.ts';

const event = (type: string, properties: string) =>
  `Events: {In: {Type: ${type}, Properties: {${properties}}}}`;

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-httpapi.html, and …-api.html */
describe('an event over HTTP', () => {
  test('makes an HTTP API that lets it in', () => {
    const stack = load(withFunction(event('HttpApi', "Path: '/boxes/{id}', Method: POST")));
    const [packer] = stack.functions;
    const [api] = stack.apis;
    expect(api).toMatchObject({
      logicalId: 'ServerlessHttpApi',
      protocol: 'HTTP',
      stages: [{ name: '$default' }],
      routes: [
        {
          method: 'POST',
          path: '/boxes/{id}',
          auth: { kind: 'none' },
          integration: { kind: 'function', functionArn: packer?.arn, payload: '2.0', timeoutMs: 30_000 },
        },
      ],
    });
    expect(packer?.resourcePolicy).toMatchObject([
      {
        principals: { Service: ['apigateway.amazonaws.com'] },
        conditions: {
          ArnLike: {
            'aws:SourceArn': [`arn:aws:execute-api:eu-west-1:123456789012:${api?.name}/*/POST/boxes/*`],
          },
        },
      },
    ]);
    for (const id of ['ServerlessHttpApi', 'ServerlessHttpApiApiGatewayDefaultStage', 'PackerInPermission'])
      expect(reportOf(stack, id)?.status, id).toBe('emulated');
  });

  test('makes a REST API of a stage Prod', () => {
    const stack = load(withFunction(event('Api', 'Path: /, Method: any')));
    expect(stack.apis).toMatchObject([
      {
        logicalId: 'ServerlessRestApi',
        protocol: 'REST',
        stages: expect.arrayContaining([expect.objectContaining({ name: 'Prod' })]),
        routes: [{ method: 'ANY', path: '/', integration: { payload: '1.0', timeoutMs: 29_000 } }],
      },
    ]);
    for (const id of ['ServerlessRestApi', 'ServerlessRestApiProdStage', 'PackerInPermissionProd'])
      expect(reportOf(stack, id)?.status, id).toBe('emulated');
  });

  test('leads to the alias of its function', () => {
    const stack = load(withFunction(`AutoPublishAlias: live\n${event('HttpApi', '')}`));
    expect(stack.apis[0]?.routes).toMatchObject([
      { path: '$default', integration: { functionArn: `${stack.functions[0]?.arn}:live` } },
    ]);
  });

  test('of an API that is declared goes there, with what Globals say of it', () => {
    const globals = 'Globals: {HttpApi: {StageVariables: {colour: red}}}';
    const api = '  Depot: {Type: AWS::Serverless::HttpApi, Properties: {StageName: v1, Name: depot}}';
    const stack = load(
      `${globals}\n${withFunction(event('HttpApi', 'Path: /a, Method: get, ApiId: !Ref Depot'), api)}`,
    );
    expect(stack.apis).toMatchObject([
      {
        logicalId: 'Depot',
        title: 'depot',
        stages: [{ name: 'v1', variables: { colour: 'red' } }],
        routes: [{ path: '/a' }],
      },
    ]);
    expect(reportOf(stack, 'Depotv1Stage')?.physicalId).toBe('v1');
  });

  // SAM developer guide, "Referencing generated resources": in Fn::Sub they are named as Ref names them.
  test('of a resource that SAM makes may be taken apart in the list of Fn::GetAtt', () => {
    const version = (parts: string) => `Outputs: {Version: {Value: !GetAtt [Packer, ${parts}]}}`;
    const published = load(withFunction('AutoPublishAlias: live', version('Version, Version')));
    expect(published.outputs).toMatchObject([{ value: '1' }]);
    expect(problemsOf(withFunction('', version('Arn, Arn')))).toEqual([
      expect.stringMatching(
        /Fn::GetAtt: expected Resource.Attribute or \[Resource, Attribute\], found a list/,
      ),
    ]);
  });

  test("of an API's stage and a function's alias is a name in Fn::Sub's text, too", () => {
    const apis = `
  Depot: {Type: AWS::Serverless::HttpApi, Properties: {StageName: v1}}
  Store: {Type: AWS::Serverless::Api, Properties: {StageName: live, DefinitionBody: {openapi: 3.0.1, paths: {}}}}`;
    const outputs = `Outputs: {Names: {Value: !Sub "\${Depot.Stage} \${Store.Stage} \${Packer.Alias}"}}`;
    const stack = load(withFunction('AutoPublishAlias: late', `${apis}\n${outputs}`));
    expect(stack.outputs).toMatchObject([{ value: `v1 live ${stack.functions[0]?.arn}:late` }]);
  });
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGatewayV2.html, and AWS_ApiGateway.html */
describe("API Gateway's own resources", () => {
  test('make an HTTP API of routes and integrations', () => {
    const stack = load(
      withFunction(
        '',
        `  Depot: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: depot, ProtocolType: HTTP, CorsConfiguration: {AllowOrigins: ['*'], MaxAge: 5}}}
  ToPacker: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref Depot, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Packer.Arn, PayloadFormatVersion: '2.0'}}
  Boxes: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Depot, RouteKey: GET /boxes, Target: !Sub 'integrations/\${ToPacker}'}}
  Elsewhere: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref Depot, IntegrationType: HTTP_PROXY, IntegrationMethod: ANY, IntegrationUri: 'https://example.com'}}
  Away: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Depot, RouteKey: $default, Target: !Join [/, [integrations, !Ref Elsewhere]]}}
  Stage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Depot, StageName: $default, AutoDeploy: true}}`,
      ),
    );
    expect(stack.apis).toMatchObject([
      {
        cors: { allowOrigins: ['*'], maxAgeSeconds: 5 },
        stages: [{ name: '$default' }],
        routes: [
          {
            method: 'GET',
            path: '/boxes',
            integration: { functionArn: stack.functions[0]?.arn, payload: '2.0' },
          },
          {
            method: 'ANY',
            path: '$default',
            integration: { kind: 'http', method: 'ANY', uri: 'https://example.com' },
          },
        ],
      },
    ]);
    expect(stack.resources.filter(({ status }) => status === 'not emulated')).toEqual([]);
  });

  test('make a REST API of resources and methods', () => {
    const stack = load(
      withFunction(
        '',
        `  Depot: {Type: AWS::ApiGateway::RestApi, Properties: {Name: depot}}
  Boxes: {Type: AWS::ApiGateway::Resource, Properties: {RestApiId: !Ref Depot, ParentId: !GetAtt Depot.RootResourceId, PathPart: boxes}}
  Box: {Type: AWS::ApiGateway::Resource, Properties: {RestApiId: !Ref Depot, ParentId: !Ref Boxes, PathPart: '{id}'}}
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Depot
      ResourceId: !Ref Box
      HttpMethod: GET
      AuthorizationType: NONE
      Integration: {Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: !Sub 'arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Packer.Arn}/invocations'}
  Root:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Depot
      ResourceId: !GetAtt Depot.RootResourceId
      HttpMethod: ANY
      AuthorizationType: NONE
      Integration: {Type: MOCK, RequestTemplates: {application/json: '{statusCode: 200}'}, IntegrationResponses: [{StatusCode: 200, ResponseTemplates: {application/json: 'fine'}}]}
  Deployed: {Type: AWS::ApiGateway::Deployment, DependsOn: [Get, Root], Properties: {RestApiId: !Ref Depot, StageName: v1}}`,
      ),
    );
    expect(stack.apis).toMatchObject([
      {
        stages: [{ name: 'v1' }],
        routes: [
          {
            method: 'GET',
            path: '/boxes/{id}',
            integration: { functionArn: stack.functions[0]?.arn, payload: '1.0' },
          },
          { method: 'ANY', path: '/', integration: { kind: 'mock', responses: [{ status: 200 }] } },
        ],
      },
    ]);
    const missing = stack.resources.filter(({ status }) => status === 'not emulated');
    expect(missing).toEqual([]);
  });
});

test('a resource policy of a REST API is a part of it like any other', () => {
  const stack = load(`
Resources:
  Front:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: front
      Policy: {Statement: [{Effect: Deny, Principal: '*', Action: execute-api:Invoke, Resource: '*'}]}
`);
  expect(stack.resources.map(({ logicalId, status }) => [logicalId, status])).toEqual([
    ['Front', 'emulated'],
  ]);
});
