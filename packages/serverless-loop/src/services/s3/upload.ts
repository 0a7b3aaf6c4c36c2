import { createHash } from 'node:crypto';
import { integer, type Read, required, stream, text } from '../../aws/members.ts';
import { incompleteBody, unchunked } from './aws-chunked.ts';
import type { Blob, BlobFolder } from './blob-folder.ts';
import type { ChecksumName } from './checksums.ts';
import { writeDigested } from './digested-write.ts';
import {
  CHECKSUM_HEADERS,
  DEFAULT_CHECKSUM,
  declaredChecksum,
  headerFor,
  refuseMalformed,
} from './object-checksum.ts';
import { s3Error } from './s3-errors.ts';

export interface Uploaded {
  blob: Blob;
  /** In hexadecimal: the ETag. */
  md5: string;
  checksum: { name: ChecksumName; base64: string };
}

/** A body, and what a request says of it. */
export const UPLOAD = {
  Body: required(stream({ at: 'payload' })),
  ContentEncoding: text({ at: 'header', name: 'Content-Encoding' }),
  ContentLength: integer({ at: 'header', name: 'Content-Length' }),
  DecodedContentLength: integer({ at: 'header', name: 'x-amz-decoded-content-length' }),
  ContentMD5: text({ at: 'header', name: 'Content-MD5' }),
  ContentSHA256: text({ at: 'header', name: 'x-amz-content-sha256' }),
  Trailer: text({ at: 'header', name: 'x-amz-trailer' }),
  ...CHECKSUM_HEADERS,
} as const;

type UploadInput = Read<typeof UPLOAD>;

/** The most that one request may bring (S3 User Guide, "Uploading objects"). */
const MAX_BYTES = 5 * 1024 ** 3;

/**
 * Keeps a request's body, once all that it says of itself is true. Throws S3's error otherwise, and keeps nothing. Its
 * checksum is of the algorithm of the one that was sent along, or of the `expected` one.
 */
export async function receiveUpload(
  input: UploadInput,
  blobs: BlobFolder,
  expected?: ChecksumName,
): Promise<Uploaded> {
  const { Body, ContentEncoding = '', ContentMD5 } = input;
  // In bytes, without what aws-chunked adds.
  const expectedBytes = input.DecodedContentLength ?? input.ContentLength;
  if (expectedBytes !== undefined && expectedBytes > MAX_BYTES) throw tooLarge(expectedBytes);
  const declared = declaredChecksum(input, input.Trailer);
  if (declared && expected && declared.name !== expected) throw otherAlgorithm(expected, declared.name);
  const name = declared?.name ?? expected ?? DEFAULT_CHECKSUM;
  refuseMalformedMd5(ContentMD5);
  const trailers = new Map<string, string>();
  const isChunked = /\baws-chunked\b/.test(ContentEncoding) || isStreamed(input);
  // The connection has to live on for the answer when the body is refused half way.
  const arriving: AsyncIterable<Buffer> = Body.iterator({ destroyOnReturn: false });
  const source = isChunked ? unchunked(arriving, trailers) : arriving;
  const sha256 = createHash('sha256');
  const { blob, md5, checksum } = await writeDigested(source, name, blobs, [sha256]);
  try {
    if (expectedBytes !== undefined && blob.sizeBytes !== expectedBytes) throw incompleteBody();
    checkMd5(ContentMD5, md5);
    checkContentSha256(input.ContentSHA256, sha256.digest('hex'));
    if (declared) checkChecksum(name, declared.base64 ?? trailers.get(headerFor(name)), checksum);
    return { blob, md5: md5.toString('hex'), checksum: { name, base64: checksum } };
  } catch (error) {
    await blobs.remove(blob);
    throw error;
  }
}

function isStreamed({ ContentSHA256 }: UploadInput): boolean {
  return ContentSHA256?.startsWith('STREAMING-') ?? false;
}

function refuseMalformedMd5(given: string | undefined): void {
  if (given === undefined || Buffer.from(given, 'base64').length === 16) return;
  throw s3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.', 400, { 'Content-MD5': given });
}

function checkMd5(given: string | undefined, digest: Buffer): void {
  if (given === undefined || given === digest.toString('base64')) return;
  throw s3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400, {
    ExpectedDigest: Buffer.from(given, 'base64').toString('hex'),
    CalculatedDigest: digest.toString('base64'),
  });
}

function checkContentSha256(given: string | undefined, computed: string): void {
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
  if (given !== undefined) refuseMalformed(name, given);
  throw s3Error(
    'BadDigest',
    `The ${name.toUpperCase()} you specified did not match the calculated checksum.`,
  );
}

function otherAlgorithm(expected: ChecksumName, actual: ChecksumName) {
  return s3Error(
    'InvalidRequest',
    `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`,
  );
}

function tooLarge(proposedBytes: number) {
  return s3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, {
    ProposedSize: proposedBytes,
    MaxSizeAllowed: MAX_BYTES,
  });
}
