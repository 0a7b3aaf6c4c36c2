import type { IncomingMessage } from 'node:http';
import type { ResponseSink } from '../../../aws/response-sink.ts';

/** Of an answer that is more than Lambda takes. */
export const TOO_LARGE = 'Function.ResponseSizeTooLarge';

/** Of a streamed response (Lambda guide, "Lambda quotas": 200 MB). The rate of what is beyond 6 MB isn't limited here. */
const MAX_STREAMED_BYTES = 200 * 1024 * 1024;

/**
 * Reads what a runtime posts, and calls back with the body and, for an error, its type. A streamed response goes to `sink`,
 * where there is one, and is empty then (Lambda guide, "Building a custom runtime", "Response streaming").
 */
export function readAnswer(
  request: IncomingMessage,
  sink: ResponseSink | undefined,
  then: (body: Buffer, errorType?: string) => void,
): void {
  const end = (read: Buffer) => then(errorBodyOf(request) ?? read, errorTypeOf(request));
  if (sink && isStreamed(request)) readInto(sink, request, end, then);
  else readWhole(request, end);
}

function readWhole(request: IncomingMessage, end: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => end(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
}

function readInto(
  sink: ResponseSink,
  request: IncomingMessage,
  end: (body: Buffer) => void,
  then: (body: Buffer, errorType: string) => void,
): void {
  let bytes = 0;
  sink.begin(request.headers['content-type'] ?? 'application/octet-stream');
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    const taken = bytes > MAX_STREAMED_BYTES ? undefined : sink.write(chunk);
    if (!taken) return;
    request.pause();
    void taken.then(() => request.resume());
  });
  request.on('end', () => (bytes > MAX_STREAMED_BYTES ? then(tooLarge(), TOO_LARGE) : end(Buffer.alloc(0))));
}

/** In the words of a response that comes whole. */
function tooLarge(): Buffer {
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_STREAMED_BYTES} bytes).`;
  return Buffer.from(JSON.stringify({ errorType: TOO_LARGE, errorMessage }));
}

/** The path says whether it is an error; a streamed response says so in its trailers. */
function errorTypeOf(request: IncomingMessage): string | undefined {
  const trailer = request.trailers['lambda-runtime-function-error-type'];
  if (trailer !== undefined) return trailer;
  if (request.url?.endsWith('/response')) return undefined;
  const header = request.headers['lambda-runtime-function-error-type'];
  return typeof header === 'string' ? header : 'Unhandled';
}

function isStreamed(request: IncomingMessage): boolean {
  return request.headers['lambda-runtime-function-response-mode'] === 'streaming';
}

/** Of an error amid a streamed response. */
function errorBodyOf({ trailers }: IncomingMessage): Buffer | undefined {
  const trailer = trailers['lambda-runtime-function-error-body'];
  return trailer === undefined ? undefined : Buffer.from(trailer, 'base64');
}
