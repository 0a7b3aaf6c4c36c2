import { createHash } from 'node:crypto';
import type { RestXmlRequest } from '../aws/rest-xml-service.ts';
import { incompleteBody, unchunked } from './aws-chunked.ts';
import type { Blob, BlobFolder } from './blob-folder.ts';
import { CHECKSUMS, type ChecksumName, newChecksum } from './checksums.ts';
import { headerOf } from './header.ts';
import { s3Error } from './s3-errors.ts';

export interface Uploaded {
  blob: Blob;
  /** In hexadecimal: the ETag. */
  md5: string;
  /** The checksum that the client sent along, if it did. */
  checksum?: { name: ChecksumName; base64: string };
}

/** What one request may bring (S3 User Guide, "Uploading objects"). */
const LARGEST_BYTES = 5 * 1024 ** 3;

/** Keeps a request's body, once all that it says of itself is true. Throws S3's error otherwise, and keeps nothing. */
export async function receiveUpload(request: RestXmlRequest, blobs: BlobFolder): Promise<Uploaded> {
  const expectedBytes = expectedSize(request);
  if (expectedBytes !== undefined && expectedBytes > LARGEST_BYTES) throw tooLarge();
  const trailers = new Map<string, string>();
  const isChunked =
    /\baws-chunked\b/.test(headerOf(request, 'content-encoding') ?? '') || isStreamed(request);
  // The connection has to live on for the answer when the body is refused half way.
  const arriving: AsyncIterable<Buffer> = request.body.iterator({ destroyOnReturn: false });
  const source = isChunked ? unchunked(arriving, trailers) : arriving;
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  const name = declaredChecksum(request);
  const checksum = name && newChecksum(name);
  const blob = await blobs.write(tapped(source, [md5, sha256, ...(checksum ? [checksum] : [])]));
  const digest = md5.digest();
  try {
    if (expectedBytes !== undefined && blob.sizeBytes !== expectedBytes) throw incompleteBody();
    checkMd5(headerOf(request, 'content-md5'), digest);
    checkContentSha256(request, sha256.digest('hex'));
    const base64 = checksum?.base64();
    if (name === undefined || base64 === undefined) return { blob, md5: digest.toString('hex') };
    checkChecksum(name, headerOf(request, headerFor(name)) ?? trailers.get(headerFor(name)), base64);
    return { blob, md5: digest.toString('hex'), checksum: { name, base64 } };
  } catch (error) {
    await blobs.remove(blob);
    throw error;
  }
}

export function headerFor(name: ChecksumName): string {
  return `x-amz-checksum-${name}`;
}

async function* tapped(
  source: AsyncIterable<Buffer>,
  taps: { update(chunk: Buffer): unknown }[],
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    for (const tap of taps) tap.update(chunk);
    yield chunk;
  }
}

function isStreamed(request: RestXmlRequest): boolean {
  return headerOf(request, 'x-amz-content-sha256')?.startsWith('STREAMING-') ?? false;
}

/** In bytes, without what aws-chunked adds. */
function expectedSize(request: RestXmlRequest): number | undefined {
  const text = headerOf(request, 'x-amz-decoded-content-length') ?? headerOf(request, 'content-length');
  return text === undefined ? undefined : Number(text);
}

function declaredChecksum(request: RestXmlRequest): ChecksumName | undefined {
  const trailer = headerOf(request, 'x-amz-trailer')?.toLowerCase();
  return CHECKSUMS.find(
    (name) => headerOf(request, headerFor(name)) !== undefined || trailer === headerFor(name),
  );
}

function checkMd5(given: string | undefined, digest: Buffer): void {
  if (given === undefined) return;
  if (Buffer.from(given, 'base64').length !== 16)
    throw s3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  if (given !== digest.toString('base64'))
    throw s3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
}

function checkContentSha256(request: RestXmlRequest, computed: string): void {
  const given = headerOf(request, 'x-amz-content-sha256');
  if (given === undefined || !/^[0-9a-f]{64}$/.test(given) || given === computed) return;
  throw s3Error(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    400,
    { ClientComputedContentSHA256: given, S3ComputedContentSHA256: computed },
  );
}

function checkChecksum(name: ChecksumName, given: string | undefined, computed: string): void {
  if (given === computed) return;
  throw s3Error(
    'BadDigest',
    `The ${name.toUpperCase()} you specified did not match the calculated checksum.`,
  );
}

function tooLarge() {
  return s3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, {
    MaxSizeAllowed: LARGEST_BYTES,
  });
}
