import {
  APIGatewayClient,
  CreateBasePathMappingCommand,
  CreateDomainNameCommand,
  DeleteBasePathMappingCommand,
  DeleteDomainNameCommand,
  DeleteRestApiCommand,
  GetBasePathMappingsCommand,
  GetDomainNameCommand,
  UpdateBasePathMappingCommand,
} from '@aws-sdk/client-api-gateway';
import {
  ApiGatewayV2Client,
  CreateApiMappingCommand,
  GetApiMappingsCommand,
  GetDomainNameCommand as GetDomainNameV2Command,
  UpdateApiCommand,
} from '@aws-sdk/client-apigatewayv2';
import { describe, expect, test } from 'vitest';
import { domainPlaces } from '../../../src/loop/api-places.ts';
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
      Environment: {Variables: {SHOP: 'https://api.example.com/shop/v1/boxes'}}
      Events:
        Rest: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: '/{proxy+}', Method: any}}
        RestRoot: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /, Method: any}}
        Http: {Type: HttpApi, Properties: {ApiId: !Ref Http}}
        Old: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: '/old/{id}', Method: any, PayloadFormatVersion: '1.0'}}
        Shop: {Type: HttpApi, Properties: {ApiId: !Ref Shop}}
        Second: {Type: HttpApi, Properties: {ApiId: !Ref Second}}
        Closed: {Type: Api, Properties: {RestApiId: !Ref Closed, Path: /a, Method: get}}
  Rest:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Domain: {DomainName: rest.example.com, CertificateArn: arn:aws:acm:eu-west-1:000000000000:certificate/c, BasePath: [one-two, 'x/y']}
  Closed:
    Type: AWS::Serverless::Api
    Properties: {StageName: prod, DisableExecuteApiEndpoint: true}
  Http:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: live
      Domain: {DomainName: api.example.com, CertificateArn: arn:aws:acm:eu-west-1:000000000000:certificate/c, BasePath: [v1, '/shop/v1/']}
  Shop:
    Type: AWS::Serverless::HttpApi
    Properties: {DisableExecuteApiEndpoint: true}
  Second:
    Type: AWS::Serverless::HttpApi
    Properties:
      Domain: {DomainName: api.example.com, CertificateArn: arn:aws:acm:eu-west-1:000000000000:certificate/c, BasePath: second}
  Unnamed:
    Type: AWS::ApiGateway::BasePathMapping
    Properties: {DomainName: !Ref Plain, RestApiId: !Ref Rest, BasePath: staged}
  PlainRoot:
    Type: AWS::ApiGateway::BasePathMapping
    Properties: {DomainName: !Ref Plain, RestApiId: !Ref Closed, Stage: prod, BasePath: closed}
  Plain:
    Type: AWS::ApiGateway::DomainName
    Properties: {DomainName: plain.example.com, RegionalCertificateArn: c, EndpointConfiguration: {Types: [REGIONAL]}}
  Wild:
    Type: AWS::ApiGatewayV2::DomainName
    Properties: {DomainName: '*.wild.example.com', DomainNameConfigurations: [{CertificateArn: c, EndpointType: REGIONAL}]}
  WildMapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Properties: {DomainName: !Ref Wild, ApiId: !Ref Shop, Stage: $default}
Outputs:
  Url: {Value: 'https://api.example.com/v1/boxes'}
  Other: {Value: 'https://api.example.com.evil.example/v1'}
  Target: {Value: !GetAtt Plain.RegionalDomainName}
  Zone: {Value: !GetAtt Plain.RegionalHostedZoneId}
  HttpTarget: {Value: !GetAtt Wild.RegionalDomainName}
