import { promisify } from 'node:util';
import { deflate, gzip } from 'node:zlib';

/** Larger answers are compressed for who asks (scylladb's Alternator, validated on AWS: test/alternator/test_compressed_response.py). */
const MIN_BYTES = 4_096;

const ENCODERS = new Map([
  ['gzip', promisify(gzip)],
  ['deflate', promisify(deflate)],
]);

/** A body, compressed as the `Accept-Encoding` header asks if it is large; undefined where it is to go as it is. */
export async function compressed(
  body: string,
  accepted: string,
): Promise<{ body: Buffer; encoding: string } | undefined> {
  if (Buffer.byteLength(body) <= MIN_BYTES) return undefined;
  const encoding = acceptedEncoding(accepted);
  const encode = ENCODERS.get(encoding ?? '');
  return encode && encoding !== undefined ? { body: await encode(body), encoding } : undefined;
}

/**
 * The best of the encodings that a header names, and that DynamoDB has; of equals the first. `*` stands for those that have
 * no name in it, and `identity` for nothing, as the same tests record.
 */
export function acceptedEncoding(header: string): string | undefined {
  const entries = header
    .toLowerCase()
    .split(',')
    .map((entry) => ({ name: nameOf(entry), quality: qualityOf(entry) }));
  const other = [...ENCODERS.keys()].find((known) => !entries.some(({ name }) => name === known));
  const named = entries.filter(({ name }) => ENCODERS.has(name));
  const any = entries.filter(({ name }) => name === '*').map(({ quality }) => ({ name: other, quality }));
  const [best] = [...named, ...any]
    .filter(({ quality }) => quality > 0)
    .sort((one, next) => next.quality - one.quality);
  return best?.name;
}

function nameOf(entry: string): string {
  const [name = ''] = entry.split(';', 1);
  return name.trim();
}

/** The first number after a `q=`; 1 where none is, or one that is none. */
function qualityOf(entry: string): number {
  const text = /q=([^;]*)/.exec(entry)?.[1]?.trim() ?? '';
  return /^-?\d+(?:\.\d*)?$/.test(text) ? Math.min(Number(text), 1) : 1;
}
