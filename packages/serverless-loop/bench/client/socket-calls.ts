import { connect, type Socket } from 'node:net';
import { CallError, signedHeaders } from './http-caller.ts';
import type { Call } from './timed-calls.ts';

const HEAD_END = '\r\n\r\n';

/** Calls that are made ready before their time is taken. */
export interface PreparedCalls {
  /** To be called before the calls of these numbers. */
  prepare(from: number, count: number): void;
  call: Call;
}

/**
 * Calls a service at the least cost that a client can have, so that the service's own shows: bytes that were made before, on
 * sockets that stay open, one call on each at a time; of an answer, no more is read than its status and its length.
 */
export function socketCalls(
  endpoint: string,
  {
    service,
    headers,
    bodyOf,
  }: { service: string; headers: Record<string, string>; bodyOf(index: number): string },
): PreparedCalls {
  const { hostname, port, host } = new URL(endpoint);
  const fields = Object.entries({ ...signedHeaders(service), ...headers, host });
  const head = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const free: Connection[] = [];
  let prepared: { from: number; requests: Buffer[] } = { from: 0, requests: [] };

  function requestOf(index: number): Buffer {
    const body = bodyOf(index);
    const length = Buffer.byteLength(body);
    return Buffer.from(`POST / HTTP/1.1\r\n${head}content-length: ${length}\r\n\r\n${body}`);
  }

  return {
    prepare(from, count) {
      prepared = { from, requests: Array.from({ length: count }, (_, at) => requestOf(from + at)) };
    },
    async call(index) {
      const connection = free.pop() ?? (await open(hostname, Number(port)));
      await connection.ask(prepared.requests[index - prepared.from] ?? requestOf(index));
      free.push(connection);
      return undefined;
    },
  };
}

interface Connection {
  /** Rejects unless the answer's status is 200. */
  ask(request: Buffer): Promise<void>;
}

function open(host: string, port: number): Promise<Connection> {
  const socket = connect({ host, port, noDelay: true });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(asking(socket)));
    socket.once('error', reject);
  });
}

function asking(socket: Socket): Connection {
  let received: Buffer = Buffer.alloc(0);
  let waiting = Promise.withResolvers<void>();
  socket.on('close', () => waiting.reject(new CallError('/', undefined, 'the connection was closed')));
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const headEnd = received.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = received.toString('latin1', 0, headEnd);
    const bodyStart = headEnd + HEAD_END.length;
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1]);
    if (received.length < bodyStart + length) return;
    const answer = received;
    received = Buffer.alloc(0);
    const status = head.slice('HTTP/1.1 '.length, 12);
    if (status === '200') waiting.resolve();
    else waiting.reject(new CallError('/', Number(status), answer.toString('utf8', bodyStart)));
  });
  return {
    ask(request) {
      waiting = Promise.withResolvers();
      socket.write(request);
      return waiting.promise;
    },
  };
}
