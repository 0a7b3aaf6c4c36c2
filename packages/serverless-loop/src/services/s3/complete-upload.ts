import { createHash } from 'node:crypto';
import { integer, list, type Read, structure, text } from '../../aws/members.ts';
import type { Call } from '../../aws/operation.ts';
import type { Bucket, MultipartUpload, StoredPart, UploadedPart } from './buckets.ts';
import { newChecksum } from './checksums.ts';
import { refuseUnmetWrite, WRITE_CONDITIONS } from './conditions.ts';
import { bucketOf, operation, type S3Context, s3Arn } from './context.ts';
import { writeDigested } from './digested-write.ts';
import { discard, UPLOAD_ID, uploadOf } from './multipart.ts';
import { NAMED_PART, namedParts } from './named-parts.ts';
import {
  asMembers,
  CHECKSUM_ELEMENTS,
  CHECKSUM_HEADERS,
  CHECKSUM_TYPE_HEADER,
  type Checksums,
  checksumIn,
  DEFAULT_CHECKSUM,
  namesIn,
  type ObjectChecksum,
} from './object-checksum.ts';
import { keep } from './objects.ts';
import { s3Error } from './s3-errors.ts';
import { ENCRYPTED, ENCRYPTION, OBJECT, VERSION_HEADER } from './shapes.ts';

const COMPLETE = {
  ...OBJECT,
  ...WRITE_CONDITIONS,
  ...CHECKSUM_HEADERS,
  UploadId: UPLOAD_ID,
  ChecksumType: CHECKSUM_TYPE_HEADER,
  MpuObjectSize: integer({ at: 'header', name: 'x-amz-mp-object-size' }),
  Host: text({ at: 'header', name: 'Host' }),
  MultipartUpload: structure(
    { Parts: list(NAMED_PART, { name: 'Part', flat: true }) },
    { at: 'payload', name: 'CompleteMultipartUpload' },
  ),
} as const;

interface Completion {
  input: Read<typeof COMPLETE>;
  bucket: Bucket;
  upload: MultipartUpload;
  parts: UploadedPart[];
}

export const COMPLETE_UPLOAD = {
  /** Joins the parts that the client names to an object, whose entity tag tells their number (S3 API reference, "CompleteMultipartUpload"). */
  CompleteMultipartUpload: operation({
    route: 'POST /{Bucket}/{Key+}',
    action: 'PutObject',
    input: COMPLETE,
    output: {
      Location: text(),
      Bucket: text(),
      Key: text(),
      ETag: text(),
      ...CHECKSUM_ELEMENTS,
      ChecksumType: text(),
      ...ENCRYPTION,
      VersionId: VERSION_HEADER,
    },
    needs: s3Arn,
    async handle(input, context, call) {
      const bucket = bucketOf(input, context);
      const upload = uploadOf(input, bucket);
      refuseUnmetWrite(input, bucket.objects.get(upload.key), upload.key);
      refuseOtherMode(input.ChecksumType, upload);
      const parts = namedParts(input.MultipartUpload?.Parts ?? [], upload);
      refuseOtherSize(input.MpuObjectSize, parts);
      // It is this call's from here on: nobody else completes it, or takes its parts away.
      bucket.uploads.delete(upload.id);
      try {
        const answer = await joined({ input, bucket, upload, parts }, context, call);
        await discard(upload, bucket, context);
        return answer;
      } catch (error) {
        bucket.uploads.set(upload.id, upload);
        throw error;
      }
    },
  }),
};

/** The object of an upload's parts, as it is kept and answered. */
async function joined({ input, bucket, upload, parts }: Completion, context: S3Context, call: Call) {
  const { key, headers, tags, acl } = upload;
  const blobs = context.blobs();
  async function* bytes(): AsyncGenerator<Buffer> {
    for (const { blob } of parts) yield* blobs.read(blob);
  }
  const name = upload.checksum?.name ?? DEFAULT_CHECKSUM;
  const { blob, checksum: whole } = await writeDigested(bytes(), name, blobs);
  const checksum: ObjectChecksum =
    upload.checksum?.type === 'COMPOSITE'
      ? { name, type: 'COMPOSITE', base64: composite(parts, name) }
      : { name, type: 'FULL_OBJECT', base64: whole };
  const etag = etagOf(parts);
  const modifiedAt = context.now();
  const stored = parts.map((part) => storedPart(part, upload));
  const refuse = () => {
    refuseOtherChecksum(input, checksum);
    refuseUnmetWrite(input, bucket.objects.get(key), key);
  };
  const { versionId } = await keep(
    bucket,
    { key, blob, etag, modifiedAt, headers, checksum, tags, ...(acl && { acl }), parts: stored },
    { name: 'ObjectCreated:CompleteMultipartUpload', call, refuse },
    context,
  );
  return {
    Location: locationOf(input),
    Bucket: input.Bucket,
    Key: key,
    ETag: etag,
    ...asMembers(checksum),
    ...ENCRYPTED,
    VersionId: versionId,
  };
}

function etagOf(parts: UploadedPart[]): string {
  const md5 = createHash('md5');
  for (const part of parts) md5.update(Buffer.from(part.md5, 'hex'));
  return `"${md5.digest('hex')}-${parts.length}"`;
}

function storedPart({ number, blob, checksum }: UploadedPart, upload: MultipartUpload): StoredPart {
  return { number, sizeBytes: blob.sizeBytes, ...(upload.checksum && { checksum }) };
}

/** Of the parts' checksums, and how many they are (S3 User Guide, "Checking object integrity", "Composite checksums"). */
function composite(parts: UploadedPart[], name: ObjectChecksum['name']): string {
  const checksum = newChecksum(name);
  for (const part of parts) checksum.update(Buffer.from(part.checksum.base64, 'base64'));
  return `${checksum.base64()}-${parts.length}`;
}

function refuseOtherMode(mode: string | undefined, { checksum }: MultipartUpload): void {
  if (mode === undefined || mode.toUpperCase() === checksum?.type) return;
  throw s3Error(
    'InvalidRequest',
    `The upload was created using the ${checksum?.type ?? null} checksum mode. The complete request must use the same checksum mode.`,
  );
}

function refuseOtherSize(told: number | undefined, parts: UploadedPart[]): void {
  const sizeBytes = parts.reduce((sum, { blob }) => sum + blob.sizeBytes, 0);
  if (told === undefined || told === sizeBytes) return;
  throw s3Error(
    'InvalidRequest',
    `The provided 'x-amz-mp-object-size' header value ${told} does not match what was computed: ${sizeBytes}`,
  );
}

/** Refuses an object whose checksum isn't the one that the client gives for the whole. */
function refuseOtherChecksum(given: Checksums, { name, base64, type }: ObjectChecksum): void {
  if (type === 'COMPOSITE') return;
  const [told] = namesIn(given);
  if (!told || (told === name && checksumIn(given, told) === base64)) return;
  throw s3Error('BadDigest', `The ${name} you specified did not match the calculated checksum.`);
}

/** The object's URL at the address that the client called. */
function locationOf({ Host = '', Bucket, Key }: { Host?: string; Bucket: string; Key: string }): string {
  const path = [Bucket, ...Key.split('/')].map(encodeURIComponent).join('/');
  return `http://${Host}/${path}`;
}
