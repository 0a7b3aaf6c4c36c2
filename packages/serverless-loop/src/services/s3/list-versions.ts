import { boolean, integer, list, structure, text } from '../../aws/members.ts';
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
import { BUCKET } from './shapes.ts';

export const LIST_VERSIONS = {
  /** A bucket without versioning has one version of each object, whose id is null (S3 User Guide, "Using versioning"). */
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
      CommonPrefixes: COMMON_PREFIXES,
    },
    needs: s3Arn,
    handle(input, context) {
      const { Bucket, KeyMarker = '', VersionIdMarker = '' } = input;
      const { objects } = bucketOf(input, context);
      const most = mostOf(input.MaxKeys);
      const isAfter = (entry: string) => isBefore(KeyMarker, entry);
      const { items, last, encode, Prefix, listing, CommonPrefixes } = listingOf(
        inKeyOrder(objects.values()),
        input,
        most,
        isAfter,
      );
      const Owner = ownerOf(context.place);
      return {
        Name: Bucket,
        Prefix,
        KeyMarker: encode(KeyMarker),
        VersionIdMarker,
        NextKeyMarker: last === undefined ? undefined : encode(last),
        NextVersionIdMarker: last === undefined ? undefined : 'null',
        MaxKeys: most,
        ...listing,
        Versions: items.map((object) => ({
          ...listedObject(object, encode),
          VersionId: 'null',
          IsLatest: true,
          Owner,
        })),
        CommonPrefixes,
      };
    },
  }),
};
