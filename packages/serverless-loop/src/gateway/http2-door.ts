import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { IncomingHttpHeaders as Http2Headers, Http2Server, ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { Agent, request } from '../http.ts';

/** The first bytes of a client that speaks HTTP/2 without asking before (RFC 9113, 3.4). */
const PREFACE = Buffer.from('PRI * HTTP/2.0');
/** Headers of one connection, which HTTP/2 has not (RFC 9113, 8.2.2). */
const OF_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

export interface Http2Door {
  /** Tells by the first bytes of a connection whether it speaks HTTP/2. */
  takes(bytes: Buffer): boolean;
  /** Answers on a connection from which these bytes were read. */
  serve(socket: Socket, bytes: Buffer): void;
  /** Cuts its connections. */
  stop(): void;
}

/**
 * Lets clients speak HTTP/2 at an HTTP server's port: AWS's SDK for JavaScript does with Kinesis, whatever the endpoint is. Each
 * stream goes on as a request of HTTP/1.1 to the same port.
 */
export function openHttp2Door(address: { host: string; port: number }): Http2Door {
  const sockets = new Set<Socket>();
  const agent = new Agent({ keepAlive: true });
  let http2: Promise<Http2Server> | undefined;

  async function startHttp2(): Promise<Http2Server> {
    const { createServer } = await import('node:http2');
    const made = createServer();
    made.on('stream', (stream, headers) => passOn(stream, headers, { ...address, agent }));
    return made;
  }

  return {
    takes: (bytes) => bytes.subarray(0, PREFACE.length).equals(PREFACE),
    serve(socket, bytes) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => sockets.delete(socket));
      socket.pause();
      socket.unshift(bytes);
      http2 ??= startHttp2();
      void http2.then((opened) => opened.emit('connection', socket));
    },
    stop() {
      for (const socket of sockets) socket.destroy();
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
