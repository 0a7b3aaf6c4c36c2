import type { RestXmlAnswer, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import { objectAcl } from './acl-operations.ts';
import type { StoredObject } from './buckets.ts';
import { refuseUnmetConditions, refuseUnmetSourceConditions } from './conditions.ts';
import { type Context, xmlAnswer } from './context.ts';
import { decodeKey } from './decode-key.ts';
import { writeDigested } from './digested-write.ts';
import { ENCRYPTED } from './encryption-header.ts';
import { headerOf } from './header.ts';
import { checksumElements, type ObjectChecksum, requestedAlgorithm } from './object-checksum.ts';
import { keep, keptHeaders, objectOf } from './object-operations.ts';
import { invalidArgument, s3Error } from './s3-errors.ts';
import { taggingHeader } from './tags.ts';

/** `x-amz-copy-source`: `[/]bucket/key`, percent-encoded. What is copied is one object, in however many parts it came. */
export async function copyObject(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  source: string,
  context: Context,
): Promise<RestXmlAnswer> {
  const bucket = context.buckets.get(bucketName);
  const original = sourceOf(source, context);
  const replaces = directive(request, 'x-amz-metadata-directive');
  const name = requestedAlgorithm(request) ?? original.checksum.name;
  const isInPlace = original === bucket.objects.get(key);
  // Where the bucket says how to encrypt, a copy is encrypted so anew (LocalStack's record, test_s3.snapshot.json,
  // test_copy_in_place_with_bucket_encryption).
  if (isInPlace && !bucket.settings.has('encryption')) refuseUnchanged(request, replaces);
  refuseUnmetSourceConditions(request, original);
  refuseUnmetConditions(request, bucket.objects.get(key), key);
  const tags = directive(request, 'x-amz-tagging-directive') ? taggingHeader(request) : original.tags;
  // A copy has a list of its own request, or its owner's (S3 API reference, "CopyObject").
  const acl = objectAcl(request, bucket, context.place);
  const blobs = context.blobs();
  const { blob, md5, checksum: base64 } = await writeDigested(blobs.read(original.blob), name, blobs);
  const etag = `"${md5.toString('hex')}"`;
  const checksum: ObjectChecksum = { name, base64, type: 'FULL_OBJECT' };
  const modifiedAt = context.now();
  const headers = copiedHeaders(request, original, replaces);
  await keep(bucket, { key, blob, etag, modifiedAt, headers, checksum, tags, ...acl }, context);
  const answer = xmlAnswer('CopyObjectResult', [
    ['LastModified', new Date(modifiedAt).toISOString()],
    ['ETag', etag],
    ...checksumElements(checksum),
  ]);
  return { ...answer, headers: ENCRYPTED };
}

export function sourceOf(source: string, { buckets }: Context): StoredObject {
  const [, bucketName, key] = /^\/?([^/]+)\/(.+?)(?:\?versionId=.*)?$/.exec(decodeKey(source)) ?? [];
  if (bucketName === undefined || key === undefined)
    throw invalidArgument('x-amz-copy-source', 'x-amz-copy-source', 'Invalid copy source object key');
  return objectOf(buckets.get(bucketName), key);
}

/** Whether something comes with the request instead of from the source, where it is copied by default. */
function directive(request: RestXmlRequest, name: string): boolean {
  return headerOf(request, name)?.toUpperCase() === 'REPLACE';
}

/** Never copied: a copy has them of its own request, or by default. */
const NOT_COPIED = ['x-amz-storage-class', 'x-amz-website-redirect-location'];

function copiedHeaders(
  request: RestXmlRequest,
  { headers }: StoredObject,
  replaces: boolean,
): Record<string, string> {
  const own = keptHeaders(request);
  if (replaces) return own;
  const copied = Object.entries(headers).filter(([name]) => !NOT_COPIED.includes(name));
  return Object.fromEntries([
    ...copied,
    ...Object.entries(own).filter(([name]) => NOT_COPIED.includes(name)),
  ]);
}

/**
 * A copy onto itself has to say something new, though it may be what was there before (LocalStack's record,
 * test_s3.snapshot.json, test_s3_copy_object_in_place).
 */
function refuseUnchanged(request: RestXmlRequest, replaces: boolean): void {
  const says = ['x-amz-server-side-encryption', ...NOT_COPIED].some(
    (name) => headerOf(request, name) !== undefined,
  );
  if (replaces || says) return;
  throw s3Error(
    'InvalidRequest',
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}
