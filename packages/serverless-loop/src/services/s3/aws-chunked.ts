import { s3Error } from './s3-errors.ts';

/** Longer than any line of a chunk's size and signature, or of a trailer. */
const MAX_LINE_LENGTH = 16 * 1024;

/**
 * Takes `aws-chunked` apart: `<size in hex>[;chunk-signature=…]`, the bytes, and at the end of it trailing headers, which
 * go to `trailers` (S3 API reference, "Signature Calculations: Transferring Payload in Multiple Chunks"). Signatures of
 * chunks are not verified, as none are here.
 */
export async function* unchunked(
  body: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  let pending: Buffer = Buffer.alloc(0);
  let leftInChunk = 0;
  let part: 'size' | 'data' | 'end of data' | 'trailer' = 'size';
  for await (const received of body) {
    pending = pending.length === 0 ? received : Buffer.concat([pending, received]);
    while (pending.length > 0) {
      if (part === 'data') {
        const piece = pending.subarray(0, leftInChunk);
        pending = pending.subarray(piece.length);
        leftInChunk -= piece.length;
        if (leftInChunk === 0) part = 'end of data';
        yield piece;
        continue;
      }
      const end = pending.indexOf('\r\n');
      if (end > MAX_LINE_LENGTH || (end < 0 && pending.length > MAX_LINE_LENGTH)) throw incompleteBody();
      if (end < 0) break;
      const line = pending.toString('latin1', 0, end);
      pending = pending.subarray(end + 2);
      if (part === 'end of data') {
        if (line !== '') throw incompleteBody();
        part = 'size';
      } else if (part === 'size') {
        leftInChunk = sizeOf(line);
        part = leftInChunk === 0 ? 'trailer' : 'data';
      } else keepTrailer(line, trailers);
    }
  }
  if (part !== 'trailer') throw incompleteBody();
}

function sizeOf(line: string): number {
  const size = /^([0-9a-fA-F]{1,8})(?:;.*)?$/.exec(line)?.[1];
  if (size === undefined) throw incompleteBody();
  return Number.parseInt(size, 16);
}

function keepTrailer(line: string, trailers: Map<string, string>): void {
  const colon = line.indexOf(':');
  if (colon > 0) trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
}

export function incompleteBody() {
  return s3Error(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  );
}
