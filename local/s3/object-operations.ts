import type { RestXmlAnswer, RestXmlRequest } from '../aws/rest-xml-service.ts';
import type { Element } from '../aws/xml.ts';
import { childrenOf, childText, malformedXml } from '../aws/xml-reader.ts';
import type { Bucket, StoredObject } from './buckets.ts';
import { isNotModified, refuseUnmetConditions } from './conditions.ts';
import { type Context, xmlAnswer } from './context.ts';
import { headerOf } from './header.ts';
import { readRange } from './range.ts';
import { invalidArgument, noSuchKey, s3Error } from './s3-errors.ts';
import { readDocument } from './small-body.ts';
import { headerFor, receiveUpload } from './upload.ts';

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

/** S3 encrypts whatever it keeps (S3 User Guide, "Setting default server-side encryption"). */
const ENCRYPTED = { 'x-amz-server-side-encryption': 'AES256' };

export async function putObject(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  context: Context,
): Promise<RestXmlAnswer> {
  const bucket = context.buckets.get(bucketName);
  refuseUnmetConditions(request, bucket.objects.get(key));
  const { blob, md5, checksum } = await receiveUpload(request, context.blobs());
  const etag = `"${md5}"`;
  await keep(
    bucket,
    {
      key,
      blob,
      etag,
      modifiedAt: context.now(),
      headers: keptHeaders(request),
      ...(checksum && { checksum }),
    },
    context,
  );
  return {
    status: 200,
    headers: { ETag: etag, ...ENCRYPTED, ...(checksum && { [headerFor(checksum.name)]: checksum.base64 }) },
  };
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
    if (own !== '') kept[name] = own;
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
  refuseUnmetConditions(request, object);
  if (isNotModified(request, object)) return { status: 304, headers: { ETag: object.etag } };
  const { sizeBytes } = object.blob;
  const range = readRange(headerOf(request, 'range'), sizeBytes);
  const length = range ? range.to - range.from + 1 : sizeBytes;
  const headers = {
    ...describe(object),
    ...(!range && headerOf(request, 'x-amz-checksum-mode') === 'ENABLED' && checksumHeader(object)),
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

function describe({ etag, modifiedAt, headers }: StoredObject): Record<string, string> {
  return {
    ...headers,
    ETag: etag,
    'Last-Modified': new Date(modifiedAt).toUTCString(),
    'Accept-Ranges': 'bytes',
    ...ENCRYPTED,
  };
}

function checksumHeader({ checksum }: StoredObject): Record<string, string> {
  return checksum
    ? { [headerFor(checksum.name)]: checksum.base64, 'x-amz-checksum-type': 'FULL_OBJECT' }
    : {};
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

/** In one call at most (S3 API reference, "DeleteObjects"). */
const MOST_DELETED = 1000;

export async function deleteObjects(
  request: RestXmlRequest,
  bucketName: string,
  context: Context,
): Promise<RestXmlAnswer> {
  context.buckets.get(bucketName);
  const document = await readDocument(request, 'Delete');
  const keys = childrenOf(document, 'Object').map((object) => childText(object, 'Key'));
  if (keys.length === 0 || keys.length > MOST_DELETED) throw malformedXml();
  const deleted: Element[] = [];
  for (const key of keys) {
    if (key === undefined || key === '') throw malformedXml();
    await deleteObject(bucketName, key, context);
    deleted.push(['Deleted', [['Key', key]]]);
  }
  return xmlAnswer('DeleteResult', childText(document, 'Quiet') === 'true' ? [] : deleted);
}

/** `x-amz-copy-source`: `[/]bucket/key`, percent-encoded. */
export async function copyObject(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  source: string,
  context: Context,
): Promise<RestXmlAnswer> {
  const bucket = context.buckets.get(bucketName);
  const [, fromBucket = '', fromKey = ''] = /^\/?([^/]+)\/(.+?)(?:\?versionId=.*)?$/.exec(source) ?? [];
  const original = objectOf(context.buckets.get(fromBucket), decodeKey(fromKey));
  const blob = await context.blobs().write(context.blobs().read(original.blob));
  const replaces = headerOf(request, 'x-amz-metadata-directive') === 'REPLACE';
  const modifiedAt = context.now();
  await keep(
    bucket,
    { ...original, key, blob, modifiedAt, ...(replaces && { headers: keptHeaders(request) }) },
    context,
  );
  return xmlAnswer('CopyObjectResult', [
    ['LastModified', new Date(modifiedAt).toISOString()],
    ['ETag', original.etag],
  ]);
}

export function decodeKey(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw s3Error('InvalidURI', "Couldn't parse the specified URI.", 400, { URI: text });
  }
}
