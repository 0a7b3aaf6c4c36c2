import type { IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import { request as httpRequest } from './http.ts';

export interface HttpRequest {
  url: URL;
  method: string;
  /** By their names in small letters. */
  headers: Record<string, string>;
  body: string;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** No more of it than a mebibyte. */
  body: string;
}

/** An endpoint that gives no answer in time. */
export class TimedOutError extends Error {
  override readonly name = 'TimedOutError';
}

/** The end of the range that requests ask for (EventBridge guide, "Headers sent as part of API destination requests"). */
const MAX_BYTES = 1_048_576;

/** True for this machine, and for the hosts that whoever started the loop named. */
export function isCallable({ hostname }: URL, callableHosts: readonly string[]): boolean {
  const name = hostname.toLowerCase();
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(name) || name.endsWith('.localhost');
  return isLocal || callableHosts.includes(name);
}

/** Sends a request and reads its answer; no redirection is followed. Rejects with TimedOutError, or what the connection ends with. */
export function callHttp(
  { url, method, headers, body }: HttpRequest,
  timeoutMs: number,
): Promise<HttpAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const payload = Buffer.from(body);
  const request = url.protocol === 'https:' ? https.request : httpRequest;
  const signal = AbortSignal.timeout(timeoutMs);
  const sent = request(
    url,
    { method, headers: { ...headers, 'content-length': payload.length, connection: 'close' }, signal },
    (answer) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        if (bytes < MAX_BYTES) chunks.push(chunk);
        bytes += chunk.length;
      });
      answer.on('error', fail);
      answer.on('end', () => {
        const text = Buffer.concat(chunks).subarray(0, MAX_BYTES).toString();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text });
      });
    },
  );
  function fail(error: Error): void {
    reject(signal.aborted ? new TimedOutError(`No answer within ${timeoutMs / 1_000} seconds.`) : error);
  }
  sent.on('error', fail);
  sent.end(payload);
  return promise;
}
