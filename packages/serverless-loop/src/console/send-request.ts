import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import * as http from '../http.ts';

export interface SentRequest {
  url: string;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
  signal: AbortSignal;
}

export interface RequestAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  /** Text; in base64, where it is none. */
  body: string;
  isBase64: boolean;
  durationMs: number;
}

/** Sends a request to the loop's own port, whatever proxies the environment has. */
export async function request({ url, method, headers, body, signal }: SentRequest): Promise<RequestAnswer> {
  const startedAt = performance.now();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    http
      .request(url, { method, headers, agent: new http.Agent(), signal }, resolve)
      .once('error', reject)
      .end(body ?? '');
  });
  const bytes = await buffer(response);
  const text = bytes.toString();
  const isBase64 = !Buffer.from(text).equals(bytes);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(Object.entries(response.headers).map(([name, value = '']) => [name, value])),
    body: isBase64 ? bytes.toString('base64') : text,
    isBase64,
    durationMs: Math.round(performance.now() - startedAt),
  };
}
