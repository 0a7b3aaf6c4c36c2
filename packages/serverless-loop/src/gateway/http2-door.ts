import { Agent, type IncomingHttpHeaders, type IncomingMessage, request, type Server } from 'node:http';
import type { IncomingHttpHeaders as Http2Headers, Http2Server, ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';

/** The first bytes of a client that speaks HTTP/2 without asking before (RFC 9113, 3.4). */
const PREFACE = Buffer.from('PRI * HTTP/2.0');
/** Longer than any client takes to say its first word. */
const SILENCE_MS = 60_000;
/** Headers of one connection, which HTTP/2 has not (RFC 9113, 8.2.2). */
const OF_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Lets clients speak HTTP/2 at an HTTP server's port: AWS's SDK for JavaScript does with Kinesis, whatever the endpoint is. Each
 * stream goes on as a request of HTTP/1.1 to the same port. Others are answered as before: of a connection the first bytes
 * are looked at, and no more.
 */
export function openHttp2Door(server: Server, address: { host: string; port: number }): { stop(): void } {
  const listeners = server.listeners('connection');
  const silent = new Set<Socket>();
  const sessions = new Set<Socket>();
  const agent = new Agent({ keepAlive: true });
  let http2: Promise<Http2Server> | undefined;

  async function startHttp2(): Promise<Http2Server> {
    const { createServer } = await import('node:http2');
    const made = createServer();
    made.on('stream', (stream, headers) => passOn(stream, headers, { ...address, agent }));
    return made;
  }

  function hearFirst(socket: Socket): void {
    silent.add(socket);
    const drop = () => socket.destroy();
    const forget = () => silent.delete(socket);
    socket.setTimeout(SILENCE_MS, drop);
    socket.on('error', drop);
    socket.once('close', forget);
    socket.once('readable', () => {
      const head: unknown = socket.read();
      forget();
      socket.off('error', drop);
      socket.off('close', forget);
      socket.setTimeout(0);
      if (!Buffer.isBuffer(head)) return drop();
      socket.unshift(head);
      if (!head.subarray(0, PREFACE.length).equals(PREFACE)) return hand(socket);
      sessions.add(socket);
      socket.once('close', () => sessions.delete(socket));
      http2 ??= startHttp2();
      void http2.then((opened) => opened.emit('connection', socket));
    });
  }

  function hand(socket: Socket): void {
    for (const listener of listeners) Reflect.apply(listener, server, [socket]);
  }

  server.removeAllListeners('connection');
  server.on('connection', hearFirst);
  return {
    stop() {
      for (const socket of [...silent, ...sessions]) socket.destroy();
      agent.destroy();
    },
  };
}

/** The stream as a request of HTTP/1.1, and its answer back. A client that goes away ends the request. */
function passOn(
  stream: ServerHttp2Stream,
  headers: Http2Headers,
  to: { host: string; port: number; agent: Agent },
): void {
  const { ':method': method = 'GET', ':path': path = '/' } = headers;
  const sent = request({ ...to, method, path, headers: plainHeaders(headers) });
  const fail = () => {
    if (!stream.destroyed) stream.close();
  };
  sent.once('response', (answer: IncomingMessage) => {
    if (stream.destroyed) return answer.destroy();
    stream.respond({ ':status': answer.statusCode ?? 500, ...withoutConnection(answer.headers) });
    answer.pipe(stream);
    answer.once('error', fail);
  });
  sent.once('error', fail);
  stream.once('error', () => sent.destroy());
  stream.once('close', () => sent.destroy());
  stream.pipe(sent);
}

function plainHeaders(headers: Http2Headers): IncomingHttpHeaders {
  const { ':authority': host } = headers;
  const named = Object.entries(headers).filter(([name]) => !name.startsWith(':'));
  return { ...Object.fromEntries(named), ...(host !== undefined && { host }) };
}

function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_CONNECTION.has(name)));
}
