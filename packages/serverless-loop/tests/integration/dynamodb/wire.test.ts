import { request } from 'node:http';
import { crc32, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { embeddedUnderTest, place } from './running-dynamodb.ts';

const Key = { depot: { S: 'A' }, number: { N: '1' } };

/** A call as it goes over the wire, and the answer as it came: no client unpacks it. */
async function send(
  endpoint: string,
  operation: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
) {
  const scope = `boxes/20260101/${place.region}/dynamodb/aws4_request`;
  const sent = request(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': `DynamoDB_20120810.${operation}`,
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      ...headers,
    },
  });
  const answer = new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      sent.once('error', reject).once('response', (response) => {
        const chunks: Buffer[] = [];
        response
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .once('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks),
            }),
          );
      });
    },
  );
  sent.end(body);
  return answer;
}

// The facts of this page are those of scylladb's Alternator, whose tests were validated on AWS (test/alternator/test_compressed_request.py,
// test_compressed_response.py, test_manual_requests.py, test_http_headers.py).

test.each([
  ['gzip', gunzipSync],
  ['deflate', inflateSync],
])('an answer of more than 4 KB is compressed by %s for who accepts it', async (encoding, unpack) => {
  const { endpoint } = await embeddedUnderTest();
  const Item = { ...Key, long: { S: 'x'.repeat(5_000) }, short: { S: 'y' } };
  await send(endpoint, 'PutItem', JSON.stringify({ TableName: 'boxes', Item }));
  const get = (more: object, headers: Record<string, string>) =>
    send(endpoint, 'GetItem', JSON.stringify({ TableName: 'boxes', Key, ...more }), headers);

  const packed = await get({}, { 'Accept-Encoding': encoding });
  expect(packed.headers).toMatchObject({
    'content-encoding': encoding,
    'content-length': String(packed.body.length),
    // Of what is sent: AWS's SDKs check it before they unpack.
    'x-amz-crc32': String(crc32(packed.body)),
  });
  expect(JSON.parse(unpack(packed.body).toString())).toEqual({ Item });

  const short = await get({ ProjectionExpression: 'short' }, { 'Accept-Encoding': encoding });
  const unasked = await get({}, {});
  for (const { headers, body } of [short, unasked]) {
    expect(headers).not.toHaveProperty('content-encoding');
    expect(headers['x-amz-crc32']).toBe(String(crc32(body)));
  }
});

test.each([
  ['garbage', '{}'],
  ['gzip', ''],
  ['gzip', '{}'],
  ['gzip', gzipSync('{}').subarray(0, -1)],
  ['deflate', ''],
  ['deflate', '{}'],
  ['deflate', deflateSync('{}').subarray(0, -1)],
])('a body that is not in its encoding, %s, is the service’s failure (%#)', async (encoding, body) => {
  const { endpoint } = await embeddedUnderTest();
  const { status, body: answer } = await send(endpoint, 'ListTables', body, { 'Content-Encoding': encoding });
  expect([status, JSON.parse(answer.toString())]).toEqual([
    500,
    {
      __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
      message: 'The body is not in the encoding that Content-Encoding says.',
    },
  ]);
});

test.each(['identity', ''])('the encoding %j is none', async (encoding) => {
  const { endpoint } = await embeddedUnderTest();
  expect(await send(endpoint, 'ListTables', '{}', { 'Content-Encoding': encoding })).toMatchObject({
    status: 200,
  });
});

test('tags are put and taken off without a body in the answer', async () => {
  const { endpoint } = await embeddedUnderTest();
  const ResourceArn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/boxes';
  const put = await send(
    endpoint,
    'TagResource',
    JSON.stringify({ ResourceArn, Tags: [{ Key: 'k', Value: 'v' }] }),
  );
  const off = await send(endpoint, 'UntagResource', JSON.stringify({ ResourceArn, TagKeys: ['k'] }));
  for (const { status, headers, body } of [put, off])
    expect([status, body.toString(), headers['content-length'], headers['x-amz-crc32']]).toEqual([
      200,
      '',
      '0',
      '0',
    ]);
  const written = await send(endpoint, 'PutItem', JSON.stringify({ TableName: 'boxes', Item: Key }));
  expect(written.body.toString()).toBe('{}');
});

test.each(['{broken json', '', '[]', 'null'])('%j is refused without a word', async (body) => {
  const { endpoint } = await embeddedUnderTest();
  const { status, body: answer } = await send(endpoint, 'PutItem', body);
  expect([status, answer.toString()]).toEqual([
    400,
    '{"__type":"com.amazon.coral.service#SerializationException"}',
  ]);
});

test('a body beyond the limits of the loop is told of', async () => {
  const { endpoint } = await embeddedUnderTest();
  const { body } = await send(endpoint, 'PutItem', `{"a":${'['.repeat(300)}`);
  expect(body.toString()).toContain('nested more than 256 deep');
});

test('every answer names its server', async () => {
  const { endpoint } = await embeddedUnderTest();
  for (const [operation, status] of [
    ['ListTables', 200],
    ['DescribeTable', 400],
  ] as const)
    expect(await send(endpoint, operation, '{}')).toMatchObject({ status, headers: { server: 'Server' } });
});
