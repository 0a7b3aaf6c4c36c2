import { randomBytes } from 'node:crypto';
import type { RestXmlAnswer, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import { objectAcl } from './acl-operations.ts';
import type { Bucket, MultipartUpload, UploadedPart } from './buckets.ts';
import { type Context, xmlAnswer } from './context.ts';
import { ENCRYPTED } from './encryption-header.ts';
import { headerFor, uploadChecksum } from './object-checksum.ts';
import { keptHeaders } from './object-operations.ts';
import { partNumberOf } from './object-parts.ts';
import { noSuchUpload } from './s3-errors.ts';
import { taggingHeader } from './tags.ts';
import { receiveUpload } from './upload.ts';

export function createUpload(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  { buckets, now, place }: Context,
): RestXmlAnswer {
  const id = randomBytes(32).toString('base64url');
  const bucket = buckets.get(bucketName);
  const checksum = uploadChecksum(request);
  const upload: MultipartUpload = {
    id,
    key,
    startedAt: now(),
    headers: keptHeaders(request),
    tags: taggingHeader(request),
    ...objectAcl(request, bucket, place),
    ...(checksum && { checksum }),
    parts: new Map(),
  };
  bucket.uploads.set(id, upload);
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
  const number = partNumberOf(request);
  const uploaded = await receiveUpload(request, context.blobs(), upload.checksum?.name);
  const { md5, checksum } = await keepPart(upload, number, uploaded, context);
  return {
    status: 200,
    headers: { ETag: `"${md5}"`, ...ENCRYPTED, [headerFor(checksum.name)]: checksum.base64 },
  };
}

/** The part takes the place of the one with its number. */
export async function keepPart(
  { parts }: MultipartUpload,
  number: number,
  uploaded: Pick<UploadedPart, 'blob' | 'md5' | 'checksum'>,
  { blobs, now }: Context,
): Promise<UploadedPart> {
  const part = { ...uploaded, number, modifiedAt: now() };
  const replaced = parts.get(number);
  parts.set(number, part);
  if (replaced) await blobs().remove(replaced.blob);
  return part;
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
