import { boolean, integer, list, structure, text, timestamp } from '../../aws/members.ts';
import type { Bucket, DeleteMarker, Version } from './buckets.ts';
import { bucketOf, operation, s3Arn } from './context.ts';
import {
  COMMON_PREFIXES,
  count,
  inKeyOrder,
  isBefore,
  LIST_INPUT,
  LISTED_OBJECT,
  LISTING,
  listedObject,
  listingOf,
  mostOf,
} from './list-page.ts';
import { ownerOf } from './owner.ts';
import { invalidArgument } from './s3-errors.ts';
import { BUCKET } from './shapes.ts';
import { orderAt, orderOf } from './version-ids.ts';
import { findVersion, idOf, isMarker, NULL_VERSION, versionsOf } from './versions.ts';

export const LIST_VERSIONS = {
  /**
   * All versions of a key follow each other, newest first. A bucket without versioning has one of each, whose id is null
   * (S3 User Guide, "Using versioning").
   */
  ListObjectVersions: operation({
    route: 'GET /{Bucket}?versions',
    root: 'ListVersionsResult',
    action: 'ListBucketVersions',
    input: {
      ...BUCKET,
      ...LIST_INPUT,
      MaxKeys: count('max-keys'),
      KeyMarker: text({ at: 'query', name: 'key-marker' }),
      VersionIdMarker: text({ at: 'query', name: 'version-id-marker' }),
    },
    output: {
      Name: text(),
      ...LISTING,
      KeyMarker: text(),
      VersionIdMarker: text(),
      MaxKeys: integer(),
      NextKeyMarker: text(),
      NextVersionIdMarker: text(),
      Versions: list(structure({ ...LISTED_OBJECT, VersionId: text(), IsLatest: boolean() }), {
        name: 'Version',
        flat: true,
      }),
      DeleteMarkers: list(
        structure({
          Key: text(),
          VersionId: text(),
          IsLatest: boolean(),
          LastModified: timestamp(),
          Owner: LISTED_OBJECT.Owner,
        }),
        { name: 'DeleteMarker', flat: true },
      ),
      CommonPrefixes: COMMON_PREFIXES,
    },
    needs: s3Arn,
    handle(input, context) {
      const { Bucket, KeyMarker = '', VersionIdMarker = '' } = input;
      if (VersionIdMarker !== '' && KeyMarker === '')
        throw invalidArgument(
          'version-id-marker',
          VersionIdMarker,
          'A version-id marker cannot be specified without a key marker.',
        );
      const bucket = bucketOf(input, context);
      const most = mostOf(input.MaxKeys);
      const after = VersionIdMarker === '' ? undefined : placeOf(bucket, KeyMarker, VersionIdMarker);
      const isAfter = (entry: string, { key, version }: Listed) =>
        isBefore(KeyMarker, entry) ||
        (key === KeyMarker && after !== undefined && placeOfVersion(version) < after);
      const { items, last, encode, Prefix, listing, CommonPrefixes } = listingOf(
        listedIn(bucket),
        input,
        most,
        isAfter,
      );
      const lastItem = items.at(-1);
      const Owner = ownerOf(context.place);
      return {
        Name: Bucket,
        Prefix,
        KeyMarker: encode(KeyMarker),
        VersionIdMarker,
        NextKeyMarker: last === undefined ? undefined : encode(last),
        // None of a common beginning.
        NextVersionIdMarker: lastItem && lastItem.key === last ? idOf(lastItem.version) : undefined,
        MaxKeys: most,
        ...listing,
        Versions: items.flatMap(({ version, isLatest }) =>
          isMarker(version)
            ? []
            : [{ ...listedObject(version, encode), VersionId: idOf(version), IsLatest: isLatest, Owner }],
        ),
        DeleteMarkers: items.flatMap(({ version, isLatest }) =>
          isMarker(version) ? [listedMarker(version, isLatest, encode, Owner)] : [],
        ),
        CommonPrefixes,
      };
    },
  }),
};

interface Listed {
  key: string;
  version: Version;
  isLatest: boolean;
}

function listedIn(bucket: Bucket): Listed[] {
  const keys = [...new Set([...bucket.objects.keys(), ...bucket.history.keys()])].map((key) => ({ key }));
  return inKeyOrder(keys).flatMap(({ key }) =>
    versionsOf(bucket, key).map((version, at) => ({ key, version, isLatest: at === 0 })),
  );
}

function listedMarker(
  { key, modifiedAt, ...version }: DeleteMarker,
  IsLatest: boolean,
  encode: (text: string) => string,
  Owner: { ID: string },
) {
  const VersionId = version.versionId ?? NULL_VERSION;
  return { Key: encode(key), VersionId, IsLatest, LastModified: modifiedAt, Owner };
}

/** Its place in time: a version that is gone has one too, so that a list goes on behind it. */
function placeOf(bucket: Bucket, key: string, versionId: string): bigint {
  const version = findVersion(bucket, key, versionId);
  if (version) return placeOfVersion(version);
  return versionId === NULL_VERSION ? 0n : orderOf(versionId);
}

function placeOfVersion({ versionId, modifiedAt }: Version): bigint {
  return versionId === undefined ? orderAt(modifiedAt) : orderOf(versionId);
}
