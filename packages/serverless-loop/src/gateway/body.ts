import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';

/** The most that any call may send, as DynamoDB limits it (DynamoDB guide, "Quotas"). */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Takes the whole body, or `too large` as soon as that is known. */
type TakeBody = (body: Buffer | 'too large') => void;

/** Reads the body; `fail` is called when the client goes away meanwhile. */
export function readBody(request: IncomingMessage, take: TakeBody, fail: (error: unknown) => void): void {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    take('too large');
    return;
  }
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  request.on('data', (chunk: Buffer) => {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_BODY_BYTES) {
      request.pause().removeAllListeners('data');
      take('too large');
      return;
    }
    chunks.push(chunk);
  });
  request.on('end', () => {
    const [only] = chunks;
    take(only && chunks.length === 1 ? only : Buffer.concat(chunks, sizeBytes));
  });
  request.on('error', fail);
}

/** `deflate` is zlib's format (RFC 9110, 8.4.1.2). */
const DECODERS = new Map([
  ['gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
]);

/** These change no byte of a body; the second, of S3's uploads, is its own matter. */
const PLAIN = new Set(['', 'identity', 'aws-chunked']);

/** SDKs compress large calls of some operations, PutMetricData first (Smithy, "requestCompression trait"). */
export async function inflated(body: Buffer | 'too large', header: string | undefined): Promise<Inflated> {
  const encoding = header?.trim().toLowerCase() ?? '';
  if (body === 'too large' || PLAIN.has(encoding)) return { body };
  const decode = DECODERS.get(encoding);
  if (!decode) return { body, isStillEncoded: true };
  try {
    return { body: await decode(body, { maxOutputLength: MAX_BODY_BYTES }) };
  } catch (error) {
    // A body that is not so encoded is left to the protocol, which says so in its own words.
    return error instanceof RangeError ? { body: 'too large' } : { body, isStillEncoded: true };
  }
}

export interface Inflated {
  body: Buffer | 'too large';
  isStillEncoded?: boolean;
}
