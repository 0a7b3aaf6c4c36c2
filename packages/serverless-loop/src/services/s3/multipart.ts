import { randomBytes } from 'node:crypto';
import type { RestXmlAnswer, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import type { Bucket, MultipartUpload } from './buckets.ts';
import { type Context, xmlAnswer } from './context.ts';
import { ENCRYPTED } from './encryption-header.ts';
import { headerFor, uploadChecksum } from './object-checksum.ts';
import { keptHeaders } from './object-operations.ts';
import { invalidArgument, noSuchUpload } from './s3-errors.ts';
import { taggingHeader } from './tags.ts';
import { receiveUpload } from './upload.ts';

/** S3 User Guide, "Amazon S3 multipart upload limits". */
const MOST_PARTS = 10_000;

export function createUpload(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  { buckets, now }: Context,
): RestXmlAnswer {
  const id = randomBytes(32).toString('base64url');
  const checksum = uploadChecksum(request);
  const upload: MultipartUpload = {
    id,
    key,
    startedAt: now(),
    headers: keptHeaders(request),
    tags: taggingHeader(request),
    ...(checksum && { checksum }),
    parts: new Map(),
  };
  buckets.get(bucketName).uploads.set(id, upload);
  const answer = xmlAnswer('InitiateMultipartUploadResult', [
    ['Bucket', bucketName],
    ['Key', key],
    ['UploadId', id],
  ]);
  const checked = checksum && {
    'x-amz-checksum-algorithm': checksum.name.toUpperCase(),
    'x-amz-checksum-type': checksum.type,
  };
  return { ...answer, headers: { ...ENCRYPTED, ...checked } };
}

export async function uploadPart(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  context: Context,
): Promise<RestXmlAnswer> {
  const upload = uploadOf(request, context.buckets.get(bucketName), key);
  const text = request.query.get('partNumber') ?? '';
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS)
    throw invalidArgument(
      'partNumber',
      text,
      'Part number must be an integer between 1 and 10000, inclusive',
    );
  const { blob, md5, checksum } = await receiveUpload(request, context.blobs(), upload.checksum?.name);
  const replaced = upload.parts.get(number);
  upload.parts.set(number, { number, blob, md5, checksum, modifiedAt: context.now() });
  if (replaced) await context.blobs().remove(replaced.blob);
  return {
    status: 200,
    headers: { ETag: `"${md5}"`, ...ENCRYPTED, [headerFor(checksum.name)]: checksum.base64 },
  };
}

export async function abortUpload(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  context: Context,
): Promise<RestXmlAnswer> {
  const bucket = context.buckets.get(bucketName);
  await discard(uploadOf(request, bucket, key), bucket, context);
  return { status: 204 };
}

export function uploadOf({ query }: RestXmlRequest, { uploads }: Bucket, key: string): MultipartUpload {
  const id = query.get('uploadId') ?? '';
  const upload = uploads.get(id);
  if (upload?.key !== key) throw noSuchUpload(id);
  return upload;
}

export async function discard(
  { id, parts }: MultipartUpload,
  { uploads }: Bucket,
  { blobs }: Context,
): Promise<void> {
  uploads.delete(id);
  for (const { blob } of parts.values()) await blobs().remove(blob);
}