`);

async function at(host: string, path: string) {
  const { status, headers, body } = await rawRequest(under.running.loop.endpoint, { host, path });
  return { status, headers, event: JSON.parse(body) };
}

/** A request by the loop's own address, and by names that resolve to it without any DNS. */
function localNames(domain: string): string[] {
  const { port } = new URL(under.running.loop.endpoint);
  return [domain, `${domain}:${port}`, domain.toUpperCase(), `${domain}.localhost:${port}`];
}

const calls = () => ({
  endpoint: under.running.loop.endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

describe('a REST API at a custom domain', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html; the event of AWS: github.com/localstack/localstack, pull request 12296
  test('has the base path in the event’s paths and not in its resource, and the stage of the mapping', async () => {
    for (const host of localNames('rest.example.com')) {
      const { status, event } = await at(host, '/onetwo/boxes/1?a=b');
      expect([status, event.path]).toEqual([200, '/onetwo/boxes/1']);
      expect(event).toMatchObject({
        resource: '/{proxy+}',
        pathParameters: { proxy: 'boxes/1' },
        requestContext: {
          path: '/onetwo/boxes/1',
          stage: 'prod',
          domainName: 'rest.example.com',
          domainPrefix: 'rest',
          apiId: under.id('Rest'),
          resourcePath: '/{proxy+}',
        },
      });
    }
  });

  // https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-domainconfiguration.html: NormalizeBasePath
  test('has only the letters and digits of a base path that SAM normalizes', async () => {
    const { event } = await at('rest.example.com', '/xy');
    expect([event.path, event.resource]).toEqual(['/xy', '/']);
    expect((await at('rest.example.com', '/one-two/boxes')).status).toBe(403);
  });

  // https://docs.aws.amazon.com/apigateway/latest/api/API_CreateBasePathMapping.html: stage; LocalStack's pull request 12296
  test('is told its stage by the path where the mapping says none', async () => {
    const { event } = await at('plain.example.com', '/staged/prod/boxes');
    expect([event.path, event.requestContext.path, event.pathParameters.proxy]).toEqual([
      '/staged/prod/boxes',
      '/staged/prod/boxes',
      'boxes',
    ]);
  });

  // https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden
  test('is not there for a path that no mapping takes', async () => {
    for (const path of ['/', '/boxes', '/onetwothree', '/one']) {
      const { status, headers, event } = await at('rest.example.com', path);
      expect([status, event, headers['x-amzn-errortype']]).toEqual([
        403,
        { message: 'Forbidden' },
        'ForbiddenException',
      ]);
    }
    expect(under.running.factsOf('request.answered').at(-1)).toMatchObject({
      apiName: 'rest.example.com',
      status: 403,
      reason: 'no mapping of this domain takes the path',
    });
  });
});

describe('an HTTP API at a custom domain', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
  test('is led to by the longest base path, which stays in the event’s path in place of the stage', async () => {
    const one = await at('api.example.com', '/v1/boxes');
    expect(one.event).toMatchObject({
      rawPath: '/v1/boxes',
      requestContext: {
        http: { path: '/v1/boxes' },
        stage: 'live',
        domainName: 'api.example.com',
        domainPrefix: 'api',
      },
    });
    const two = await at('api.example.com', '/shop/v1/old/7');
    expect(two.event).toMatchObject({
      version: '1.0',
      resource: '/old/{id}',
      path: '/shop/v1/old/7',
      pathParameters: { id: '7' },
      requestContext: { path: '/shop/v1/old/7', domainName: 'api.example.com', domainPrefix: 'api' },
    });
  });

  // https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapidomainconfiguration.html
  test('may share the domain with another API of the template', async () => {
    const { event } = await at('api.example.com', '/second/boxes');
    expect(event.requestContext).toMatchObject({ apiId: under.id('Second'), stage: '$default' });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
  test('is not found by a path that no mapping takes', async () => {
    const { status, event } = await at('api.example.com', '/boxes');
    expect([status, event]).toEqual([404, { message: 'Not Found' }]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html: wildcard custom domain names
  test('answers to each name that a wildcard covers, of one label', async () => {
    const { event } = await at('one.wild.example.com', '/boxes');
    expect(event.requestContext).toMatchObject({ domainName: 'one.wild.example.com', domainPrefix: 'one' });
    expect((await at('one.two.wild.example.com', '/boxes')).status).toBe(403);
  });

  test('is reached by a path of the loop’s own address, which outputs and environments hold', async () => {
    const { endpoint, stack } = under.running.loop;
    const outputs = new Map(stack.outputs.map(({ name, value }) => [name, value]));
    const url = `${endpoint}/_aws/domains/api.example.com/v1/boxes`;
    expect(outputs.get('Url')).toBe(url);
    expect(outputs.get('Other')).toBe('https://api.example.com.evil.example/v1');
    expect(stack.functions[0]?.environment.SHOP).toBe(
      `${endpoint}/_aws/domains/api.example.com/shop/v1/boxes`,
    );
    expect(await (await fetch(url)).json()).toMatchObject({
      rawPath: '/v1/boxes',
      requestContext: { domainName: 'api.example.com' },
    });
  });
});

describe('an API whose default endpoint is disabled', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
  test('refuses with 403 there, as a REST API, and answers at its domain', async () => {
    const refused = await fetch(under.url('Closed', '/prod/a'));
    expect([refused.status, await refused.json()]).toEqual([403, { message: 'Forbidden' }]);
    const { event } = await at('plain.example.com', '/closed/a');
    expect(event.path).toBe('/closed/a');
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-disable-default-endpoint.html
  test('is not found there, as an HTTP API, until a call enables it', async () => {
    const refused = await fetch(under.url('Shop', '/a'));
    expect([refused.status, await refused.json()]).toEqual([404, { message: 'Not Found' }]);
    const client = new ApiGatewayV2Client(calls());
    const ApiId = under.id('Shop');
    await client.send(new UpdateApiCommand({ ApiId, DisableExecuteApiEndpoint: false }));
    expect((await fetch(under.url('Shop', '/a'))).status).toBe(200);
    await client.send(new UpdateApiCommand({ ApiId, DisableExecuteApiEndpoint: true }));
    expect((await fetch(under.url('Shop', '/a'))).status).toBe(404);
  });
});

describe('the host guard', () => {
  test('lets in the domains that are declared, and no others', async () => {
    const { endpoint } = under.running.loop;
    for (const host of ['evil.example', 'example.com', 'api.example.com.evil.example', 'wild.example.com'])
      expect((await rawRequest(endpoint, { host, path: '/v1/boxes' })).status).toBe(403);
    const byPath = { host: 'evil.example', path: '/_aws/domains/api.example.com/v1/boxes' };
    expect((await rawRequest(endpoint, byPath)).status).toBe(403);
  });

  test('opens none of AWS’s endpoints and pages to a domain', async () => {
    const call = {
      host: 'api.example.com',
      method: 'POST',
      path: '/',
      headers: {
        'x-amz-target': 'DynamoDB_20120810.ListTables',
        'content-type': 'application/x-amz-json-1.0',
      },
      body: '{}',
    };
    const { endpoint } = under.running.loop;
    expect((await rawRequest(endpoint, call)).status).toBe(404);
    for (const path of ['/_loop/', '/_loop/api/stack'])
      expect((await rawRequest(endpoint, { host: 'api.example.com', path })).status).toBe(404);
    const foreign = {
      ...call,
      host: new URL(endpoint).host,
      headers: { ...call.headers, origin: 'http://api.example.com' },
    };
    expect((await rawRequest(endpoint, foreign)).status).toBe(403);
  });
});

describe('a domain that calls make', () => {
  // https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDomainName.html, API_CreateBasePathMapping.html
  test('answers at once, is one for both APIs of API Gateway, and goes', async () => {
    const one = new APIGatewayClient(calls());
    const two = new ApiGatewayV2Client(calls());
    const domainName = 'called.example.com';
    expect((await rawRequest(under.running.loop.endpoint, { host: domainName, path: '/' })).status).toBe(403);
    const made = await one.send(
      new CreateDomainNameCommand({
        domainName,
        regionalCertificateArn: 'arn:aws:acm:eu-west-1:000000000000:certificate/c',
        endpointConfiguration: { types: ['REGIONAL'] },
      }),
    );
    expect(made).toMatchObject({
      domainName,
      regionalDomainName: expect.stringMatching(/^d-[0-9a-f]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/),
      regionalHostedZoneId: 'ZLY8HYME6SFDD',
      domainNameStatus: 'AVAILABLE',
      securityPolicy: 'TLS_1_2',
    });
    await expect(one.send(new CreateDomainNameCommand({ domainName }))).rejects.toMatchObject({
      name: 'ConflictException',
    });
    const restApiId = under.id('Rest');
    const mapping = { domainName, restApiId, stage: 'prod' };
    expect(await one.send(new CreateBasePathMappingCommand(mapping))).toMatchObject({
      basePath: '(none)',
      restApiId,
      stage: 'prod',
    });
    await expect(
      one.send(new CreateBasePathMappingCommand({ ...mapping, basePath: 'a/b' })),
    ).rejects.toMatchObject({ name: 'BadRequestException', message: /slash character/ });
    await expect(
      one.send(new CreateBasePathMappingCommand({ ...mapping, basePath: 'x', stage: 'none' })),
    ).rejects.toMatchObject({ message: 'Invalid stage identifier specified' });
    expect((await at(domainName, '/boxes')).event.path).toBe('/boxes');

    const shown = await two.send(new GetDomainNameV2Command({ DomainName: domainName }));
    expect(shown).toMatchObject({
      ApiMappingSelectionExpression: '$request.basepath',
      DomainNameConfigurations: [{ ApiGatewayDomainName: made.regionalDomainName, EndpointType: 'REGIONAL' }],
    });
    const deep = { DomainName: domainName, ApiId: under.id('Http'), Stage: 'live', ApiMappingKey: 'a/b' };
    await two.send(new CreateApiMappingCommand(deep));
    await expect(two.send(new CreateApiMappingCommand(deep))).rejects.toMatchObject({
      name: 'ConflictException',
      message: 'ApiMapping key already exists for this domain name',
    });
    expect((await at(domainName, '/a/b/c')).event.rawPath).toBe('/a/b/c');
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html: with several levels a prefix is enough
    expect((await at(domainName, '/a/bc')).event.rawPath).toBe('/a/bc');
    const { Items } = await two.send(new GetApiMappingsCommand({ DomainName: domainName }));
    expect(Items?.map(({ ApiMappingKey }) => ApiMappingKey)).toEqual(['', 'a/b']);

    await one.send(
      new UpdateBasePathMappingCommand({
        domainName,
        basePath: '(none)',
        patchOperations: [{ op: 'replace', path: '/basePath', value: 'moved' }],
      }),
    );
    expect((await at(domainName, '/moved/boxes')).event.path).toBe('/moved/boxes');
    await one.send(new CreateBasePathMappingCommand(mapping));
    expect((await at(domainName, '/boxes')).event.path).toBe('/boxes');
    expect((await at(domainName, '/moved/boxes')).event.path).toBe('/moved/boxes');
    // github.com/amplify-education/serverless-domain-manager, issue 406
    await expect(one.send(new DeleteRestApiCommand({ restApiId }))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: `Deleting RestApi ${restApiId} failed. Please remove all base path mappings related to the RestApi in your domains.`,
    });
    await one.send(new DeleteBasePathMappingCommand({ domainName, basePath: 'moved' }));
    expect((await one.send(new GetBasePathMappingsCommand({ domainName }))).items).toHaveLength(2);
    await one.send(new DeleteDomainNameCommand({ domainName }));
    await expect(one.send(new GetDomainNameCommand({ domainName }))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid domain name identifier specified',
    });
    expect((await rawRequest(under.running.loop.endpoint, { host: domainName, path: '/' })).status).toBe(403);
  });
});

test('the start prints the addresses of each base path', () => {
  const { stack, endpoint } = under.running.loop;
  const { port } = new URL(endpoint);
  expect(domainPlaces(stack, endpoint)).toContainEqual({
    name: 'api.example.com/shop/v1',
    url: `http://api.example.com.localhost:${port}/shop/v1/`,
    pathUrl: `${endpoint}/_aws/domains/api.example.com/shop/v1/`,
  });
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-domainname.html, aws-resource-apigatewayv2-domainname.html
test('a domain has the name and the hosted zone at API Gateway that DNS records lead to', () => {
  const outputs = new Map(under.running.loop.stack.outputs.map(({ name, value }) => [name, value]));
  expect(outputs.get('Target')).toMatch(/^d-[0-9a-f]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/);
  expect(outputs.get('HttpTarget')).toMatch(/^d-[0-9a-f]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/);
  expect(outputs.get('Zone')).toBe('ZLY8HYME6SFDD');
});
