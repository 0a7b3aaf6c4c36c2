import { describe, expect, test, vi } from 'vitest';
import { frameworkDialect } from '../../../src/aws/dialect.ts';
import { integer, text } from '../../../src/aws/members.ts';
import type { JsonService } from '../../../src/aws/operation.ts';
import { operationsOf, queryService } from '../../../src/aws/service.ts';
import { encodeCbor } from '../../../src/gateway/protocols/cbor-encode.ts';
import { sampleOf } from '../../matrix.ts';
import { actingAs, dynamoDbOf, gatewayUnderTest, invokeOf, post, signedFor } from './gateway-under-test.ts';

const Count = (input: object) => ({ Members: Object.keys(input).length });
const GET_ITEM = { 'X-Amz-Target': 'DynamoDB_20120810.GetItem' };
const CBOR = { 'smithy-protocol': 'rpc-v2-cbor' };
const CBOR_PATH = '/service/Granite/operation/Count';
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const INVOKE_PATH = '/2015-03-31/functions/packer/invocations';

const granite: JsonService = {
  title: 'CloudWatch',
  targetPrefix: 'Granite',
  signingName: 'monitoring',
  jsonVersion: '1.0',
  speaksCbor: true,
  operations: actingAs({ Count }),
};
const depot = queryService(
  {
    title: 'Depot',
    signingName: 'depot',
    dialect: frameworkDialect(),
    query: { version: '2026-11-23', namespace: 'http://depot.example.com/doc/2026-11-23/' },
    operations: {
      Count: operationsOf<null>()({
        input: { Box: text() },
        output: { Members: integer() },
        needs: () => ['*'],
        handle: Count,
      }),
    },
  },
  null,
);

/** JSON with so many keys, and colons that stand in strings. */
function objectOf(keys: number): string {
  return `{${Array.from({ length: keys }, (_, index) => `"k${index}":":"`).join()}}`;
}

const routes = {
  json: [dynamoDbOf({ GetItem: Count }), granite],
  query: [depot],
  rest: [invokeOf(({ body }) => ({ status: 200, body: String(body.length) }))],
};

/** Bodies that a protocol would choke on, if it looked. */
describe('a body that nobody signed isn\u2019t read:', () => {
  test.each([
    ['JSON', GET_ITEM, '/', '['.repeat(1_000), 400, 'MissingAuthenticationTokenException'],
    ['CBOR', CBOR, CBOR_PATH, '\u0081'.repeat(1_000), 400, 'MissingAuthenticationTokenException'],
    [
      'a form',
      FORM,
      '/',
      `Version=2026-11-23&A${'.a'.repeat(1_000)}=%zz`,
      403,
      'MissingAuthenticationToken<',
    ],
    ['REST JSON', {}, INVOKE_PATH, '['.repeat(1_000), 403, 'Missing Authentication Token'],
  ])('%s', async (_protocol, headers, path, body, status, words) => {
    const { gateway } = await gatewayUnderTest(routes);
    const answer = await post(gateway, headers, body, path);
    expect(answer).toMatchObject({ status, text: expect.stringContaining(words) });
  });

  test('a form\u2019s error is in the namespace of its service all the same', async () => {
    const { gateway } = await gatewayUnderTest(routes);
    const { text } = await post(gateway, FORM, 'Action=Count&Version=2026-11-23');
    expect(text).toContain(depot.namespace);
  });

  test('compressed, it isn\u2019t unpacked', async () => {
    const { gateway } = await gatewayUnderTest(routes);
    const answer = await post(gateway, { ...GET_ITEM, 'Content-Encoding': 'gzip' }, 'no gzip at all');
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('MissingAuthentication') });
  });
});

