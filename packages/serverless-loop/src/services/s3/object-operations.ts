import type { RestXmlAnswer, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import type { Bucket, StoredObject } from './buckets.ts';
import { isNotModified, refuseUnmetConditions } from './conditions.ts';
import type { Context } from './context.ts';
import { ENCRYPTED } from './encryption-header.ts';
import { headerOf } from './header.ts';
import { checksumHeaders, type ObjectChecksum } from './object-checksum.ts';
import { readRange } from './range.ts';
import { invalidArgument, noSuchKey } from './s3-errors.ts';
import { tagCountHeader, taggingHeader } from './tags.ts';
import { receiveUpload } from './upload.ts';

/** Headers of an object's representation, which come back as they were put. */
const KEPT = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
  'x-amz-storage-class',
  'x-amz-website-redirect-location',
];

export async function putObject(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  context: Context,
): Promise<RestXmlAnswer> {
  const bucket = context.buckets.get(bucketName);
  refuseUnmetConditions(request, bucket.objects.get(key), key);
  const tags = taggingHeader(request);
  const { blob, md5, checksum: received } = await receiveUpload(request, context.blobs());
  const etag = `"${md5}"`;
  const checksum: ObjectChecksum = { ...received, type: 'FULL_OBJECT' };
  await keep(
    bucket,
    {
      key,
      blob,
      etag,
      modifiedAt: context.now(),
      headers: keptHeaders(request),
      checksum,
      tags,
    },
    context,
  );
  return { status: 200, headers: { ETag: etag, ...ENCRYPTED, ...checksumHeaders(checksum) } };
}

/** The object takes the place of the one under its key. */
export async function keep(bucket: Bucket, object: StoredObject, { blobs }: Context): Promise<void> {
  const replaced = bucket.objects.get(object.key);
  bucket.objects.set(object.key, object);
  if (replaced) await blobs().remove(replaced.blob);
}

export function keptHeaders(request: RestXmlRequest): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const name of Object.keys(request.headers)) {
    const value = headerOf(request, name);
    if (value === undefined || !(KEPT.includes(name) || name.startsWith('x-amz-meta-'))) continue;
    const own = name === 'content-encoding' ? value.replace(/(^|,\s*)aws-chunked(,\s*|$)/, '') : value;
    // The usual storage class is not told (S3 API reference, "HeadObject").
    if (own !== '' && !(name === 'x-amz-storage-class' && own === 'STANDARD')) kept[name] = own;
  }
  return kept;
}

/** GetObject, and HeadObject, which is the same without the bytes. */
export function getObject(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  { buckets, blobs }: Context,
): RestXmlAnswer {
  const object = objectOf(buckets.get(bucketName), key);
  refuseUnmetConditions(request, object, key);
  if (isNotModified(request, object)) return { status: 304, headers: { ETag: object.etag } };
  const { sizeBytes } = object.blob;
  const range = readRange(headerOf(request, 'range'), sizeBytes);
  const length = range ? range.to - range.from + 1 : sizeBytes;
  const headers = {
    ...describe(object),
    // Of a part the checksum of the whole says nothing.
    ...(length === sizeBytes &&
      headerOf(request, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED' &&
      checksumHeaders(object.checksum)),
    ...overrides(request),
    'Content-Length': String(length),
    ...(range && { 'Content-Range': `bytes ${range.from}-${range.to}/${sizeBytes}` }),
  };
  const status = range ? 206 : 200;
  return request.method === 'HEAD'
    ? { status, headers }
    : { status, headers, body: blobs().read(object.blob, range) };
}

export function objectOf(bucket: Bucket, key: string): StoredObject {
  const object = bucket.objects.get(key);
  if (!object) throw noSuchKey(key);
  return object;
}

function describe({ etag, modifiedAt, headers, tags }: StoredObject): Record<string, string> {
  return {
    ...headers,
    ETag: etag,
    'Last-Modified': new Date(modifiedAt).toUTCString(),
    'Accept-Ranges': 'bytes',
    ...tagCountHeader(tags),
    ...ENCRYPTED,
  };
}

/** What HTTP lets a header hold (RFC 9110, 5.5). */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** `response-content-type` and the like, as presigned URLs have them. */
function overrides({ query }: RestXmlRequest): Record<string, string> {
  const given = [...query].filter(([name]) => /^response-(cache|content|expires)/.test(name));
  for (const [name, value] of given)
    if (!SENDABLE.test(value)) throw invalidArgument(name, value, 'The value can not stand in a header.');
  return Object.fromEntries(given.map(([name, value]) => [name.slice('response-'.length), value]));
}

/** Nothing there is as good as deleted. */
export async function deleteObject(
  bucketName: string,
  key: string,
  { buckets, blobs }: Context,
): Promise<RestXmlAnswer> {
  const bucket = buckets.get(bucketName);
  const object = bucket.objects.get(key);
  bucket.objects.delete(key);
  if (object) await blobs().remove(object.blob);
  return { status: 204 };
}
