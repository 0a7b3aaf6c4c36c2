import { createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { apisUnderTest } from './api-under-test.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keySet = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256' }] };
const provider = createServer((request, response) => {
  const isKeys = request.url === '/keys';
  response.end(JSON.stringify(isKeys ? keySet : { issuer, jwks_uri: `${issuer}/keys` }));
});
// The template names it, so that comes first.
await once(provider.listen(0, '127.0.0.1'), 'listening');
const address = provider.address();
const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
afterAll(() => {
  provider.close();
});

const JUDGE = `let asked = 0;
exports.handler = async (event) => {
  asked += 1;
  const token = event.authorizationToken ?? event.identitySource?.[0] ?? event.headers?.['x-who'];
  if (token === 'stranger') throw new Error('Unauthorized');
  if (token === 'broken') throw new Error('no');
  if (token === 'odd') return {};
  if (event.version === '2.0' && event.rawPath !== '/policy') return { isAuthorized: token === 'friend', context: { asked, of: event.routeArn.split(':')[5].split('/').slice(1) } };
  if (token === 'near' || token === 'far') {
    const Condition = { IpAddress: { 'aws:SourceIp': token === 'near' ? '127.0.0.0/8' : '10.0.0.0/8' } };
    const statement = { Action: 'execute-api:Invoke', Effect: 'Allow', NotResource: 'arn:aws:s3:::none', Condition };
    return { principalId: 'me', usageIdentifierKey: 'key-of-the-authorizer-1', policyDocument: { Version: '2012-10-17', Statement: [statement] } };
  }
  const Effect = token === 'friend' || token === 'friend,1' ? 'Allow' : 'Deny';
  return {
    principalId: 'me',
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: event.methodArn ?? event.routeArn }] },
    context: { asked, type: event.type, ...(event.version && { of: [event.identitySource], by: event.authorizationToken }) },
  };
};`;

const under = apisUnderTest(
  `
Transform: AWS::Serverless-2016-10-31
Resources:
  Judge:
    Type: AWS::Serverless::Function
    Properties: {Runtime: nodejs24.x, Handler: judge.handler, CodeUri: src/}
  Echo:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      CodeUri: src/
      Events:
        Rest: {Type: Api, Properties: {Path: /token, Method: get, RestApiId: !Ref Old, Auth: {Authorizer: ByToken}}}
        Keyed: {Type: Api, Properties: {Path: /keyed, Method: get, RestApiId: !Ref Keyed}}
        Request: {Type: Api, Properties: {Path: /request, Method: get, RestApiId: !Ref Old, Auth: {Authorizer: ByRequest}}}
        Unkept: {Type: Api, Properties: {Path: /unkept, Method: get, RestApiId: !Ref Old, Auth: {Authorizer: Unkept}}}
        Policy: {Type: HttpApi, Properties: {Path: /policy, Method: get, ApiId: !Ref New, Auth: {Authorizer: Policy}}}
        First: {Type: HttpApi, Properties: {Path: /first, Method: get, ApiId: !Ref New, Auth: {Authorizer: First}}}
        Free: {Type: Api, Properties: {Path: /free, Method: get, RestApiId: !Ref Old, Auth: {Authorizer: NONE}}}
        Simple: {Type: HttpApi, Properties: {Path: /simple, Method: get, ApiId: !Ref New, Auth: {Authorizer: Simple}}}
        ByRoute: {Type: HttpApi, Properties: {Path: /by-route, Method: get, ApiId: !Ref New, Auth: {Authorizer: ByRoute}}}
        Jwt: {Type: HttpApi, Properties: {Path: /jwt, Method: get, ApiId: !Ref New, Auth: {Authorizer: Jwt}}}
        Scoped: {Type: HttpApi, Properties: {Path: /scoped, Method: get, ApiId: !Ref New, Auth: {Authorizer: Jwt, AuthorizationScopes: [boxes.read]}}}
  Old:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      Auth: {Authorizers: {ByToken: {FunctionArn: !GetAtt Judge.Arn, Identity: {ValidationExpression: '[a-z]+', ReauthorizeEvery: 60}}, ByRequest: {FunctionPayloadType: REQUEST, FunctionArn: !GetAtt Judge.Arn, Identity: {Headers: [X-Who], QueryStrings: [key], ReauthorizeEvery: 60}}, Unkept: {FunctionPayloadType: REQUEST, FunctionArn: !GetAtt Judge.Arn, Identity: {Headers: [X-Who], ReauthorizeEvery: 0}}}, DefaultAuthorizer: ByToken}
  Keyed:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      ApiKeySourceType: AUTHORIZER
      Auth: {ApiKeyRequired: true, Authorizers: {ByToken: {FunctionArn: !GetAtt Judge.Arn}}, DefaultAuthorizer: ByToken}
  Key: {Type: AWS::ApiGateway::ApiKey, Properties: {Enabled: true, Value: key-of-the-authorizer-1}}
  Plan: {Type: AWS::ApiGateway::UsagePlan, Properties: {ApiStages: [{ApiId: !Ref Keyed, Stage: !Ref Keyed.Stage}]}}
  PlanKey: {Type: AWS::ApiGateway::UsagePlanKey, Properties: {KeyId: !Ref Key, KeyType: API_KEY, UsagePlanId: !Ref Plan}}
  New:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth:
        Authorizers:
          Simple: {FunctionArn: !GetAtt Judge.Arn, AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true, EnableFunctionDefaultPermissions: true, Identity: {Headers: [Authorization]}}
          ByRoute: {FunctionArn: !GetAtt Judge.Arn, AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true, EnableFunctionDefaultPermissions: true, Identity: {Headers: [Authorization], Context: [routeKey], ReauthorizeEvery: 60}}
          Policy: {FunctionArn: !GetAtt Judge.Arn, AuthorizerPayloadFormatVersion: '2.0', EnableFunctionDefaultPermissions: true, Identity: {Headers: [Authorization]}}
          First: {FunctionArn: !GetAtt Judge.Arn, AuthorizerPayloadFormatVersion: '1.0', EnableFunctionDefaultPermissions: true, Identity: {Headers: [Authorization], QueryStrings: [key]}}
          Jwt: {IdentitySource: $request.header.Authorization, JwtConfiguration: {issuer: '${issuer}', audience: [boxes]}}
`,
  { 'src/judge.js': JUDGE },
);

