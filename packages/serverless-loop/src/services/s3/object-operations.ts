import { boolean, integer, type Read, stream, text, timestamp } from '../../aws/members.ts';
import { objectAcl } from './acl-operations.ts';
import { OBJECT_ACL_HEADERS } from './acl-reading.ts';
import type { StoredObject } from './buckets.ts';
import {
  isNotModified,
  READ_CONDITIONS,
  refuseUnmetRead,
  refuseUnmetWrite,
  WRITE_CONDITIONS,
} from './conditions.ts';
import { bucketOf, operation, type S3Context, s3Arn, versionNeeds } from './context.ts';
import { KEPT_HEADERS, keptHeaders } from './kept-headers.ts';
import type { EventName } from './notifications/object-event.ts';
import { asMembers, CHECKSUM_HEADERS, CHECKSUM_TYPE_HEADER, type ObjectChecksum } from './object-checksum.ts';
import { PART_INPUT, type ReadPart, readPart } from './object-parts.ts';
import { keep, removeObject, removeVersionOf } from './objects.ts';
import { type ByteRange, readRange } from './range.ts';
import { ENCRYPTED, ENCRYPTION, OBJECT, VERSION_HEADER, VERSION_ID } from './shapes.ts';
import { TAGGING_HEADER, taggingHeader } from './tags.ts';
import { receiveUpload, UPLOAD } from './upload.ts';
import { objectOf, toldVersion } from './versions.ts';

/** HTTP lets a header hold these alone (RFC 9110, 5.5). */
const SENDABLE = {
  at: 'query',
  pattern: '[\\t\\x20-\\x7e\\x80-\\xff]*',
  reason: 'The value can not stand in a header.',
} as const;

/** Headers of the answer that a request sets, as presigned URLs do. */
const OVERRIDES = {
  ResponseCacheControl: text({ ...SENDABLE, name: 'response-cache-control' }),
  ResponseContentDisposition: text({ ...SENDABLE, name: 'response-content-disposition' }),
  ResponseContentEncoding: text({ ...SENDABLE, name: 'response-content-encoding' }),
  ResponseContentLanguage: text({ ...SENDABLE, name: 'response-content-language' }),
  ResponseContentType: text({ ...SENDABLE, name: 'response-content-type' }),
  ResponseExpires: text({ ...SENDABLE, name: 'response-expires' }),
} as const;

const READ = {
  ...OBJECT,
  ...READ_CONDITIONS,
  ...PART_INPUT,
  ...OVERRIDES,
  ChecksumMode: text({ at: 'header', name: 'x-amz-checksum-mode' }),
  VersionId: VERSION_ID,
} as const;

const DESCRIPTION = {
  StatusCode: integer({ at: 'status' }),
  ...KEPT_HEADERS,
  ETag: text({ at: 'header', name: 'ETag' }),
  LastModified: timestamp({ at: 'header', name: 'Last-Modified' }),
  AcceptRanges: text({ at: 'header', name: 'accept-ranges' }),
  ContentLength: integer({ at: 'header', name: 'Content-Length' }),
  ContentRange: text({ at: 'header', name: 'Content-Range' }),
  TagCount: integer({ at: 'header', name: 'x-amz-tagging-count' }),
  PartsCount: integer({ at: 'header', name: 'x-amz-mp-parts-count' }),
  VersionId: VERSION_HEADER,
  ...ENCRYPTION,
  ...CHECKSUM_HEADERS,
  ChecksumType: CHECKSUM_TYPE_HEADER,
} as const;

/** Writes an object from a request's body, and tells of it under a name: a browser's form writes as PutObject does. */
export function writeOperation(name: EventName) {
  return operation({
    route: 'PUT /{Bucket}/{Key+}',
    action: 'PutObject',
    input: {
      ...OBJECT,
      ...WRITE_CONDITIONS,
      ...OBJECT_ACL_HEADERS,
      ...KEPT_HEADERS,
      ...UPLOAD,
      Tagging: TAGGING_HEADER,
    },
    output: {
      ETag: text({ at: 'header', name: 'ETag' }),
      ...ENCRYPTION,
      ...CHECKSUM_HEADERS,
      ChecksumType: CHECKSUM_TYPE_HEADER,
      VersionId: VERSION_HEADER,
    },
    needs: s3Arn,
    async handle(input, context, call) {
      const { Key: key } = input;
      const bucket = bucketOf(input, context);
      const refuse = () => refuseUnmetWrite(input, bucket.objects.get(key), key);
      refuse();
      const tags = taggingHeader(input.Tagging);
      const acl = objectAcl(input, bucket, context.place);
      const { blob, md5, checksum: received } = await receiveUpload(input, context.blobs());
      const etag = `"${md5}"`;
      const checksum: ObjectChecksum = { ...received, type: 'FULL_OBJECT' };
      const modifiedAt = context.now();
      const headers = keptHeaders(input);
      const object = { key, blob, etag, modifiedAt, headers, checksum, tags, ...acl };
      const { versionId } = await keep(bucket, object, { name, call, refuse }, context);
      return { ETag: etag, ...ENCRYPTED, ...asMembers(checksum), VersionId: versionId };
    },
  });
}

