import { describe, expect, test } from 'vitest';
import { parameterValue } from '../../../src/services/apigateway/integrations/parameter-value.ts';
import { mappedParameters } from '../../../src/services/apigateway/integrations/request-values.ts';
import type { PayloadParts } from '../../../src/services/apigateway/payloads/context.ts';

const BODY = { who: 'Ann', empty: '', deep: { list: [{ id: 7 }, { id: 8 }] }, none: null };

function partsOf(body: string, more: Partial<PayloadParts> = {}): PayloadParts {
  const headers = [
    ['X-Tag', 'one'],
    ['x-tag', 'two'],
    ['X-Empty', ''],
  ] as const;
  return {
    api: {
      logicalId: 'Api',
      name: 'abc123',
      title: 'shop',
      protocol: 'HTTP',
      stages: [],
      routes: [],
      authorizers: {},
      binaryMediaTypes: [],
      gatewayResponses: {},
      apiKeys: [],
    },
    stage: { name: 'dev', variables: { colour: 'red', 'a.b': 'dotted' } },
    route: { method: 'POST', path: '/boxes/{id}', auth: { kind: 'none' }, needsApiKey: false },
    request: {
      id: 'abc123',
      method: 'POST',
      path: '/dev/boxes/7',
      query: 'page=1&page=2&empty=&Case=upper',
      headers,
      body: Buffer.from(body),
      host: 'abc123.localhost',
      protocol: 'HTTP/1.1',
      sourceIp: '127.0.0.1',
      port: 80,
      requestId: '3f2b0000-0000-4000-8000-000000000000',
      atMs: 0,
      signal: new AbortController().signal,
    },
    path: '/boxes/7',
    parameters: { id: '7' },
    accountId: '000000000000',
    headers,
    ...more,
  };
}

/** A source as an AWS service gets it and as an HTTP backend gets it. */
function both(source: string, parts: PayloadParts): (string | undefined)[] {
  const [header] = mappedParameters({ 'overwrite:header.x': source }, parts);
  return [parameterValue(source, parts), header?.values.join('|')];
}

/* API Gateway guide, "Create AWS service integrations for HTTP APIs in API Gateway" (Mapping request parameters), "Transform API
   requests and responses for HTTP APIs in API Gateway" (the table of values). */
describe('a parameter of an HTTP API’s integration, for a service and for a backend', () => {
  test.each([
    ['$request.header.x-tag', 'one,two'],
    ['$request.header.X-EMPTY', ''],
    ['$request.header.x-none', undefined],
    ['$request.querystring.page', '1,2'],
    ['$request.querystring.empty', ''],
    ['$request.querystring.case', undefined],
    ['$request.path', '/boxes/7'],
    ['$request.path.id', '7'],
    ['$request.path.other', undefined],
    ['$request.body', JSON.stringify(BODY)],
    ['$request.body.who', 'Ann'],
    ['$request.body.empty', ''],
    ['$request.body.deep.list[1].id', '8'],
    ['$request.body.deep.list[*].id', '[7,8]'],
    ['$request.body.deep', '{"list":[{"id":7},{"id":8}]}'],
    ['$request.body.other', undefined],
    ['$request.body..id', undefined],
    ['$request.body.deep.list[?(@.id)]', undefined],
    ['$stageVariables.colour', 'red'],
    ['$stageVariables.a.b', 'dotted'],
    ['$stageVariables.none', undefined],
    ['$context.apiId', 'abc123'],
    ['$context.stage', 'dev'],
    ['$context.routeKey', 'POST /boxes/{id}'],
    ['$context.httpMethod', 'POST'],
    ['$context.path', '/dev/boxes/7'],
    ['$context.identity.sourceIp', '127.0.0.1'],
    ['$context.accountId', '000000000000'],
    ['$context.none', undefined],
    ['$context.identity', undefined],
    ['$context.constructor.name', undefined],
    ['text', 'text'],
    [`\${request.header.x-tag} of \${request.path.id}\${request.path.other}`, 'one,two of 7'],
    [`{"id":"\${request.body.deep.list[0].id}","n":1}`, '{"id":"7","n":1}'],
  ])('%s is %j', (source, expected) => {
    expect(both(source, partsOf(JSON.stringify(BODY)))).toEqual([expected, expected]);
  });

  // AWS refuses such an integration: "Invalid selection expression specified … Invalid source: … specified for destination: …"
  // (a record in hashicorp/terraform-provider-aws, issue 17348).
  test.each(['$', '$request', '$other.x', '$5 off'])('%s names nothing', (source) => {
    expect(both(source, partsOf('{}'))).toEqual([undefined, undefined]);
  });

  test('the request’s id is the one that the caller and the access log have', () => {
    expect(both('$context.requestId', partsOf('{}'))).toEqual(Array(2).fill(expect.stringMatching(/=$/)));
  });

  // "API Gateway truncates the request body at 100 KB and then applies the selection expression."
  test('a path into a body of more than 100 KB leads nowhere, and the whole body is there', () => {
    const body = JSON.stringify({ who: 'Ann', long: 'x'.repeat(102_400) });
    expect(both('$request.body.who', partsOf(body))).toEqual([undefined, undefined]);
    expect(both('$request.body', partsOf(body))).toEqual([body, body]);
  });

  test('a path into a body that is no JSON leads nowhere', () => {
    expect(both('$request.body.who', partsOf('{"who":'))).toEqual([undefined, undefined]);
  });

  // "Customize HTTP API access logs": `$context.authorizer.claims.property`, `$context.authorizer.property`.
  test.each([
    ['a JWT authorizer', { claims: { sub: 'ann' }, scopes: null }, '$context.authorizer.claims.sub'],
    ['a JWT authorizer of a function', { jwt: { claims: { sub: 'ann' } } }, '$context.authorizer.claims.sub'],
    ['a function', { sub: 'ann' }, '$context.authorizer.sub'],
    ['a function of a function', { lambda: { sub: 'ann' } }, '$context.authorizer.sub'],
  ])('the findings of %s are in the context', (_who, authorizer, source) => {
    expect(both(source, partsOf('{}', { authorizer }))).toEqual(['ann', 'ann']);
  });
});
