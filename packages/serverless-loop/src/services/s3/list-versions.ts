import { boolean, integer, list, structure, text } from '../../aws/members.ts';
import { bucketOf, operation, s3Arn } from './context.ts';
import {
  COMMON_PREFIXES,
  commonPrefixes,
  count,
  encoder,
  inKeyOrder,
  isBefore,
  LIST_INPUT,
  LISTED_OBJECT,
  listedObject,
  mostOf,
  pageOf,
  toldDelimiter,
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
      Prefix: text(),
      Delimiter: text(),
      KeyMarker: text(),
      VersionIdMarker: text(),
      MaxKeys: integer(),
      EncodingType: text(),
      IsTruncated: boolean(),
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
      const { Bucket, Prefix = '', KeyMarker = '', VersionIdMarker = '', EncodingType } = input;
      const { objects } = bucketOf(input, context);
      const encode = encoder(input);
      const most = mostOf(input.MaxKeys);
      const { items, prefixes, last } = pageOf(inKeyOrder(objects.values()), input, most, (entry) =>
        isBefore(KeyMarker, entry),
      );
      const Owner = ownerOf(context.place);
      return {
        Name: Bucket,
        Prefix: encode(Prefix),
        Delimiter: toldDelimiter(input, encode),
        KeyMarker: encode(KeyMarker),
        VersionIdMarker,
        MaxKeys: most,
        EncodingType,
        IsTruncated: last !== undefined,
        NextKeyMarker: last === undefined ? undefined : encode(last),
        NextVersionIdMarker: last === undefined ? undefined : 'null',
        Versions: items.map((object) => ({
          ...listedObject(object, encode),
          VersionId: 'null',
          IsLatest: true,
          Owner,
        })),
        CommonPrefixes: commonPrefixes(prefixes, encode),
      };
    },
  }),
};
