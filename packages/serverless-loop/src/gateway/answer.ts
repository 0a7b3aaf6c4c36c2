import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';

/** An HTTP answer, whatever protocol it is in. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  /** A stream without a length in the headers goes in chunks. */
  body: string | Buffer | Readable;
}

/** One that is no stream. */
export interface WholeAnswer extends Answer {
  body: string | Buffer;
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
  if (status === 204 || status === 304) {
    response.writeHead(status, headers).end();
    return;
  }
  const sizeBytes = Buffer.byteLength(body);
  response.writeHead(status, { 'Content-Length': sizeBytes, ...headers });
  // Text of ASCII alone is the same in both encodings, and Node writes this one without looking at each character.
  if (typeof body === 'string' && body.length === sizeBytes) response.end(body, 'latin1');
  else response.end(body);
}

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

function isStream(body: Answer['body']): body is Readable {
  return typeof body === 'object' && 'pipe' in body;
}

/** A call that is to have no answer ends with its connection. */
export function sendOrCut(
  answer: Answer | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (answer) send(response, answer);
  else request.socket.destroy();
}

/** One that is refused for its size may still be coming. */
export function sendPage(page: Answer, request: IncomingMessage, response: ServerResponse): void {
  if (page.status === 413) refuseTheRest(request, response, page);
  else send(response, page);
}

/** The client may still be sending: it gets the answer, and then the connection ends. */
export function refuseTheRest(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  response.once('finish', () => request.socket.destroySoon());
  send(response, { ...answer, headers: { ...answer.headers, Connection: 'close' } });
}
