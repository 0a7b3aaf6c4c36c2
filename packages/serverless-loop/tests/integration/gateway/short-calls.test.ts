import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import type { Call } from '../../../src/aws/operation.ts';
import { type Gateway, startGateway } from '../../../src/gateway/gateway.ts';
import { dynamoDbOf, gatewayUnderTest, routesOf, signedFor, terminalErrors } from './gateway-under-test.ts';

const ECHO = dynamoDbOf({
  GetItem: (input) => input,
  PutItem() {
    throw new AwsError('ValidationException', 'That is no ütem.');
  },
});

test.each([
  ['an answer', 'GetItem', '{"Item":"böx"}', {}],
  [
    'an answer that is compressed',
    'GetItem',
    `{"Item":"${'a'.repeat(5_000)}"}`,
    { 'Accept-Encoding': 'gzip' },
  ],
  ['a refusal', 'PutItem', '{}', {}],
  ['an operation that is not there', 'PackItem', '{}', {}],
  ['what is no JSON', 'GetItem', '{', {}],
  ['what nobody signed', 'GetItem', '{}', { Authorization: '' }],
  ['a call signed for another service', 'GetItem', '{}', { Authorization: signedFor('sqs') }],
  ['a call to another host', 'GetItem', '{}', { Host: 'evil.example' }],
  ['a call from a page of another site', 'GetItem', '{}', { Origin: 'https://evil.example' }],
])('%s is the same, whether the call came in one piece or two', async (_what, operation, body, more) => {
  const { gateway } = await gatewayUnderTest({ json: [ECHO] });
  const text = callOf(gateway, operation, body, more);
  const inTwo = await connected(gateway);
  inTwo.socket.write(text.slice(0, 30));
  const whole = await connected(gateway);
  whole.socket.write(text);
  const answer = plain(await whole.answer());
  inTwo.socket.write(text.slice(30));
  expect(plain(await inTwo.answer())).toEqual(answer);
});

test('a connection is served on after a request of another kind', async () => {
  const { gateway } = await gatewayUnderTest({
    json: [ECHO],
    pages: ({ path }) => ({ status: 200, contentType: 'text/plain', body: path }),
  });
  const { socket, answer } = await connected(gateway);
  socket.write(callOf(gateway, 'GetItem', '{"at":1}'));
  expect((await answer()).body).toBe('{"at":1}');
  socket.write(`GET /_loop/stack HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\n\r\n`);
  expect((await answer()).body).toBe('/_loop/stack');
  socket.write(callOf(gateway, 'GetItem', '{"at":2}'));
  expect((await answer()).body).toBe('{"at":2}');
});

test('calls sent before the answer to the one before come in order', async () => {
  const first = Promise.withResolvers<Record<string, unknown>>();
  const { gateway } = await gatewayUnderTest({
    json: [dynamoDbOf({ GetItem: (input) => (input.at === 1 ? first.promise : input) })],
  });
  const { socket, answer } = await connected(gateway);
  socket.write(callOf(gateway, 'GetItem', '{"at":1}'));
  socket.write(callOf(gateway, 'GetItem', '{"at":2}') + callOf(gateway, 'GetItem', '{"at":3}'));
  // Answered on another connection, so that the first has heard all three.
  const other = await connected(gateway);
  other.socket.write(callOf(gateway, 'GetItem', '{"at":4}'));
  expect((await other.answer()).body).toBe('{"at":4}');
  first.resolve({ at: 1 });
  const bodies = [await answer(), await answer(), await answer()].map(({ body }) => body);
  expect(bodies).toEqual(['{"at":1}', '{"at":2}', '{"at":3}']);
});

test.each([
  ['goes away', (socket: Socket) => socket.destroy()],
  ['ends its side', (socket: Socket) => socket.end()],
])('a client that %s aborts its call', async (_what, leave) => {
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
  const { socket } = await connected(gateway);
  socket.write(callOf(gateway, 'GetItem', '{}'));
  const { signal } = await calls.promise;
  expect(signal.aborted).toBe(false);
  leave(socket);
  await expect.poll(() => signal.aborted).toBe(true);
});

test('a call that comes before there is something to answer it waits', async () => {
  const gateway = await startGateway({ port: 0 });
  onTestFinished(() => gateway.stop());
  const { socket, answer } = await connected(gateway);
  socket.write(callOf(gateway, 'GetItem', '{"at":1}'));
  const answered = answer();
  gateway.serve(routesOf({ json: [ECHO] }));
  expect((await answered).body).toBe('{"at":1}');
});

test('an answer with a field that would be two is never sent', async () => {
  const told = terminalErrors();
  const { gateway } = await gatewayUnderTest({
    json: [{ ...ECHO, headers: { 'X-Depot': 'a\r\nSet-Cookie: b' } }],
  });
  const { socket } = await connected(gateway);
  socket.write(callOf(gateway, 'GetItem', '{}'));
  await once(socket, 'close');
  expect(told).toHaveBeenCalled();
});

function callOf(
  gateway: Gateway,
  operation: string,
  body: string,
  more: Record<string, string> = {},
): string {
  const headers = {
    Host: `127.0.0.1:${gateway.port}`,
    Authorization: signedFor('dynamodb'),
    'X-Amz-Target': `DynamoDB_20120810.${operation}`,
    'Content-Length': String(Buffer.byteLength(body)),
    ...more,
  };
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST / HTTP/1.1\r\n${fields.join('')}\r\n${body}`;
}

interface RawAnswer {
  status: string;
  fields: Map<string, string>;
  body: string;
}

/** A connection, and the answers that come on it one after the other. */
async function connected(gateway: Gateway): Promise<{ socket: Socket; answer(): Promise<RawAnswer> }> {
  const socket = connect(gateway.port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
  });
  return {
    socket,
    async answer() {
      for (;;) {
        const found = firstOf(received);
        if (found) {
          received = received.slice(found.length);
          return found.answer;
        }
        await once(socket, 'data', { signal: AbortSignal.timeout(60_000) });
      }
    },
  };
}

function firstOf(received: string): { answer: RawAnswer; length: number } | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [status = '', ...lines] = received.slice(0, end).split('\r\n');
  const fields = new Map(
    lines.map((line): [string, string] => [line.split(': ', 1)[0] ?? '', line.replace(/^.*?: /, '')]),
  );
  const length = end + 4 + Number(fields.get('Content-Length'));
  if (received.length < length) return undefined;
  return { answer: { status, fields, body: received.slice(end + 4, length) }, length };
}

/** Without what no two answers have in common. */
function plain({ status, fields, body }: RawAnswer) {
  const same = [...fields].filter(([name]) => !['Date', 'x-amzn-RequestId'].includes(name));
  return {
    status,
    fields: same.sort(),
    hasDate: fields.has('Date'),
    hasId: fields.has('x-amzn-RequestId'),
    body,
  };
}