describe('a hostile body that is signed is refused before much is made of it:', () => {
  const MEGABYTE = 1024 * 1024;
  const dynamoDb = { ...GET_ITEM, Authorization: signedFor('dynamodb') };
  const jsonGranite = { 'X-Amz-Target': 'Granite.Count', Authorization: signedFor('monitoring') };
  const form = { ...FORM, Authorization: signedFor('depot') };

  const HOSTILE: [string, Record<string, string>, string, string][] = [
    ['14 MB of [', dynamoDb, '['.repeat(14 * MEGABYTE), 'nested more than 256 deep'],
    ['objects in each other', dynamoDb, '{"a":'.repeat(MEGABYTE), 'nested more than 256 deep'],
    ['half a million keys', dynamoDb, objectOf(500_000), 'an object has more than 142080 keys'],
    ['more keys than a structure has', jsonGranite, objectOf(10_001), 'an object has more than 10000 keys'],
    ['such an object in a list', jsonGranite, `{"a":[{},${objectOf(10_001)}]}`, 'more than 10000 keys'],
    ['millions of lists', dynamoDb, `[${'[],'.repeat(4 * MEGABYTE)}[]]`, 'more than 1000000 values'],
    [
      'hundreds of thousands of parameters',
      form,
      `Action=Count${'&a=1'.repeat(900_000)}`,
      'more than 30000 parameters',
    ],
    ['parameters in each other', form, `Action=Count&${'a.'.repeat(MEGABYTE)}a=1`, 'nested too deeply'],
  ];

  test.each(sampleOf(HOSTILE, 4))('%s', async (_what, headers, body, words) => {
    const { gateway } = await gatewayUnderTest(routes);
    expect(await post(gateway, headers, body)).toMatchObject({
      status: 400,
      text: expect.stringContaining(words),
    });
  });

  test.each([
    ['as many keys as an item of DynamoDB may have attributes', dynamoDb, 142_080],
    ['ten thousand keys', jsonGranite, 10_000],
  ])('%s are read', async (_what, headers, Members) => {
    const { gateway } = await gatewayUnderTest(routes);
    expect(await post(gateway, headers, objectOf(Members))).toMatchObject({
      status: 200,
      text: JSON.stringify({ Members }),
    });
  });

  test('two million keys of CBOR', async () => {
    const { gateway } = await gatewayUnderTest(routes);
    const keys = Array.from({ length: 100_000 }, (_, index) => [`k${index}`, 0] as const);
    const response = await fetch(gateway.endpoint + CBOR_PATH, {
      method: 'POST',
      headers: { ...CBOR, Authorization: signedFor('monitoring') },
      body: encodeCbor(Object.fromEntries(keys)),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('a map has more than 1000 keys');
  });
});

test('others are served while a large body is read', async () => {
  const { gateway } = await gatewayUnderTest(routes);
  const authorization = { Authorization: signedFor('dynamodb') };
  const lists = Array.from({ length: 400_000 }, () => '[]');
  let isAnswered = false;
  const large = post(gateway, { ...GET_ITEM, ...authorization }, `{"Lists":[${lists.join()}]}`).finally(
    () => {
      isAnswered = true;
    },
  );
  const served = vi.fn();
  while (!isAnswered) {
    await post(gateway, { ...GET_ITEM, ...authorization }, '{}');
    if (!isAnswered) served();
  }
  expect(await large).toMatchObject({ status: 200, text: '{"Members":1}' });
  expect(served.mock.calls.length).toBeGreaterThan(1);
});

describe('a request is told by the service that it is signed for, and by its path, before its content type:', () => {
  const lambda = { Authorization: signedFor('lambda') };

  test.each([
    ['as a form, as curl sends it,', { ...lambda, ...FORM }],
    ['with a target of another protocol', { ...lambda, ...GET_ITEM }],
    ['as CBOR', { ...lambda, ...CBOR }],
  ])('an invocation %s is one', async (_how, headers) => {
    const { gateway } = await gatewayUnderTest(routes);
    expect(await post(gateway, headers, '{"box":7}', INVOKE_PATH)).toMatchObject({ status: 200, text: '9' });
  });

  test('an invocation that nobody signed is one, as curl sends it', async () => {
    const { gateway } = await gatewayUnderTest({ ...routes, acceptsUnsigned: true });
    expect(await post(gateway, FORM, '{"box":7}', INVOKE_PATH)).toMatchObject({ status: 200, text: '9' });
  });

  test.each(['application/json', 'text/plain', 'application/octet-stream'])(
    'a form is one as %s',
    async (type) => {
      const { gateway } = await gatewayUnderTest(routes);
      const headers = { Authorization: signedFor('depot'), 'Content-Type': type };
      const answer = await post(gateway, headers, 'Action=Count&Version=2026-11-23&Box=7');
      expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('<Members>1</Members>') });
    },
  );

  test('CBOR is told by its path', async () => {
    const { gateway } = await gatewayUnderTest(routes);
    const headers = { Authorization: signedFor('monitoring'), 'Content-Type': 'application/cbor' };
    const response = await fetch(gateway.endpoint + CBOR_PATH, {
      method: 'POST',
      headers,
      body: encodeCbor({ a: 1, b: 2 }),
    });
    expect([response.status, response.headers.get('smithy-protocol')]).toEqual([200, 'rpc-v2-cbor']);
  });

  /** SQS guide, "Making query API requests using AWS query protocol", "Making a GET request". */
  test('a query may be a GET, its signature in the query or in a header', async () => {
    const { gateway } = await gatewayUnderTest(routes);
    const query = 'Action=Count&Version=2026-11-23&Box=7';
    const inHeader = await fetch(`${gateway.endpoint}/?${query}`, {
      headers: { Authorization: signedFor('depot') },
    });
    expect(await inHeader.text()).toContain('<Members>1</Members>');
    const presigned = `X-Amz-Credential=AKIDEXAMPLE%2F20261123%2Feu-west-1%2Fdepot%2Faws4_request&X-Amz-Signature=0`;
    const inQuery = await fetch(`${gateway.endpoint}/?${query}&${presigned}`);
    expect(await inQuery.text()).toContain('<Members>1</Members>');
  });
});
