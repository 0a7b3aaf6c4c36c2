import { expect, test } from 'vitest';
import { frameworkDialect } from '../../../src/aws/dialect.ts';
import { AwsError } from '../../../src/aws/errors.ts';
import {
  blob,
  integer,
  list,
  map,
  required,
  stream,
  structure,
  text,
  timestamp,
} from '../../../src/aws/members.ts';
import { restOperations } from '../../../src/aws/rest-service.ts';
import { restXmlService } from '../../../src/aws/rest-xml-operations.ts';
import {
  jsonService,
  operationsOf,
  queryService,
  type ServiceDescription,
} from '../../../src/aws/service.ts';
import { decodeCbor } from '../../../src/gateway/protocols/cbor.ts';
import { encodeCbor } from '../../../src/gateway/protocols/cbor-encode.ts';
import { gatewayUnderTest, post, signedFor } from './gateway-under-test.ts';

interface DepotContext {
  packedAt: number;
}

const operation = operationsOf<DepotContext>();

/** A service in every protocol. */
const DEPOT: ServiceDescription<DepotContext> = {
  title: 'Depot',
  signingName: 'depot',
  dialect: frameworkDialect(),
  json: { targetPrefix: 'Depot', jsonVersion: '1.1', speaksCbor: true },
  query: { version: '2026-11-23', namespace: 'http://depot.example.com/' },
  rest: { errorMembers: ({ status }) => ({ Type: status < 500 ? 'User' : 'Service' }) },
  operations: {
    PackBox: operation({
      route: 'PUT /boxes/{Name}',
      status: 201,
      input: {
        Name: required(text({ max: 5, at: 'path' })),
        Trace: text({ at: 'header', name: 'X-Trace' }),
        Count: integer({ at: 'query', name: 'count' }),
        Items: list(text()),
        Since: timestamp(),
      },
      output: {
        Name: text(),
        Trace: text({ at: 'header', name: 'X-Trace' }),
        Count: integer(),
        Items: list(text()),
        PackedAt: timestamp(),
        Since: timestamp({ form: 'iso' }),
        Labels: map(text()),
        Seal: blob(),
      },
      needs: ({ Name = '*' }) => [`box/${Name}`],
      handle: (input, { packedAt }) => ({
        ...input,
        PackedAt: packedAt,
        Labels: { a: 'b' },
        Seal: Buffer.of(1, 2),
      }),
    }),
    BurnBox: operation({
      route: 'DELETE /boxes/{Name}',
      status: 204,
      input: { Name: required(text({ at: 'path' })) },
      action: 'DestroyBox',
      needs: ({ Name = '*' }) => [`box/${Name}`],
      handle: () => ({}),
    }),
  },
};

const CONTEXT = { packedAt: 1_500 };
const routes = () => ({
  json: [jsonService(DEPOT, CONTEXT)],
  query: [queryService(DEPOT, CONTEXT)],
});
const SIGNED = { Authorization: signedFor('depot') };

test('JSON has seconds and base64', async () => {
  const { gateway } = await gatewayUnderTest(routes());
  const headers = { ...SIGNED, 'X-Amz-Target': 'Depot.PackBox' };
  const { text } = await post(gateway, headers, '{"Name":"b","Items":["i"],"Since":2}');
  expect(JSON.parse(text)).toEqual({
    Name: 'b',
    Items: ['i'],
    PackedAt: 1.5,
    Since: '1970-01-01T00:00:02.000Z',
    Labels: { a: 'b' },
    Seal: 'AQI=',
  });
});

test('CBOR has times and bytes of its own', async () => {
  const { gateway } = await gatewayUnderTest(routes());
  const response = await fetch(`${gateway.endpoint}/service/Depot/operation/PackBox`, {
    method: 'POST',
    headers: { ...SIGNED, 'smithy-protocol': 'rpc-v2-cbor' },
    body: new Uint8Array(encodeCbor({ Name: 'b', Since: new Date(2_000) })),
  });
  const answer = Buffer.from(await response.arrayBuffer());
  expect(answer.includes(encodeCbor({ PackedAt: new Date(1_500) }).subarray(1))).toBe(true);
  expect(await decodeCbor(answer)).toMatchObject({ Since: 2, Seal: 'AQI=' });
});

test('a form has texts, and XML elements for lists and maps', async () => {
  const { gateway } = await gatewayUnderTest(routes());
  const headers = { ...SIGNED, 'Content-Type': 'application/x-www-form-urlencoded' };
  const { text } = await post(
    gateway,
    headers,
    'Action=PackBox&Name=b&count=3&Items.member.1=i&Since=1970-01-01T00:00:02Z',
  );
  expect(text).toContain(
    '<PackBoxResult><Name>b</Name><Count>3</Count><Items><member>i</member></Items><Since>1970-01-01T00:00:02.000Z</Since>' +
      '<PackedAt>1970-01-01T00:00:01.500Z</PackedAt><Labels><entry><key>a</key><value>b</value></entry></Labels><Seal>AQI=</Seal></PackBoxResult>',
  );
  expect((await post(gateway, headers, 'Action=BurnBox&Name=b')).text).not.toContain('BurnBoxResult');
});

