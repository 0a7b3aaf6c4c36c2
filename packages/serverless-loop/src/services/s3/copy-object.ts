import { type Read, required, structure, text, timestamp } from '../../aws/members.ts';
import { objectAcl } from './acl-operations.ts';
import { OBJECT_ACL_HEADERS } from './acl-reading.ts';
import type { StoredObject } from './buckets.ts';
import { refuseUnmetSource, refuseUnmetWrite, SOURCE_CONDITIONS, WRITE_CONDITIONS } from './conditions.ts';
import { bucketOf, operation, refuseOtherOwner, type S3Context, s3Arn } from './context.ts';
import { decodeKey } from './decode-key.ts';
import { writeDigested } from './digested-write.ts';
import { KEPT_HEADERS, type KeptHeaders, keptHeaders } from './kept-headers.ts';
import {
  asMembers,
  CHECKSUM_ALGORITHM_HEADER,
  CHECKSUM_ELEMENTS,
  type ObjectChecksum,
  requestedAlgorithm,
} from './object-checksum.ts';
import { keep } from './objects.ts';
import { invalidArgument, s3Error } from './s3-errors.ts';
import { ENCRYPTED, ENCRYPTION, OBJECT, VERSION_HEADER } from './shapes.ts';
import { TAGGING_HEADER, taggingHeader } from './tags.ts';
import { objectOf, toldVersion } from './versions.ts';

/** The object that is copied, `[/]bucket/key`, percent-encoded. */
export const SOURCE = {
  CopySource: required(text({ at: 'header', name: 'x-amz-copy-source' })),
  ExpectedSourceBucketOwner: text({ at: 'header', name: 'x-amz-source-expected-bucket-owner' }),
  ...SOURCE_CONDITIONS,
} as const;

const COPY = {
  ...OBJECT,
  ...SOURCE,
  ...WRITE_CONDITIONS,
  ...OBJECT_ACL_HEADERS,
  ...KEPT_HEADERS,
  ServerSideEncryption: ENCRYPTION.ServerSideEncryption,
  ChecksumAlgorithm: CHECKSUM_ALGORITHM_HEADER,
  MetadataDirective: text({ at: 'header', name: 'x-amz-metadata-directive' }),
  TaggingDirective: text({ at: 'header', name: 'x-amz-tagging-directive' }),
  Tagging: TAGGING_HEADER,
} as const;

/** The version that was copied. */
export const SOURCE_VERSION = text({ at: 'header', name: 'x-amz-copy-source-version-id' });

/** Of the copy, and of what was copied. */
const COPIED_VERSIONS = {
  VersionId: VERSION_HEADER,
  CopySourceVersionId: SOURCE_VERSION,
} as const;

type CopyInput = Read<typeof COPY>;

export const COPY_OBJECT = {
  /** The copy is one object, in however many parts its source came. */
  CopyObject: operation({
    route: 'PUT /{Bucket}/{Key+}',
    header: 'x-amz-copy-source',
    action: 'PutObject',
    input: COPY,
    output: {
      ...ENCRYPTION,
      ...COPIED_VERSIONS,
      CopyObjectResult: structure(
        { LastModified: timestamp(), ETag: text(), ...CHECKSUM_ELEMENTS, ChecksumType: text() },
        { at: 'payload' },
      ),
    },
    needs: s3Arn,
    async handle(input, context, call) {
      const { Key: key } = input;
      const bucket = bucketOf(input, context);
      const { object: original, CopySourceVersionId } = sourceOf(input, context);
      const replaces = isReplace(input.MetadataDirective);
      const name = requestedAlgorithm(input.ChecksumAlgorithm) ?? original.checksum.name;
      const isInPlace = original === bucket.objects.get(key);
      // In a bucket that says how to encrypt, a copy is encrypted so anew (LocalStack's record, test_s3.snapshot.json,
      // test_copy_in_place_with_bucket_encryption).
      if (isInPlace && !bucket.settings.has('encryption')) refuseUnchanged(input, replaces);
      refuseUnmetSource(input, original);
      const refuse = () => refuseUnmetWrite(input, bucket.objects.get(key), key);
      refuse();
      const tags = isReplace(input.TaggingDirective) ? taggingHeader(input.Tagging) : original.tags;
      // A copy has a list of its own request, or its owner's (S3 API reference, "CopyObject").
      const acl = objectAcl(input, bucket, context.place);
      const blobs = context.blobs();
      const { blob, md5, checksum: base64 } = await writeDigested(blobs.read(original.blob), name, blobs);
      const etag = `"${md5.toString('hex')}"`;
      const checksum: ObjectChecksum = { name, base64, type: 'FULL_OBJECT' };
      const modifiedAt = context.now();
      const headers = copiedHeaders(input, original, replaces);
      const object = { key, blob, etag, modifiedAt, headers, checksum, tags, ...acl };
      const kept = await keep(bucket, object, { name: 'ObjectCreated:Copy', call, refuse }, context);
      return {
        ...ENCRYPTED,
        ...toldVersion(bucket, kept),
        CopySourceVersionId,
        CopyObjectResult: { LastModified: modifiedAt, ETag: etag, ...asMembers(checksum) },
      };
    },
  }),
};

export function sourceOf(
  { CopySource, ExpectedSourceBucketOwner }: { CopySource: string; ExpectedSourceBucketOwner?: string },
  { buckets, place }: S3Context,
): { object: StoredObject; CopySourceVersionId: string | undefined } {
  refuseOtherOwner(ExpectedSourceBucketOwner, place);
  const [, bucketName, key, versionId] =
    /^\/?([^/]+)\/(.+?)(?:\?versionId=(.*))?$/.exec(decodeKey(CopySource)) ?? [];
  if (bucketName === undefined || key === undefined)
    throw invalidArgument('x-amz-copy-source', 'x-amz-copy-source', 'Invalid copy source object key');
  const bucket = buckets.get(bucketName);
  const object = objectOf(bucket, key, { versionId, method: 'GET' });
  return { object, CopySourceVersionId: toldVersion(bucket, object).VersionId };
}

/** True when something comes with the request instead of from the source, as it does by default. */
function isReplace(directive: string | undefined): boolean {
  return directive?.toUpperCase() === 'REPLACE';
}

/** Storage class and redirect are never copied: a copy has them of its own request, or by default. */
function copiedHeaders(input: CopyInput, { headers }: StoredObject, replaces: boolean): KeptHeaders {
  const own = keptHeaders(input);
  if (replaces) return own;
  const { StorageClass, WebsiteRedirectLocation } = own;
  return { ...headers, StorageClass, WebsiteRedirectLocation };
}

/**
 * A copy onto itself has to say something new, though it may be what was there before (LocalStack's record,
 * test_s3.snapshot.json, test_s3_copy_object_in_place).
 */
function refuseUnchanged(
  { ServerSideEncryption, StorageClass, WebsiteRedirectLocation }: CopyInput,
  replaces: boolean,
): void {
  if (replaces || (ServerSideEncryption ?? StorageClass ?? WebsiteRedirectLocation) !== undefined) return;
  throw s3Error(
    'InvalidRequest',
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}
