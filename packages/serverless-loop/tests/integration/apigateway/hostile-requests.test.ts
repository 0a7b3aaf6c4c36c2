import { connect } from 'node:net';
import { expect, test } from 'vitest';
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
      Events: {Any: {Type: HttpApi}, Old: {Type: Api, Properties: {Path: '/{proxy+}', Method: any}}}
`);

const base = () => `/_aws/execute-api/${under.id('ServerlessHttpApi')}`;
const raw = (path: string, more: Partial<Parameters<typeof rawRequest>[1]> = {}) =>
  rawRequest(under.running.loop.endpoint, { path: `${base()}${path}`, ...more });

/** Of a whole exchange on one connection, as it is written. */
function exchanged(text: string): Promise<string> {
  const { hostname, port } = new URL(under.running.loop.endpoint);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(text));
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('end', () => resolve(received));
    socket.on('error', reject);
  });
}

test('broken percent-encoding comes as it was sent', async () => {
  const { status, body } = await raw('/a%zz%2?x=%&=y&%E0%A4%A=1');
  expect(status).toBe(200);
  expect(JSON.parse(body)).toMatchObject({
    rawPath: '/a%zz%2',
    rawQueryString: 'x=%&=y&%E0%A4%A=1',
    queryStringParameters: { x: '%', '': 'y', '%E0%A4%A': '1' },
  });
});

test('a path that climbs stays with its API', async () => {
  for (const path of ['/../../2015-03-31/functions', '/%2e%2e/%2e%2e/_loop/', '/..%2f..%2f'])
    expect(JSON.parse((await raw(path)).body)).toMatchObject({ routeKey: '$default' });
});

test('names that objects are born with are names like others', async () => {
  const { body } = await raw('/?__proto__=1&constructor=2', { headers: { constructor: 'x', toString: 'y' } });
  expect(body).toContain('"__proto__":"1"');
  expect(JSON.parse(body)).toMatchObject({ headers: { constructor: 'x', tostring: 'y' } });
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html: 10,240 bytes of request line and headers. */
test('headers of more than 10 KB are refused', async () => {
  expect((await raw('/', { headers: { 'x-big': 'a'.repeat(11_000) } })).status).toBe(431);
  expect((await raw('/')).status).toBe(200);
});

test('a body in chunks arrives whole, with its length', async () => {
  const answer = await exchanged(
    `POST ${base()}/ HTTP/1.1\r\nHost: ${new URL(under.running.loop.endpoint).host}\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n`,
  );
  expect(answer).toContain('"body":"abcde"');
  expect(answer).toContain('"content-length":"5"');
  expect(answer).not.toContain('"transfer-encoding"');
});

test('a length and chunks together are refused', async () => {
  const answer = await exchanged(
    `POST ${base()}/ HTTP/1.1\r\nHost: ${new URL(under.running.loop.endpoint).host}\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
});

test('HEAD and OPTIONS reach the function, and HEAD gets no body', async () => {
  const head = await raw('/', { method: 'HEAD' });
  expect([head.status, head.body]).toEqual([200, '']);
  expect(JSON.parse((await raw('/', { method: 'OPTIONS' })).body)).toMatchObject({
    requestContext: { http: { method: 'OPTIONS' } },
  });
});

test('a body of more than 16 MB is refused before it has come', async () => {
  const { status, body } = await raw('/', {
    method: 'POST',
    headers: { 'content-length': 17_000_000 },
    body: 'a',
  }).catch((error: NodeJS.ErrnoException) => ({ status: error.code, body: '' }));
  expect([413, 'ECONNRESET']).toContain(status);
  if (status === 413) expect(JSON.parse(body)).toEqual({ message: 'Request Entity Too Large' });
});