test('REST has a path, a query, headers, a status and a body', async () => {
  const { gateway } = await gatewayUnderTest({ rest: restOperations(DEPOT, CONTEXT) });
  const call = (method: string, path: string, body?: string) =>
    fetch(gateway.endpoint + path, {
      method,
      headers: { ...SIGNED, 'X-Trace': 't' },
      ...(body !== undefined && { body }),
    });
  const packed = await call('PUT', '/boxes/a%20b?count=3', '{"Items":["i"],"Name":"other"}');
  expect(packed.status).toBe(201);
  expect(packed.headers.get('x-trace')).toBe('t');
  const body = { Name: 'a b', Count: 3, Items: ['i'], PackedAt: 1.5, Labels: { a: 'b' }, Seal: 'AQI=' };
  expect(await packed.json()).toEqual(body);
  expect((await call('DELETE', '/boxes/a')).status).toBe(204);

  const refused = await call('PUT', '/boxes/longer?count=x');
  expect(refused.status).toBe(400);
  expect(refused.headers.get('x-amzn-errortype')).toBe('SerializationException');
  expect(await refused.json()).toEqual({ Type: 'User', Message: 'Count must be an integer.' });
  const broken = await call('PUT', '/boxes/a', '[');
  expect(broken.headers.get('x-amzn-errortype')).toBe('SerializationException');
});

test('REST in XML has elements, a root, and bodies that stream', async () => {
  const boxes: ServiceDescription<null> = {
    title: 'Boxes',
    signingName: 'boxes',
    dialect: frameworkDialect(),
    rest: { namespace: 'http://boxes.example.com/' },
    operations: {
      LabelBox: operationsOf<null>()({
        route: 'PUT /{Name}?labels',
        input: {
          Name: required(text({ at: 'path' })),
          Labels: structure({ Label: list(text(), { flat: true }), Size: integer() }, { at: 'payload' }),
        },
        output: {
          Label: list(text(), { flat: true }),
          Size: integer(),
          Name: text({ at: 'header', name: 'x-name' }),
        },
        needs: () => [],
        handle: ({ Name, Labels }) => ({ ...Labels, Name }),
      }),
      FillBox: operationsOf<null>()({
        route: 'PUT /{Name}',
        input: { Name: required(text({ at: 'path' })), Body: stream({ at: 'payload' }) },
        output: { Body: stream({ at: 'payload' }), Size: integer({ at: 'header', name: 'x-size' }) },
        needs: () => [],
        handle: ({ Body }) => ({ Body, Size: 3 }),
      }),
    },
  };
  const { gateway } = await gatewayUnderTest({
    restXml: [{ title: 'Boxes', signingName: 'boxes', load: async () => restXmlService(boxes, null) }],
  });
  const put = async (path: string, body: string) => {
    const headers = { Authorization: signedFor('boxes') };
    const response = await fetch(gateway.endpoint + path, { method: 'PUT', headers, body });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const labelled = await put('/b?labels', '<Labels><Label>x</Label><Label>y</Label><Size>2</Size></Labels>');
  expect(labelled.headers.get('x-name')).toBe('b');
  expect(labelled.text).toBe(
    '<?xml version="1.0"?><LabelBoxResult xmlns="http://boxes.example.com/"><Label>x</Label><Label>y</Label><Size>2</Size></LabelBoxResult>',
  );
  const filled = await put('/b', 'abc');
  expect(filled.headers.get('x-size')).toBe('3');
  expect(filled.text).toBe('abc');
});

test('rights are judged by the action and what is named, before any limit', async () => {
  const asked: unknown[] = [];
  const { gateway } = await gatewayUnderTest({
    ...routes(),
    authorize: (_call, needs) => {
      asked.push(...needs);
      throw new AwsError('AccessDeniedException', 'no');
    },
  });
  for (const name of ['PackBox', 'BurnBox']) {
    const headers = { ...SIGNED, 'X-Amz-Target': `Depot.${name}` };
    expect((await post(gateway, headers, '{"Name":"longer"}')).text).toContain('AccessDenied');
  }
  expect(asked).toEqual([
    { action: 'depot:PackBox', resource: 'box/longer' },
    { action: 'depot:DestroyBox', resource: 'box/longer' },
  ]);
});

test('what could not work when it is called is refused when it is built', () => {
  const whole = DEPOT.operations.BurnBox;
  const build = (operations: object) => () =>
    jsonService({ ...DEPOT, operations: Object.fromEntries(Object.entries(operations)) }, CONTEXT);
  expect(build({ BurnBox: { ...whole, handle: undefined } })).toThrow(
    'BurnBox of depot is described, and does nothing.',
  );
  expect(build({ BurnBox: { ...whole, input: undefined } })).toThrow(
    "BurnBox of depot doesn't say what it reads.",
  );
  expect(() =>
    restOperations(
      { ...DEPOT, operations: { Lose: operation({ input: {}, needs: () => [], handle: () => ({}) }) } },
      CONTEXT,
    ),
  ).toThrow('Lose of depot has no route.');
});
