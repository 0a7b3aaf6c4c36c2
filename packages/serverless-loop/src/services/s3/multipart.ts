import { randomBytes } from 'node:crypto';
import { required, text } from '../../aws/members.ts';
import { objectAcl } from './acl-operations.ts';
import { OBJECT_ACL_HEADERS } from './acl-reading.ts';
import type { Bucket, MultipartUpload, UploadedPart } from './buckets.ts';
import { bucketOf, operation, type S3Context, s3Arn } from './context.ts';
import { KEPT_HEADERS, keptHeaders } from './kept-headers.ts';
import {
  asMember,
  CHECKSUM_ALGORITHM_HEADER,
  CHECKSUM_HEADERS,
  CHECKSUM_TYPE_HEADER,
  uploadChecksum,
} from './object-checksum.ts';
import { PART_NUMBER } from './object-parts.ts';
import { noSuchUpload } from './s3-errors.ts';
import { ENCRYPTED, ENCRYPTION, OBJECT } from './shapes.ts';
import { TAGGING_HEADER, taggingHeader } from './tags.ts';
import { receiveUpload, UPLOAD } from './upload.ts';

export const UPLOAD_ID = required(text({ at: 'query', name: 'uploadId' }));

export const MULTIPART_OPERATIONS = {
  CreateMultipartUpload: operation({
    route: 'POST /{Bucket}/{Key+}?uploads',
    root: 'InitiateMultipartUploadResult',
    action: 'PutObject',
    input: {
      ...OBJECT,
      ...OBJECT_ACL_HEADERS,
      ...KEPT_HEADERS,
      ChecksumAlgorithm: CHECKSUM_ALGORITHM_HEADER,
      ChecksumType: CHECKSUM_TYPE_HEADER,
      Tagging: TAGGING_HEADER,
    },
    output: {
      Bucket: text(),
      Key: text(),
      UploadId: text(),
      ...ENCRYPTION,
      ChecksumAlgorithm: CHECKSUM_ALGORITHM_HEADER,
      ChecksumType: CHECKSUM_TYPE_HEADER,
    },
    needs: s3Arn,
    handle(input, context) {
      const id = randomBytes(32).toString('base64url');
      const { Bucket, Key } = input;
      const bucket = bucketOf(input, context);
      const checksum = uploadChecksum(input.ChecksumAlgorithm, input.ChecksumType);
      bucket.uploads.set(id, {
        id,
        key: Key,
        startedAt: context.now(),
        headers: keptHeaders(input),
        tags: taggingHeader(input.Tagging),
        ...objectAcl(input, bucket, context.place),
        ...(checksum && { checksum }),
        parts: new Map(),
      });
      return {
        Bucket,
        Key,
        UploadId: id,
        ...ENCRYPTED,
        ChecksumAlgorithm: checksum?.name.toUpperCase(),
        ChecksumType: checksum?.type,
      };
    },
  }),

  UploadPart: operation({
    route: 'PUT /{Bucket}/{Key+}',
    action: 'PutObject',
    input: { ...OBJECT, ...UPLOAD, UploadId: UPLOAD_ID, PartNumber: required(PART_NUMBER) },
    output: { ETag: text({ at: 'header', name: 'ETag' }), ...ENCRYPTION, ...CHECKSUM_HEADERS },
    needs: s3Arn,
    async handle(input, context) {
      const bucket = bucketOf(input, context);
      const upload = uploadOf(input, bucket);
      const uploaded = await receiveUpload(input, context.blobs(), upload.checksum?.name);
      const { md5, checksum } = await keepPart({ bucket, upload }, input.PartNumber, uploaded, context);
      return { ETag: `"${md5}"`, ...ENCRYPTED, ...asMember(checksum) };
    },
  }),

  AbortMultipartUpload: operation({
    route: 'DELETE /{Bucket}/{Key+}',
    status: 204,
    input: { ...OBJECT, UploadId: UPLOAD_ID },
    output: {},
    needs: s3Arn,
    async handle(input, context) {
      const bucket = bucketOf(input, context);
      await discard(uploadOf(input, bucket), bucket, context);
      return {};
    },
  }),
};

/** The part takes the place of the one with its number. Rejects where the upload has ended while its bytes came. */
export async function keepPart(
  { bucket, upload: { id, key, parts } }: { bucket: Bucket; upload: MultipartUpload },
  number: number,
  uploaded: Pick<UploadedPart, 'blob' | 'md5' | 'checksum'>,
  { blobs, now, buckets }: S3Context,
): Promise<UploadedPart> {
  try {
    buckets.refuseGone(bucket);
    uploadOf({ UploadId: id, Key: key }, bucket);
  } catch (error) {
    await blobs().remove(uploaded.blob);
    throw error;
  }
  const part = { ...uploaded, number, modifiedAt: now() };
  const replaced = parts.get(number);
  parts.set(number, part);
  if (replaced) await blobs().remove(replaced.blob);
  return part;
}

export function uploadOf(
  { UploadId, Key }: { UploadId: string; Key: string },
  { uploads }: Bucket,
): MultipartUpload {
  const upload = uploads.get(UploadId);
  if (upload?.key !== Key) throw noSuchUpload(UploadId);
  return upload;
}

export async function discard(
  { id, parts }: MultipartUpload,
  { uploads }: Bucket,
  { blobs }: S3Context,
): Promise<void> {
  uploads.delete(id);
  for (const { blob } of parts.values()) await blobs().remove(blob);
}