export const OBJECT_OPERATIONS = {
  PutObject: writeOperation('ObjectCreated:Put'),

  GetObject: operation({
    route: 'GET /{Bucket}/{Key+}',
    input: READ,
    output: { ...DESCRIPTION, Body: stream({ at: 'payload' }) },
    needs: versionNeeds('s3:GetObjectVersion'),
    handle(input, context) {
      const { object, range, description } = readObject(input, context, 'GET');
      if (description.StatusCode === 304) return description;
      return { ...description, Body: context.blobs().read(object.blob, range) };
    },
  }),

  /** The same without the bytes. */
  HeadObject: operation({
    route: 'HEAD /{Bucket}/{Key+}',
    action: 'GetObject',
    input: READ,
    output: DESCRIPTION,
    needs: versionNeeds('s3:GetObjectVersion'),
    handle: (input, context) => readObject(input, context, 'HEAD').description,
  }),

  /** Nothing there is as good as deleted. */
  DeleteObject: operation({
    route: 'DELETE /{Bucket}/{Key+}',
    status: 204,
    input: { ...OBJECT, VersionId: VERSION_ID },
    output: {
      DeleteMarker: boolean({ at: 'header', name: 'x-amz-delete-marker' }),
      VersionId: VERSION_HEADER,
    },
    needs: versionNeeds('s3:DeleteObjectVersion'),
    async handle(input, context, call) {
      const bucket = bucketOf(input, context);
      const { Key: key, VersionId: versionId } = input;
      if (versionId === undefined) return removeObject(bucket, key, call, context);
      const removed = await removeVersionOf(bucket, { key, versionId }, call, context);
      return removed ?? { VersionId: versionId };
    },
  }),
};

interface ReadObject {
  object: StoredObject;
  range?: ByteRange | undefined;
  description: (ReturnType<typeof describe> & { VersionId?: string }) | { StatusCode: 304; ETag: string };
}

function readObject(input: Read<typeof READ>, context: S3Context, method: 'GET' | 'HEAD'): ReadObject {
  const bucket = bucketOf(input, context);
  const object = objectOf(bucket, input.Key, { versionId: input.VersionId, method });
  refuseUnmetRead(input, object);
  if (isNotModified(input, object)) return { object, description: { StatusCode: 304, ETag: object.etag } };
  const part = readPart(input, object);
  const range = part ? part.range : readRange(input.Range, object.blob.sizeBytes);
  const description = { ...describe(object, input, { part, range }), ...toldVersion(bucket, object) };
  return { object, range, description };
}

function describe(
  { blob, etag, modifiedAt, headers, tags, checksum }: StoredObject,
  input: Read<typeof READ>,
  { part, range }: { part: ReadPart | undefined; range: ByteRange | undefined },
) {
  const { sizeBytes } = blob;
  const length = range ? range.to - range.from + 1 : sizeBytes;
  const isAsked = input.ChecksumMode?.toUpperCase() === 'ENABLED';
  // Of a range the checksum of the whole says nothing.
  const told = part ? part.checksums : length === sizeBytes ? asMembers(checksum) : {};
  return {
    StatusCode: range ? 206 : 200,
    ...headers,
    CacheControl: input.ResponseCacheControl ?? headers.CacheControl,
    ContentDisposition: input.ResponseContentDisposition ?? headers.ContentDisposition,
    ContentEncoding: input.ResponseContentEncoding ?? headers.ContentEncoding,
    ContentLanguage: input.ResponseContentLanguage ?? headers.ContentLanguage,
    ContentType: input.ResponseContentType ?? headers.ContentType,
    Expires: input.ResponseExpires ?? headers.Expires,
    ETag: etag,
    LastModified: modifiedAt,
    AcceptRanges: 'bytes',
    ContentLength: length,
    ContentRange: range ? `bytes ${range.from}-${range.to}/${sizeBytes}` : undefined,
    // It is told with an object that has any.
    TagCount: tags.length || undefined,
    PartsCount: part?.count,
    ...ENCRYPTED,
    ...(isAsked && told),
  };
}
