import { once } from 'node:events';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Call } from '../../../src/aws/operation.ts';
import { startGateway } from '../../../src/gateway/gateway.ts';
import { dynamoDbOf, gatewayUnderTest, invokeOf, post, routesOf, signedFor } from './gateway-under-test.ts';

const GET_ITEM = { 'X-Amz-Target': 'DynamoDB_20120810.GetItem', Authorization: signedFor('dynamodb') };
const GETS = { json: [dynamoDbOf({ GetItem: () => ({}) })] };
const INVOKE = { Authorization: signedFor('lambda') };
const INVOKE_PATH = '/2015-03-31/functions/packer/invocations';

describe('the port', () => {
  test('that is taken is named', async () => {
    const { gateway } = await gatewayUnderTest({});
    await expect(startGateway({ port: gateway.port })).rejects.toMatchObject({
      name: 'PortTakenError',
      port: gateway.port,
      message: expect.stringContaining(`Port ${gateway.port}`),
    });
  });

  test.each([-1, 65_536, 1.5, Number.NaN])('%d is refused', async (port) => {
    await expect(startGateway({ port })).rejects.toMatchObject({
      name: 'InvalidPortError',
      message: `A port is a whole number from 0 (any free one) to 65535, not ${port}`,
    });
  });

  // macOS has no 127.0.0.2 unless it is set up.
  test.skipIf(process.platform === 'darwin')('listens on 127.0.0.1 only', async () => {
    const { gateway } = await gatewayUnderTest({});
    const other = createServer().listen(gateway.port, '127.0.0.2');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
  });

  test('is reached at 127.0.0.1 when it listens on every address', async () => {
    const { gateway } = await gatewayUnderTest(GETS, { address: '0.0.0.0' });
    expect(gateway.endpoint).toBe(`http://127.0.0.1:${gateway.port}`);
    expect((await post(gateway, GET_ITEM, '{}')).status).toBe(200);
  });

  test.skipIf(process.platform === 'darwin')('listens on another address in its place, if told', async () => {
    const { gateway } = await gatewayUnderTest(GETS, { address: '127.0.0.2' });
    expect(gateway.endpoint).toBe(`http://127.0.0.2:${gateway.port}`);
    expect((await post(gateway, GET_ITEM, '{}')).status).toBe(200);
    await expect(fetch(`http://127.0.0.1:${gateway.port}`)).rejects.toThrow();
  });

  test('of an address that this machine does not have is refused', async () => {
    // Of a block that is for documentation (RFC 5737).
    await expect(startGateway({ port: 0, address: '198.51.100.1' })).rejects.toMatchObject({
      name: 'CannotListenError',
      address: '198.51.100.1',
      message: expect.stringContaining('no network interface of this machine has that address'),
    });
  });

  test('lets requests wait until there is something to answer them', async () => {
    const gateway = await startGateway({ port: 0 });
    onTestFinished(() => gateway.stop());
    const early = post(gateway, GET_ITEM, '{}');
    await rawPost(gateway.port, { ...GET_ITEM, Host: 'evil.example' }, '{}');
    gateway.serve(routesOf(GETS));
    expect((await early).status).toBe(200);
  });

  test('cuts those that wait when it is stopped', async () => {
    const gateway = await startGateway({ port: 0 });
    const cut = expect(post(gateway, GET_ITEM, '{}')).rejects.toThrow();
    await rawPost(gateway.port, { ...GET_ITEM, Host: 'evil.example' }, '{}');
    await gateway.stop();
    await cut;
  });

  test('is free again after stop, which can be called twice and cuts what is under way', async () => {
    const calls = Promise.withResolvers<Call>();
    const { gateway } = await gatewayUnderTest({
      json: [
        dynamoDbOf({
          GetItem(_input, call) {
            calls.resolve(call);
            return new Promise(() => undefined);
          },
        }),
      ],
    });
    const cut = expect(post(gateway, GET_ITEM, '{}')).rejects.toThrow();
    const { signal } = await calls.promise;
    await gateway.stop();
    await gateway.stop();
    await cut;
    await expect.poll(() => signal.aborted).toBe(true);
    const next = await startGateway({ port: gateway.port });
    await next.stop();
  });
});

describe('a web page of another site', () => {
  test.each([
    ['by rebinding its name', { Host: 'evil.example' }, 'not to the host'],
    ['by calling directly', { Origin: 'https://evil.example' }, 'pages of another site'],
    ['by an image or a link', { 'Sec-Fetch-Site': 'cross-site' }, 'pages of another site'],
    ['on another port of this machine', { 'Sec-Fetch-Site': 'same-site' }, 'pages of another site'],
  ])('gets nothing %s', async (_how, headers, message) => {
    const getItem = vi.fn(() => ({}));
    const { gateway } = await gatewayUnderTest({
      json: [dynamoDbOf({ GetItem: getItem })],
    });
    const answer = await rawPost(gateway.port, { ...GET_ITEM, ...headers }, '{}');
    expect(answer).toMatchObject({ status: 403, text: expect.stringContaining(message) });
    expect(getItem).not.toHaveBeenCalled();
  });
});

test('a request with two host names is refused', async () => {
  const { gateway } = await gatewayUnderTest(GETS);
  const socket = connect(gateway.port, '127.0.0.1');
  socket.write(
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
  );
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
});

test('clients that never end their headers keep nobody waiting', async () => {
  const { gateway } = await gatewayUnderTest(GETS);
  const slow = Array.from({ length: 300 }, () => connect(gateway.port, '127.0.0.1'));
  for (const socket of slow) {
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => undefined).write('POST / HTTP/1.1\r\nX');
  }
  await Promise.all(slow.map((socket) => once(socket, 'connect')));
  expect((await post(gateway, GET_ITEM, '{}')).status).toBe(200);
});

