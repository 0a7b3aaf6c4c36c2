import { describe, expect, test } from 'vitest';
import { load, reportOf, withFunction } from './load.ts';

const AUTHORIZER = '{DefaultAuthorizer: Own, Authorizers: {Own: {FunctionArn: !GetAtt Packer.Arn}}}';
const DEFINITION = `{swagger: "2.0", info: {title: t, version: "1"}, paths: {
        /a: {get: {responses: {}, x-amazon-apigateway-integration: {type: mock}}},
        /b: {get: {responses: {}, security: [{NONE: []}], x-amazon-apigateway-integration: {type: mock}}, post: {responses: {}}}}}`;

/** The API `Front`, with an event of the function that names it. */
const front = (properties: string, event = 'Method: get, Path: "/boxes/{id}"') =>
  load(
    withFunction(
      `Events: {In: {Type: Api, Properties: {RestApiId: !Ref Front, ${event}}}}`,
      `  Front:\n    Type: AWS::Serverless::Api\n    Properties:\n      StageName: live\n      ${properties}`,
    ),
  );

const api = (properties: string, event?: string) => {
  const [found] = front(properties, event).apis;
  if (!found) throw new Error('there is no API');
  return found;
};

const route = (method: string, path: string, properties: string, event?: string) =>
  api(properties, event).routes.find((each) => each.method === method && each.path === path);

/** The statements of the API's policy as they stand in the definition that aws-sam-translator 1.115.0 makes. */
const policyOf = (properties: string, event?: string) => {
  const { name, resourcePolicy } = api(properties, event);
  const own = `arn:aws:execute-api:eu-west-1:123456789012:${name}/`;
  return resourcePolicy?.map(({ effect, resources, principals, conditions }) => ({
    effect,
    resources: resources?.map((resource) => resource.replace(own, '')),
    principals,
    ...(conditions && { conditions }),
  }));
};

const statement = (effect: string, conditions?: Record<string, Record<string, string[]>>) => ({
  effect,
  resources: ['live/GET/boxes/*'],
  principals: { AWS: ['*'] },
  ...(conditions && { conditions }),
});

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-resourcepolicystatement.html */
describe('Auth.ResourcePolicy', () => {
  test.each([
    ['IpRangeWhitelist: [10.0.0.0/8]', 'NotIpAddress', { 'aws:SourceIp': ['10.0.0.0/8'] }],
    [
      'IpRangeBlacklist: [10.0.0.0/8, 192.0.2.1]',
      'IpAddress',
      { 'aws:SourceIp': ['10.0.0.0/8', '192.0.2.1'] },
    ],
    [
      'SourceVpcWhitelist: [vpc-1, vpce-1]',
      'StringNotEquals',
      { 'aws:SourceVpc': ['vpc-1'], 'aws:SourceVpce': ['vpce-1'] },
    ],
    ['SourceVpcBlacklist: [vpc-1]', 'StringEquals', { 'aws:SourceVpc': ['vpc-1'] }],
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how Fn::Sub is written
      'IntrinsicVpcWhitelist: [!Sub "vpc-${AWS::Region}"]',
      'StringNotEquals',
      { 'aws:SourceVpc': ['vpc-eu-west-1'] },
    ],
    ['IntrinsicVpceBlacklist: [vpce-2]', 'StringEquals', { 'aws:SourceVpce': ['vpce-2'] }],
  ])('%s lets all in but for those', (policy, operator, condition) => {
    expect(policyOf(`Auth: {ResourcePolicy: {${policy}}}`)).toEqual([
      statement('Allow'),
      statement('Deny', { [operator]: condition }),
    ]);
  });

  test.each([
    ['AwsAccountWhitelist', 'Allow'],
    ['AwsAccountBlacklist', 'Deny'],
  ])('%s is a statement of accounts', (name, effect) => {
    expect(policyOf(`Auth: {ResourcePolicy: {${name}: ["111122223333"]}}`)).toMatchObject([
      { effect, principals: { AWS: ['111122223333'] } },
    ]);
  });

  test("has the template's own statements after the others", () => {
    const custom =
      '[{Effect: Allow, Principal: "*", Action: execute-api:Invoke, Resource: "execute-api:/live/GET/*"}]';
    expect(
      policyOf(`Auth: {ResourcePolicy: {CustomStatements: ${custom}, IpRangeBlacklist: [10.0.0.1]}}`),
    ).toEqual([
      statement('Allow'),
      statement('Deny', { IpAddress: { 'aws:SourceIp': ['10.0.0.1'] } }),
      { effect: 'Allow', resources: ['live/GET/*'], principals: { AWS: ['*'] } },
    ]);
  });

  test('of an event is of its path alone', () => {
    const event = 'Method: any, Path: /boxes, Auth: {ResourcePolicy: {IpRangeWhitelist: 10.0.0.1}}';
    expect(policyOf('Name: front', event)).toMatchObject([
      { effect: 'Allow', resources: ['live/*/boxes'] },
      { effect: 'Deny', resources: ['live/*/boxes'] },
    ]);
  });

  test("guards the template's own definition, preflights too, beside the policy that stands there", () => {
    const own = `x-amazon-apigateway-policy: {Version: "2012-10-17", Statement: {Effect: Allow, Principal: "*", Action: execute-api:Invoke, Resource: "*"}}`;
    const body = DEFINITION.replace('{swagger', `{${own}, swagger`);
    const found = policyOf(
      `Cors: "'*'"\n      Auth: {ResourcePolicy: {IpRangeBlacklist: [10.0.0.1]}}\n      DefinitionBody: ${body}`,
    );
    expect(found?.map(({ effect, resources }) => [effect, resources])).toEqual([
      ['Allow', ['*']],
      ['Allow', ['live/GET/a', 'live/OPTIONS/a']],
      ['Deny', ['live/GET/a', 'live/OPTIONS/a']],
      ['Allow', ['live/GET/b', 'live/POST/b', 'live/OPTIONS/b']],
      ['Deny', ['live/GET/b', 'live/POST/b', 'live/OPTIONS/b']],
    ]);
  });
});

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiauth.html */
describe("the template's own definition", () => {
  const body = `DefinitionBody: ${DEFINITION}`;

  test('gets the default authorizer where a method has none of its own', () => {
    const properties = `Auth: ${AUTHORIZER}\n      ${body}`;
    expect(route('GET', '/a', properties)?.auth).toEqual({ kind: 'authorizer', name: 'Own', scopes: [] });
    expect(route('GET', '/b', properties)?.auth).toEqual({ kind: 'none' });
    expect(Object.keys(api(properties).authorizers)).toEqual(['Own']);
  });

  test('asks for a key where the API does', () => {
    expect(route('GET', '/a', `Auth: {ApiKeyRequired: true}\n      ${body}`)?.needsApiKey).toBe(true);
  });

  test('answers preflights, has gateway responses and models', () => {
    const more = `Cors: "'https://a.example'"
      GatewayResponses: {UNAUTHORIZED: {StatusCode: 418}}
      Models: {Box: {type: object}}`;
    const found = api(`${more}\n      ${body}`);
    expect(found.routes.map(({ method, path }) => `${method} ${path}`)).toContain('OPTIONS /a');
    expect(found.gatewayResponses).toMatchObject({ UNAUTHORIZED: { status: 418 } });
  });

  test('in OpenAPI 3 has the authorizers among its components', () => {
    const found = api(
      `Auth: ${AUTHORIZER}\n      DefinitionBody: ${DEFINITION.replace('swagger: "2.0"', 'openapi: 3.0.1')}`,
    );
    expect(Object.keys(found.authorizers)).toEqual(['Own']);
  });

  test('has the routes of events only with MergeDefinitions', () => {
    const has = (properties: string) =>
      route('GET', '/boxes/{id}', `${properties}${body}`)?.integration?.kind;
    expect(has('')).toBeUndefined();
    expect(has('MergeDefinitions: true\n      ')).toBe('function');
  });
});

