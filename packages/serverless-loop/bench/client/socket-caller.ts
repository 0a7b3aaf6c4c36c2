import { connect, type Socket } from 'node:net';
import { CallError, type HttpAnswer, type HttpCall, signedHeaders } from './http-caller.ts';

const HEAD_END = '\r\n\r\n';

/**
 * Calls as `httpCaller` does, at a fraction of the cost: bytes on sockets that stay open, one call on each at a time. An answer
 * has to have a Content-Length.
 */
export function socketCaller(endpoint: string, service: string): HttpCall {
  const { hostname, port } = new URL(endpoint);
  const free: Connection[] = [];
  return async (path, headers, body) => {
    const connection = free.pop() ?? (await open(hostname, Number(port)));
    const length = String(Buffer.byteLength(body));
    const fields = Object.entries({
      ...signedHeaders(service),
      ...headers,
      host: `${hostname}:${port}`,
      'content-length': length,
    });
    const head = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const answer = await connection.ask(`POST ${path} HTTP/1.1\r\n${head}\r\n${body}`);
    free.push(connection);
    const status = Number(answer.head.slice('HTTP/1.1 '.length, 12));
    if (status !== 200) throw new CallError(path, status, answer.body);
    return { requestId: fieldOf(answer.head, 'x-amzn-requestid') ?? '', body: answer.body };
  };
}

interface Connection {
  ask(text: string): Promise<{ head: string } & Pick<HttpAnswer, 'body'>>;
}

function open(host: string, port: number): Promise<Connection> {
  const socket = connect({ host, port, noDelay: true });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve({ ask: (text) => ask(socket, text) }));
    socket.once('error', reject);
  });
}

function ask(socket: Socket, text: string): ReturnType<Connection['ask']> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const settle = (settled: () => void) => {
      socket.removeAllListeners('data').removeAllListeners('close');
      settled();
    };
    socket.on('close', () =>
      settle(() => reject(new CallError('/', undefined, 'the connection was closed'))),
    );
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const headEnd = received.indexOf(HEAD_END);
      if (headEnd < 0) return;
      const head = received.toString('latin1', 0, headEnd);
      const bodyStart = headEnd + HEAD_END.length;
      const length = Number(fieldOf(head, 'content-length'));
      if (received.length < bodyStart + length) return;
      settle(() => resolve({ head, body: received.toString('utf8', bodyStart, bodyStart + length) }));
    });
    socket.write(text);
  });
}

function fieldOf(head: string, name: string): string | undefined {
  return new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim();
}
