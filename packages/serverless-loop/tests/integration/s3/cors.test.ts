import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { signedFor } from '../gateway/gateway-under-test.ts';
import { elementIn, s3UnderTest } from './s3-under-test.ts';

const PAGE = 'https://localhost:4200';

const document = (rule: string) => `<CORSConfiguration><CORSRule>${rule}</CORSRule></CORSConfiguration>`;
const RULE = `<AllowedOrigin>${PAGE}</AllowedOrigin><AllowedOrigin>http://*.shop.example</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod><AllowedHeader>x-AMZ-meta-*</AllowedHeader><AllowedHeader>content-type</AllowedHeader><ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>3000</MaxAgeSeconds>`;

/** As the SDKs' presigners write it. */
const PRESIGNED = new URLSearchParams({
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': 'AKID/20261123/eu-west-1/s3/aws4_request',
  'X-Amz-Date': `${new Date().toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`,
  'X-Amz-Expires': '600',
  'X-Amz-SignedHeaders': 'host',
  'X-Amz-Signature': '0'.repeat(64),
}).toString();

/** S3 with two buckets, `box` with these rules and an object, and what a browser sends there. */
async function s3With(rules?: string) {
  const { send, gateway } = await s3UnderTest();
  await send('PUT', '/box/k', 'hello');
  await send('PUT', '/closed');
  await send('PUT', '/closed/secret', 'hidden');
  if (rules !== undefined) expect((await send('PUT', '/box?cors', document(rules))).status).toBe(200);
  const ask = async (method: string, target: string, headers: Record<string, string>, body?: string) => {
    const response = await fetch(gateway.endpoint + target, {
      method,
      headers,
      ...(body !== undefined && { body }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const preflight = (target: string, method: string, headers?: string, origin = PAGE) =>
    ask('OPTIONS', target, {
      Origin: origin,
      'Access-Control-Request-Method': method,
      ...(headers !== undefined && { 'Access-Control-Request-Headers': headers }),
    });
  return { send, ask, preflight, port: gateway.port };
}

/** All that comes for what is sent as it stands. */
async function rawAnswers(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}

const corsOf = ({ headers }: { headers: Headers }) =>
  Object.fromEntries([...headers].filter(([name]) => /^(access-control-|vary$)/.test(name)));

/** LocalStack's record, test_s3_cors.snapshot.json; S3 User Guide, "Elements of a CORS configuration". */
describe('the CORS rules of a bucket', () => {
  test('let a page of an origin that they name upload by presigned URL, and no other page', async () => {
    const { ask, preflight, send } = await s3With(RULE);
    const target = `/box/new?${PRESIGNED}`;
    const asked = await preflight(target, 'PUT', 'Content-Type, x-amz-meta-a');
    expect([asked.status, asked.text]).toEqual([200, '']);
    expect(corsOf(asked)).toEqual({
      'access-control-allow-origin': PAGE,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, PUT',
      'access-control-allow-headers': 'content-type, x-amz-meta-a',
      'access-control-expose-headers': 'ETag',
      'access-control-max-age': '3000',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    });
    const put = await ask('PUT', target, { Origin: PAGE, 'Sec-Fetch-Site': 'cross-site' }, 'new');
    expect(put.status).toBe(200);
    expect(corsOf(put)).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-expose-headers': 'ETag',
    });
    expect((await send('GET', '/box/new')).text).toBe('new');
    const evil = await ask('PUT', target, { Origin: 'https://evil.example' }, 'evil');
    expect([evil.status, evil.text]).toEqual([403, expect.stringContaining('pages of another site')]);
    expect((await send('GET', '/box/new')).text).toBe('new');
  });

  test('stand in errors, too, so that the page can read them', async () => {
    const { ask } = await s3With(RULE);
    const missing = await ask('GET', `/box/missing?${PRESIGNED}`, { Origin: 'http://a.shop.example' });
    expect([missing.status, elementIn(missing, 'Code')]).toEqual([404, 'NoSuchKey']);
    expect(corsOf(missing)).toMatchObject({ 'access-control-allow-origin': 'http://a.shop.example' });
  });

  // The record's test_cors_match_origins: without credentials, as everybody is meant.
  test('with the origin * name everybody', async () => {
    const { ask, preflight } = await s3With(
      '<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>',
    );
    expect(corsOf(await preflight('/box/k', 'GET'))).toEqual({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    });
    const got = await ask('GET', `/box/k?${PRESIGNED}`, { Origin: 'null' });
    expect([got.status, got.text, got.headers.get('access-control-allow-origin')]).toEqual([
      200,
      'hello',
      '*',
    ]);
  });

  test('let an image in by the address of its page', async () => {
    const { ask } = await s3With(RULE);
    const image = (Referer: string) =>
      ask('GET', `/box/k?${PRESIGNED}`, { Referer, 'Sec-Fetch-Site': 'cross-site' });
    expect((await image(`${PAGE}/`)).text).toBe('hello');
    expect((await image('https://evil.example/')).status).toBe(403);
  });

  test.each([
    ['another origin', '/box/k', 'PUT', undefined, 'http://shop.example', 'OBJECT'],
    ['another method', '/box/k', 'DELETE', undefined, PAGE, 'OBJECT'],
    ['another header', '/box', 'GET', 'authorization', PAGE, 'BUCKET'],
  ])('refuse %s', async (_, target, method, headers, origin, resourceType) => {
    const { preflight } = await s3With(RULE);
    const refused = await preflight(target, method, headers, origin);
    expect(refused.status).toBe(403);
    expect(['Code', 'Message', 'Method', 'ResourceType'].map((name) => elementIn(refused, name))).toEqual([
      'AccessForbidden',
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
      method,
      resourceType,
    ]);
  });

  // The record's test_cors_http_options_no_config and test_cors_http_options_non_existent_bucket.
  test('are missed by a preflight in the words of S3', async () => {
    const { preflight, ask } = await s3With();
    const off = await preflight('/box/k', 'PUT');
    expect([off.status, elementIn(off, 'Message'), elementIn(off, 'ResourceType')]).toEqual([
      403,
      'CORSResponse: CORS is not enabled for this bucket.',
      'BUCKET',
    ]);
    const none = await preflight(`/none/k?${PRESIGNED}`, 'PUT');
    expect([none.status, elementIn(none, 'Message')]).toEqual([403, 'CORSResponse: Bucket not found']);
    const unasked = await ask('OPTIONS', '/box/k', {});
    expect([unasked.status, elementIn(unasked, 'Code'), elementIn(unasked, 'Message')]).toEqual([
      400,
      'BadRequest',
      'Insufficient information. Origin request header needed.',
    ]);
  });

  // The record's test_put_cors_invalid_rules.
  test.each([
    [
      '<AllowedOrigin>*</AllowedOrigin><AllowedMethod>MYMETHOD</AllowedMethod>',
      'InvalidRequest',
      'Found unsupported HTTP method in CORS config. Unsupported method is MYMETHOD',
    ],
    [
      '<AllowedMethod>GET</AllowedMethod>',
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    ],
    [
      '<AllowedOrigin>http://*.*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>',
      'InvalidRequest',
      'AllowedOrigin &quot;http://*.*&quot; can not have more than one wildcard.',
    ],
    [
      '<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><ExposeHeader>*</ExposeHeader>',
      'InvalidRequest',
      'ExposeHeader &quot;*&quot; contains wildcard. We currently do not support wildcard for ExposeHeader.',
    ],
  ])('of %s are refused', async (rule, code, message) => {
    const { send } = await s3With();
    const refused = await send('PUT', '/box?cors', document(rule));
    expect([refused.status, elementIn(refused, 'Code'), elementIn(refused, 'Message')]).toEqual([
      400,
      code,
      message,
    ]);
  });
});

describe('the guard against pages of other sites', () => {
  test('stays whole beside the CORS rules of a bucket', async () => {
    const { ask, send, port } = await s3With(
      '<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod><AllowedHeader>*</AllowedHeader>',
    );
    const Origin = 'https://evil.example';
    const s3 = { Origin, Authorization: signedFor('s3') };
    const refused: [string, string, Record<string, string>][] = [
      ['GET', `/closed/secret?${PRESIGNED}`, { Origin }],
      ['GET', '/', s3],
      ['DELETE', '/box/k', s3],
      ['GET', '/_loop/stack', s3],
      ['GET', '/box%2fk', s3],
      // A bucket that lets pages in does not open another one.
      ['PUT', '/box/copy', { ...s3, 'x-amz-copy-source': 'closed/secret' }],
      ['PUT', '/box/copy', { ...s3, 'x-amz-copy-source': '/closed/secret' }],
      // A page's request says itself that it is a GET.
      ['DELETE', '/box/k', { ...s3, 'Access-Control-Request-Method': 'GET' }],
      ['POST', '/box/k', { ...s3, 'X-Amz-Target': 'DynamoDB_20120810.ListTables' }],
      ['GET', '/box/k', { Origin, Authorization: signedFor('lambda') }],
      ['OPTIONS', '/2015-03-31/functions', { Origin, 'Access-Control-Request-Method': 'GET' }],
    ];
    for (const [method, target, headers] of refused) {
      const answer = await ask(method, target, headers);
      expect([method, target, answer.status, answer.text]).toEqual([
        method,
        target,
        403,
        expect.stringContaining('pages of another site'),
      ]);
    }
    expect((await send('GET', '/box/k')).text).toBe('hello');
    const answers = await rawAnswers(
      port,
      `GET /box/k?${PRESIGNED} HTTP/1.1\r\nHost: evil.example\r\nOrigin: ${Origin}\r\nConnection: close\r\n\r\n`,
    );
    expect(answers).toMatch(/^HTTP\/1\.1 403 .*not to the host/s);
  });
});
