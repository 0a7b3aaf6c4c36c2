import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';

/** The most that any call may send, as DynamoDB limits it (DynamoDB guide, "Quotas"). */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Resolves to the whole body, or to `too large` as soon as that is known. Rejects when the client goes away. */
export function readBody(request: IncomingMessage): Promise<Buffer | 'too large'> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return Promise.resolve('too large');
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    request.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes > MAX_BODY_BYTES) {
        request.pause().removeAllListeners('data');
        resolve('too large');
        return;
      }
      chunks.push(chunk);
    });
    request.on('end', () => {
      const [only] = chunks;
      resolve(only && chunks.length === 1 ? only : Buffer.concat(chunks, sizeBytes));
    });
    request.on('error', reject);
  });
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
