import type http from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

const AWS_HOST = /(^|\.)(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws|on\.aws)\.?$/i;
/** Addresses that a machine or container in AWS asks who it is. */
const OWN_CREDENTIALS = new Set(['169.254.169.254', '169.254.170.2', '169.254.170.23', '[fd00:ec2::254]']);

/** Names of the variables that programs read, in both spellings as some heed only the one. */
const PROXY_NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'];

export interface OutgoingProxy {
  /** Sends a program's connections through it, but for those to this machine; nothing where it has proxies of its own. */
  variables(environment: Record<string, string>): Record<string, string>;
  /** True when a request was for another host, and is answered. */
  takes(request: IncomingMessage, response: ServerResponse): boolean;
}

/**
 * Keeps a program from AWS whose code can't be reached into, such as one of Go or Rust: a proxy on the port of its Runtime API,
 * which lets through what is not AWS. What heeds no proxy goes past it.
 */
export function outgoingProxy(
  server: Server,
  secret: string,
  onRefused: (host: string) => void,
): OutgoingProxy {
  const authorization = `Basic ${Buffer.from(`loop:${secret}`).toString('base64')}`;
  const told = new Set<string>();

  function isRefused(host: string, headers: IncomingMessage['headers']): boolean {
    if (headers['proxy-authorization'] !== authorization) return true;
    if (!AWS_HOST.test(host) && !OWN_CREDENTIALS.has(host)) return false;
    if (!told.has(host)) onRefused(host);
    told.add(host);
    return true;
  }

  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const target = URL.parse(`https://${request.url}`);
    socket.on('error', () => {});
    if (!target || isRefused(target.hostname, request.headers))
      return socket.end(`HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n`);
    const onward = connect(Number(target.port || 443), target.hostname.replace(/^\[|\]$/g, ''));
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    onward.once('connect', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
  });

  return {
    variables(environment) {
      const address = server.address();
      if (PROXY_NAMES.some((name) => environment[name] !== undefined)) return {};
      if (typeof address !== 'object' || address === null) return {};
      const url = `http://loop:${secret}@127.0.0.1:${address.port}`;
      const past = { NO_PROXY: '127.0.0.1,localhost', no_proxy: '127.0.0.1,localhost' };
      return { ...past, ...Object.fromEntries(PROXY_NAMES.map((name) => [name, url])) };
    },
    takes(request, response) {
      const target = request.url?.startsWith('http://') ? URL.parse(request.url) : null;
      if (!target) return false;
      if (isRefused(target.hostname, request.headers)) {
        response.writeHead(403, { 'Content-Length': 0 }).end();
        return true;
      }
      forward(request, response, target);
      return true;
    },
  };
}

/** A request without TLS names its host in its first line. */
function forward(request: IncomingMessage, response: ServerResponse, target: URL): void {
  const { request: begin }: typeof http = process.getBuiltinModule('node:http');
  const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = request.headers;
  const onward = begin(target, { method: request.method ?? 'GET', headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}
