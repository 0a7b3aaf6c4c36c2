import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';

/** An HTTP answer, whatever protocol it is in. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  /** A stream without a length in the headers goes in chunks. */
  body: string | Buffer | Readable;
}

/** Sends the answer in one write: a body given as text goes out together with the headers. */
export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.headersSent || response.destroyed) {
    if (isStream(body)) body.destroy();
    return;
  }
  if (isStream(body)) {
    response.writeHead(status, headers);
    // A client that goes away, or a file that breaks off, ends both.
    response.once('close', () => body.destroy());
    body.once('error', () => response.destroy());
    body.pipe(response);
    return;
  }
  const hasBody = status !== 204 && status !== 304;
  const length = { 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(status, hasBody ? { ...length, ...headers } : headers);
  response.end(hasBody ? body : undefined);
}

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

function isStream(body: Answer['body']): body is Readable {
  return typeof body === 'object' && 'pipe' in body;
}
