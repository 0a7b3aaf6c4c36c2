import type { IncomingMessage } from 'node:http';
import type { ApiAddress } from '../aws/api-address.ts';
import type { ApiCall } from './api-call.ts';
import { readBody } from './body.ts';
import { credentialsOf } from './credentials.ts';
import { newRequestId } from './request-ids.ts';

/** Reads all of a request. Rejects when the caller goes away meanwhile. */
export async function readApiCall(
  request: IncomingMessage,
  { id, domain, path, host }: ApiAddress,
  { query, signal }: { query: string; signal: AbortSignal },
): Promise<ApiCall> {
  const atMs = Date.now();
  const body = await new Promise<Buffer | 'too large'>((take, fail) => readBody(request, take, fail));
  const accessKeyId = credentialsOf({ headers: request.headers, query })?.accessKeyId;
  return {
    id,
    ...(domain !== undefined && { domain }),
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
