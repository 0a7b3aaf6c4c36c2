import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openHttp2Door } from '../../../src/gateway/http2-door.ts';
import { listen } from '../../../src/gateway/listening.ts';
import { takeShortCalls } from '../../../src/gateway/short-calls/short-calls.ts';
import { createServer } from '../../../src/http.ts';

const HOST = '127.0.0.1';

/** A server that says what it got, and counts the bytes of bodies. */
async function serverWithDoor() {
  const server = createServer({});
  server.on('request', (request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    request.on('end', () => {
      const { method, url, headers } = request;
      response.writeHead(201, { 'Content-Type': 'text/plain', Connection: 'keep-alive' });
      response.end(`${method} ${url} ${headers.host} ${headers['x-amz-target']} ${bytes}`);
    });
  });
  const port = await listen(server, 0, HOST);
  const door = openHttp2Door({ host: HOST, port });
  const fail = (error: unknown) => {
    throw error;
  };
  const shortCalls = takeShortCalls(server, () => undefined, fail, door);
  const stop = () =>
    new Promise<void>((resolve) => {
      door.stop();
      shortCalls.stop();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port, stop };
}

test('a client may speak HTTP/2 from its first byte, with several calls on one connection', async () => {
  const { port, stop } = await serverWithDoor();
  onTestFinished(stop);
  const session = connectHttp2(`http://${HOST}:${port}`);
  onTestFinished(() => session.close());
  const call = (path: string, body: Buffer) =>
    new Promise<[status: number | undefined, text: string]>((resolve, reject) => {
      const stream = session.request({ ':method': 'POST', ':path': path, 'x-amz-target': 'T.Op' });
      let status: number | undefined;
      let text = '';
      stream.setEncoding('utf8');
      stream.on('response', (headers) => {
        status = headers[':status'];
      });
      stream.on('data', (chunk: string) => {
        text += chunk;
      });
      stream.on('end', () => resolve([status, text]));
      stream.on('error', reject);
      stream.end(body);
    });
  const answers = await Promise.all(['/a', '/b', '/c'].map((path) => call(path, Buffer.alloc(200_000))));
  expect(answers).toEqual(
    ['/a', '/b', '/c'].map((path) => [201, `POST ${path} ${HOST}:${port} T.Op 200000`]),
  );
});

test('others are answered as before', async () => {
  const { port, stop } = await serverWithDoor();
  onTestFinished(stop);
  const answer = await fetch(`http://${HOST}:${port}/a`, { method: 'POST', body: 'x'.repeat(100_000) });
  expect(await answer.text()).toBe(`POST /a ${HOST}:${port} undefined 100000`);
});

test('connections that say nothing keep nobody from stopping', async () => {
  const { port, stop } = await serverWithDoor();
  const silent = connect(port, HOST);
  await new Promise((resolve) => silent.once('connect', resolve));
  const closed = new Promise((resolve) => silent.once('close', resolve));
  await stop();
  await closed;
});