describe("a preflight that SAM answers asks for what the API's other methods do", () => {
  test('unless it is told not to', () => {
    const cors = `Cors: "'*'"\n      `;
    const auth = (more: string) => `${cors}Auth: {ApiKeyRequired: true, ${more}${AUTHORIZER.slice(1)}`;
    expect(route('OPTIONS', '/boxes/{id}', auth(''))).toMatchObject({
      auth: { kind: 'authorizer', name: 'Own' },
      needsApiKey: true,
    });
    const off = 'AddDefaultAuthorizerToCorsPreflight: false, AddApiKeyRequiredToCorsPreflight: false, ';
    expect(route('OPTIONS', '/boxes/{id}', auth(off))).toMatchObject({
      auth: { kind: 'none' },
      needsApiKey: false,
    });
  });
});

test('OpenApiVersion makes an end of the stage `Stage`, which SAM makes beside the one that is asked for', () => {
  const stages = (properties: string) => api(properties).stages.map(({ name }) => name);
  expect(stages('Name: a')).toEqual(['live', 'Stage']);
  expect(stages('OpenApiVersion: 3.0.1')).toEqual(['live']);
  expect(reportOf(front('OpenApiVersion: 3.0.1'), 'FrontliveStage')?.status).toBe('emulated');
});

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapiauth.html */
test("an HTTP API's own definition gets the default authorizer where a method has none", () => {
  const jwt = '{JwtConfiguration: {issuer: "https://issuer.example", audience: [a]}}';
  const method = 'x-amazon-apigateway-integration: {type: http_proxy, uri: "https://a.example"}';
  const stack = load(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Web:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth: {DefaultAuthorizer: Own, Authorizers: {Own: ${jwt}, Other: ${jwt}}}
      DefinitionBody: {openapi: 3.0.1, paths: {/a: {get: {${method}}, post: {security: [{Other: []}], ${method}}, options: {${method}}}}}`);
  expect(stack.apis[0]?.routes.map((each) => [each.method, each.auth])).toEqual([
    ['GET', { kind: 'authorizer', name: 'Own', scopes: [] }],
    ['POST', { kind: 'authorizer', name: 'Other', scopes: [] }],
    ['OPTIONS', { kind: 'none' }],
  ]);
});