test('a host name that is allowed may be called by', async () => {
  const { gateway } = await gatewayUnderTest(GETS, { allowedHosts: ['depot'] });
  const statusFor = async (name: string) =>
    (await rawPost(gateway.port, { ...GET_ITEM, Host: `${name}:${gateway.port}` }, '{}')).status;
  expect(await statusFor('depot')).toBe(200);
  expect(await statusFor('evil.example')).toBe(403);
});

describe('the size of a body', () => {
  const MAX_BYTES = 16 * 1024 * 1024;
  const echoSize = invokeOf(({ body }) => ({ status: 200, body: String(body.length) }));

  test('may be 16 MiB', async () => {
    const { gateway } = await gatewayUnderTest({ rest: [echoSize] });
    const answer = await post(gateway, INVOKE, ' '.repeat(MAX_BYTES), INVOKE_PATH);
    expect(answer).toMatchObject({ status: 200, text: String(MAX_BYTES) });
  });

  test.each([
    ['in JSON', GET_ITEM, '/', 'com.amazon.coral.service#RequestTooLargeException'],
    ['in REST JSON', INVOKE, INVOKE_PATH, 'has at most 16777216 bytes'],
  ])('over 16 MiB is refused before it is sent, %s', async (_what, headers, path, text) => {
    const { gateway } = await gatewayUnderTest({
      rest: [echoSize],
      json: [dynamoDbOf({ GetItem: () => ({}) })],
    });
    const announced = { ...headers, 'Content-Length': String(MAX_BYTES + 1) };
    const answer = await rawPost(gateway.port, announced, 'the first bytes', path, { keepOpen: true });
    expect(answer).toMatchObject({ status: 413, text: expect.stringContaining(text) });
    expect(answer.headers.connection).toBe('close');
  });

  test('that was not announced is counted', async () => {
    const { gateway } = await gatewayUnderTest({ rest: [echoSize] });
    const chunked = { ...INVOKE, 'Transfer-Encoding': 'chunked' };
    const body = ' '.repeat(MAX_BYTES + 1);
    const answer = await rawPost(gateway.port, chunked, body, INVOKE_PATH, { keepOpen: true });
    expect(answer.status).toBe(413);
  });
});

test('a client that goes away aborts its call', async () => {
  const calls = Promise.withResolvers<Call>();
  const { gateway } = await gatewayUnderTest({
    json: [
      dynamoDbOf({
        GetItem(_input, call) {
          calls.resolve(call);
          return new Promise(() => undefined);
        },
      }),
    ],
  });
  const leaving = new AbortController();
  const gone = expect(
    fetch(gateway.endpoint, { method: 'POST', headers: GET_ITEM, body: '{}', signal: leaving.signal }),
  ).rejects.toThrow();
  const { signal } = await calls.promise;
  expect(signal.aborted).toBe(false);
  leaving.abort();
  await gone;
  await expect.poll(() => signal.aborted).toBe(true);
});

test('a call that asks only after its client has gone is aborted', async () => {
  const calls = Promise.withResolvers<Call>();
  const { gateway } = await gatewayUnderTest({
    json: [
      dynamoDbOf({
        GetItem(_input, call) {
          calls.resolve(call);
          return new Promise(() => undefined);
        },
      }),
    ],
  });
  const leaving = new AbortController();
  const gone = expect(
    fetch(gateway.endpoint, { method: 'POST', headers: GET_ITEM, body: '{}', signal: leaving.signal }),
  ).rejects.toThrow();
  const call = await calls.promise;
  leaving.abort();
  await gone;
  // Answered on another connection, after the end of the first was heard.
  await fetch(gateway.endpoint);
  await expect.poll(() => call.signal.aborted).toBe(true);
});

test('a client that goes away in the middle of its body harms nobody', async () => {
  const { gateway } = await gatewayUnderTest({ json: [dynamoDbOf({ GetItem: () => ({}) })] });
  const socket = connect(gateway.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`POST / HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\nContent-Length: 100\r\n\r\n{`);
  socket.destroy();
  await once(socket, 'close');
  expect(await post(gateway, GET_ITEM, '{}')).toMatchObject({ status: 200 });
});

describe("the loop's own pages", () => {
  test('are under /_loop/, unsigned, and get the path without the query', async () => {
    const { gateway } = await gatewayUnderTest({
      pages: ({ method, path }) =>
        path === '/_loop/stack'
          ? { status: 200, contentType: 'text/plain', body: `${method} ${path}` }
          : undefined,
    });
    const found = await fetch(`${gateway.endpoint}/_loop/stack?x=1`);
    expect(found.headers.get('content-type')).toBe('text/plain');
    expect(await found.text()).toBe('GET /_loop/stack');
    expect((await fetch(`${gateway.endpoint}/_loop/other`)).status).toBe(404);
  });
});

interface RawAnswer {
  status: number | undefined;
  headers: Record<string, unknown>;
  text: string;
}

/** With the headers that fetch wouldn't send; `keepOpen` leaves the request unfinished. */
function rawPost(
  port: number,
  headers: Record<string, string>,
  body: string,
  path = '/',
  { keepOpen = false } = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent: false });
    sent.once('error', reject);
    sent.once('response', async (response) => {
      sent.off('error', reject).on('error', () => undefined);
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({
        status: response.statusCode,
        headers: response.headers,
        text: Buffer.concat(chunks).toString(),
      });
      sent.destroy();
    });
    if (keepOpen) sent.write(body);
    else sent.end(body);
  });
}