const asked = (api: string, path: string, authorization?: string) =>
  fetch(under.url(api, path), authorization === undefined ? {} : { headers: { authorization } });

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html */
describe('a Lambda authorizer of a REST API', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html: caching authorizer responses
  test('lets in whom its policy allows, once for as long as it is remembered', async () => {
    const first = await (await asked('Old', '/v1/token', 'friend')).json();
    expect(first).toMatchObject({
      requestContext: {
        authorizer: { principalId: 'me', type: 'TOKEN', asked: expect.stringMatching(/^\d+$/) },
      },
    });
    const second = await (await asked('Old', '/v1/token', 'friend')).json();
    expect(second).toMatchObject({ requestContext: { authorizer: Object(first).requestContext.authorizer } });
  });

  test.each([
    [undefined, 401, { message: 'Unauthorized' }],
    ['12', 401, { message: 'Unauthorized' }],
    ['stranger', 401, { message: 'Unauthorized' }],
    ['enemy', 403, { Message: 'User is not authorized to access this resource with an explicit deny' }],
    ['broken', 500, { message: null }],
    ['odd', 500, { message: null }],
  ])('answers %j with %i', async (token, status, body) => {
    const response = await asked('Old', '/v1/token', token);
    expect([response.status, await response.json()]).toEqual([status, body]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html: identitySource of a REQUEST authorizer
  test('of type REQUEST wants each identity source while answers are kept, and keeps one for all of them together', async () => {
    const request = (path: string) =>
      fetch(under.url('Old', `/v1${path}`), { headers: { 'x-who': 'friend' } });
    const refused = await request('/request');
    expect([refused.status, await refused.json()]).toEqual([401, { message: 'Unauthorized' }]);
    const askedFor = async (path: string) =>
      Object(await (await request(path)).json()).requestContext.authorizer.asked;
    const first = await askedFor('/request?key=1');
    expect(await askedFor('/request?key=1')).toBe(first);
    expect(await askedFor('/request?key=2')).not.toBe(first);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html: a TTL of zero
  test('of type REQUEST is asked without its identity sources where no answer is kept', async () => {
    const answer = await fetch(under.url('Old', '/v1/unkept'));
    // Its function was asked, and denies.
    expect([answer.status, await answer.json()]).toEqual([
      403,
      { Message: 'User is not authorized to access this resource with an explicit deny' },
    ]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
  test('answers with any policy that IAM knows, conditions too', async () => {
    expect((await asked('Old', '/v1/token', 'near')).status).toBe(200);
    const far = await asked('Old', '/v1/token', 'far');
    expect([far.status, await far.json()]).toEqual([
      403,
      { Message: 'User is not authorized to access this resource' },
    ]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html
  test('names the API key where the API takes it from there', async () => {
    expect((await asked('Keyed', '/v1/keyed', 'near')).status).toBe(200);
    const withHeader = await fetch(under.url('Keyed', '/v1/keyed'), {
      headers: { authorization: 'friend', 'x-api-key': 'key-of-the-authorizer-1' },
    });
    expect([withHeader.status, await withHeader.json()]).toEqual([403, { message: 'Forbidden' }]);
  });

  test('is not asked where the event wants none', async () => {
    expect((await asked('Old', '/v1/free')).status).toBe(200);
  });
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
describe('a Lambda authorizer of an HTTP API', () => {
  test('answers simply', async () => {
    expect(await (await asked('New', '/simple', 'friend')).json()).toMatchObject({
      requestContext: { authorizer: { lambda: { of: ['$default', 'GET', 'simple'] } } },
    });
    const refused = await asked('New', '/simple', 'enemy');
    expect([refused.status, await refused.json()]).toEqual([403, { message: 'Forbidden' }]);
    expect((await asked('New', '/simple')).status).toBe(401);
    expect((await asked('New', '/simple', 'broken')).status).toBe(500);
  });

  // The same page: Lambda function response for format 2.0, IAM policy
  test('of format 2.0 may answer with a policy, whose context goes on as it is', async () => {
    expect(await (await asked('New', '/policy', 'friend')).json()).toMatchObject({
      requestContext: { authorizer: { lambda: { type: 'REQUEST', of: [['friend']] } } },
    });
    const refused = await asked('New', '/policy', 'enemy');
    expect([refused.status, await refused.json()]).toEqual([403, { message: 'Forbidden' }]);
  });

  // The same page: payload format version 1.0
  test('of format 1.0 is told its identity sources joined by commas, as the token', async () => {
    expect(await (await asked('New', '/first?key=1', 'friend')).json()).toMatchObject({
      requestContext: { authorizer: { lambda: { of: ['friend,1'], by: 'friend,1' } } },
    });
    expect((await asked('New', '/first', 'friend')).status).toBe(401);
  });

  // The same page: "To cache responses per route, add $context.routeKey to your authorizer's identity sources."
  test('may have its answers remembered for a route', async () => {
    expect((await asked('New', '/by-route', 'friend')).status).toBe(200);
  });
});

function token(claims: Record<string, unknown>, kid: string | null = 'one'): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const usual = {
    iss: issuer,
    aud: 'boxes',
    exp: Math.floor(Date.now() / 1000) + 600,
    sub: 'me',
    roles: ['a', 'b'],
  };
  const signed = `${part({ alg: 'RS256', ...(kid !== null && { kid }) })}.${part({ ...usual, ...claims })}`;
  return `Bearer ${signed}.${createSign('sha256').update(signed).sign(privateKey, 'base64url')}`;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
describe('a JWT authorizer', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
  test('tells the claims of a token that an issuer’s key has signed', async () => {
    const event = await (await asked('New', '/jwt', token({}))).json();
    expect(event).toMatchObject({
      requestContext: {
        authorizer: { jwt: { claims: { sub: 'me', aud: 'boxes', roles: '[a b]' }, scopes: null } },
      },
    });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html: authorizing API requests, step by step
  test.each([
    ['another audience', { aud: 'bottles' }, 'one'],
    ['another issuer', { iss: 'https://elsewhere.example' }, 'one'],
    ['a time that is over', { exp: 1 }, 'one'],
    ['a time to come', { nbf: 32_503_680_000 }, 'one'],
    ['a key that nobody knows', {}, 'two'],
  ])('refuses one of %s', async (_what, claims, kid) => {
    const response = await asked('New', '/jwt', token(claims, kid));
    expect([response.status, await response.json()]).toEqual([401, { message: 'Unauthorized' }]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html: kid, and client_id where there is no aud
  test('wants a key’s id, and takes client_id in place of an audience', async () => {
    expect((await asked('New', '/jwt', token({}, null))).status).toBe(401);
    expect((await asked('New', '/jwt', token({ aud: undefined, client_id: 'boxes' }))).status).toBe(200);
    expect((await asked('New', '/jwt', token({ aud: 'bottles', client_id: 'boxes' }))).status).toBe(401);
    expect((await asked('New', '/jwt', token({ aud: ['bottles', 'boxes'] }))).status).toBe(200);
    expect((await asked('New', '/jwt', token({}).slice('Bearer '.length))).status).toBe(200);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html
  test('says in www-authenticate what is wrong', async () => {
    const said = async (path: string, given?: string) =>
      (await asked('New', path, given)).headers.get('www-authenticate');
    expect(await said('/jwt')).toBe('Bearer');
    expect(await said('/jwt', token({ aud: 'bottles' }))).toBe(
      'Bearer scope="" error="invalid_token" error_description="the token does not have a valid audience"',
    );
    expect(await said('/jwt', token({ exp: 1 }))).toBe(
      'Bearer scope="" error="invalid_token" error_description="the token has expired"',
    );
    expect(await said('/scoped', token({ scope: 'boxes.write' }))).toContain(
      'Bearer scope="boxes.read" error="insufficient_scope"',
    );
    expect(await said('/jwt', token({}))).toBeNull();
  });

  test('refuses one that was changed, and what is none', async () => {
    const [header, , signature] = token({}).split('.');
    const [, payload] = token({ sub: 'you' }).split('.');
    for (const wrong of [`${header}.${payload}.${signature}`, 'Bearer a.b.c', 'Bearer', 'x'])
      expect((await asked('New', '/jwt', wrong)).status, wrong).toBe(401);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html: authorizationScopes
  test('wants one of the scopes of the route', async () => {
    expect((await asked('New', '/scoped', token({ scope: 'boxes.write boxes.read' }))).status).toBe(200);
    const without = await asked('New', '/scoped', token({ scope: 'boxes.write' }));
    expect([without.status, await without.json()]).toEqual([403, { message: 'Forbidden' }]);
  });
});
