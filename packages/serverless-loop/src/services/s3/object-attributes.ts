import {
  boolean,
  integer,
  list,
  type Read,
  structure,
  text,
  timestamp,
  type Written,
} from '../../aws/members.ts';
import type { StoredObject } from './buckets.ts';
import { bucketOf, operation, versionNeeds } from './context.ts';
import { MAX_PAGE_ITEMS, mostOf } from './list-page.ts';
import { asMember, asMembers, CHECKSUM_ELEMENTS } from './object-checksum.ts';
import { invalidArgument, s3Error } from './s3-errors.ts';
import { OBJECT, VERSION_HEADER, VERSION_ID } from './shapes.ts';
import { objectOf, toldVersion } from './versions.ts';

const ATTRIBUTES = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];

const PARTS = {
  TotalPartsCount: integer({ name: 'PartsCount' }),
  PartNumberMarker: integer(),
  NextPartNumberMarker: integer(),
  MaxParts: integer(),
  IsTruncated: boolean(),
  Parts: list(structure({ PartNumber: integer(), Size: integer(), ...CHECKSUM_ELEMENTS }), {
    name: 'Part',
    flat: true,
  }),
} as const;

const INPUT = {
  ...OBJECT,
  VersionId: VERSION_ID,
  ObjectAttributes: list(text(), { at: 'header', name: 'x-amz-object-attributes' }),
  MaxParts: integer({ at: 'header', name: 'x-amz-max-parts', min: 0 }),
  PartNumberMarker: integer({ at: 'header', name: 'x-amz-part-number-marker', min: 0 }),
} as const;

export const OBJECT_ATTRIBUTES = {
  /** S3 API reference, "GetObjectAttributes"; what its text leaves open as LocalStack's test_s3.snapshot.json recorded it. */
  GetObjectAttributes: operation({
    route: 'GET /{Bucket}/{Key+}?attributes',
    root: 'GetObjectAttributesResponse',
    input: INPUT,
    output: {
      LastModified: timestamp({ at: 'header', name: 'Last-Modified' }),
      VersionId: VERSION_HEADER,
      ETag: text(),
      Checksum: structure({ ...CHECKSUM_ELEMENTS, ChecksumType: text() }),
      ObjectParts: structure(PARTS),
      StorageClass: text(),
      ObjectSize: integer(),
    },
    needs: versionNeeds('s3:GetObjectVersionAttributes'),
    handle(input, context) {
      const asked = input.ObjectAttributes ?? [];
      // Both refusals as S3 answered (versity/versitygw, issues 915 and 917).
      if (asked.join('') === '')
        throw s3Error(
          'InvalidRequest',
          'The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty',
        );
      if (!asked.every((name) => ATTRIBUTES.includes(name)))
        throw invalidArgument(
          'x-amz-object-attributes',
          asked.join(','),
          'Invalid attribute name specified.',
        );
      const bucket = bucketOf(input, context);
      const object = objectOf(bucket, input.Key, { versionId: input.VersionId });
      const { etag, checksum, headers, blob, modifiedAt } = object;
      const told = <Value>(name: string, value: Value) => (asked.includes(name) ? value : undefined);
      // In the order in which S3 answers, whatever the request's is.
      return {
        LastModified: modifiedAt,
        ...toldVersion(bucket, object),
        ETag: told('ETag', etag.replaceAll('"', '')),
        // The number of parts behind a composite checksum is told by ObjectParts.
        Checksum: told('Checksum', asMembers({ ...checksum, base64: checksum.base64.replace(/-\d+$/, '') })),
        ObjectParts: told('ObjectParts', partsOf(object, input)),
        StorageClass: told('StorageClass', headers.StorageClass ?? 'STANDARD'),
        ObjectSize: told('ObjectSize', blob.sizeBytes),
      };
    },
  }),
};

/** The parts one by one where the whole's checksum is made of theirs; of others only how many there are. */
function partsOf(
  { parts, checksum }: StoredObject,
  { MaxParts = MAX_PAGE_ITEMS, PartNumberMarker = 0 }: Read<typeof INPUT>,
): Written<typeof PARTS> | undefined {
  if (!parts) return undefined;
  if (checksum.type !== 'COMPOSITE') return { TotalPartsCount: parts.length };
  const following = parts.filter(({ number }) => number > PartNumberMarker);
  const listed = following.slice(0, mostOf(MaxParts));
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker,
    NextPartNumberMarker: listed.at(-1)?.number ?? 0,
    MaxParts: mostOf(MaxParts),
    IsTruncated: listed.length < following.length,
    Parts: listed.map((part) => ({
      PartNumber: part.number,
      Size: part.sizeBytes,
      ...(part.checksum && asMember(part.checksum)),
    })),
  };
}
