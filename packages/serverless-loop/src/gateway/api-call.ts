import type { IncomingMessage } from 'node:http';
import type { ApiAddress } from '../aws/api-address.ts';
import { readBody } from './body.ts';
import { credentialsOf } from './call.ts';
import { newRequestId } from './request-ids.ts';

/** A request to an API at its own address, in no protocol of AWS's. */
export interface ApiCall {
  id: string;
  method: string;
  /** Undecoded, with the stage; without the query. */
  path: string;
  query: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
  /** More than any call may send: the body was not read. */
  isTooLarge: boolean;
  /** The host that the caller named. */
  host: string;
  /** `HTTP/1.1` */
  protocol: string;
  sourceIp: string;
  port: number;
  requestId: string;
  /** Epoch milliseconds. */
  atMs: number;
  signal: AbortSignal;
  /** Of the key that it is signed with. */
  accessKeyId?: string;
}

/** Reads all of a request. Rejects when the caller goes away meanwhile. */
export async function readApiCall(
  request: IncomingMessage,
  { id, path, host }: ApiAddress,
  { query, signal }: { query: string; signal: AbortSignal },
): Promise<ApiCall> {
  const atMs = Date.now();
  const body = await readBody(request);
  const accessKeyId = credentialsOf({ headers: request.headers, query })?.accessKeyId;
  return {
    id,
    method: request.method ?? 'GET',
    path,
    query,
    headers: pairs(request.rawHeaders),
    body: body === 'too large' ? Buffer.alloc(0) : body,
    isTooLarge: body === 'too large',
    host,
    protocol: `HTTP/${request.httpVersion}`,
    sourceIp: (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
    port: request.socket.localPort ?? 0,
    requestId: newRequestId(),
    atMs,
    signal,
    ...(accessKeyId !== undefined && { accessKeyId }),
  };
}

/** As Node lists them: name, value, name, value. */
function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index): [string, string][] => {
    const value = raw[index + 1];
    return index % 2 === 0 && value !== undefined ? [[name, value]] : [];
  });
}
