import { integer, list, structure, text, timestamp } from '../../aws/members.ts';
import type { MultipartUpload } from './buckets.ts';
import { bucketOf, operation, s3Arn } from './context.ts';
import {
  COMMON_PREFIXES,
  count,
  inKeyOrder,
  isBefore,
  LIST_INPUT,
  LISTING,
  listingOf,
  mostOf,
} from './list-page.ts';
import { initiatorOf, ownerOf } from './owner.ts';
import { BUCKET, INITIATOR, OWNER } from './shapes.ts';

/** The settings that an upload was begun with, as far as lists tell them. */
export const BEGUN = { StorageClass: text(), ChecksumAlgorithm: text(), ChecksumType: text() } as const;

export const LIST_UPLOADS = {
  /** By key, and those of one key as they began (S3 API reference, "ListMultipartUploads"). */
  ListMultipartUploads: operation({
    route: 'GET /{Bucket}?uploads',
    action: 'ListBucketMultipartUploads',
    input: {
      ...BUCKET,
      ...LIST_INPUT,
      MaxUploads: count('max-uploads'),
      KeyMarker: text({ at: 'query', name: 'key-marker' }),
      UploadIdMarker: text({ at: 'query', name: 'upload-id-marker' }),
    },
    output: {
      Bucket: text(),
      KeyMarker: text(),
      UploadIdMarker: text(),
      NextKeyMarker: text(),
      NextUploadIdMarker: text(),
      ...LISTING,
      MaxUploads: integer(),
      Uploads: list(
        structure({
          Key: text(),
          UploadId: text(),
          Initiator: INITIATOR,
          Owner: OWNER,
          ...BEGUN,
          Initiated: timestamp(),
        }),
        { name: 'Upload', flat: true },
      ),
      CommonPrefixes: COMMON_PREFIXES,
    },
    needs: s3Arn,
    handle(input, context) {
      const { Bucket, KeyMarker = '', UploadIdMarker = '' } = input;
      const most = mostOf(input.MaxUploads);
      const sorted = inKeyOrder(bucketOf(input, context).uploads.values());
      const markedAt = sorted.findIndex(({ key, id }) => key === KeyMarker && id === UploadIdMarker);
      const { items, encode, Prefix, listing, CommonPrefixes } = listingOf(
        sorted,
        input,
        most,
        (entry, upload) => isBefore(KeyMarker, entry) || (markedAt >= 0 && sorted.indexOf(upload) > markedAt),
      );
      const final = items.at(-1);
      return {
        Bucket,
        KeyMarker: encode(KeyMarker),
        UploadIdMarker,
        // Told of the last page too (LocalStack's record, test_s3_list_operations.snapshot.json,
        // test_list_multiparts_next_marker).
        NextKeyMarker: encode(final?.key ?? ''),
        NextUploadIdMarker: final?.id ?? '',
        // Told where it has an effect, unlike that of the other lists.
        Prefix: Prefix || undefined,
        MaxUploads: most,
        ...listing,
        Uploads: items.map((upload) => ({
          Key: encode(upload.key),
          UploadId: upload.id,
          Initiator: initiatorOf(context.place),
          Owner: ownerOf(context.place),
          ...begunWith(upload),
          Initiated: upload.startedAt,
        })),
        CommonPrefixes,
      };
    },
  }),
};

export function begunWith({ checksum, headers }: MultipartUpload) {
  return {
    StorageClass: headers.StorageClass ?? 'STANDARD',
    ChecksumAlgorithm: checksum?.name.toUpperCase(),
    ChecksumType: checksum?.type,
  };
}
