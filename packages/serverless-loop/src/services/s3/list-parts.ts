import { boolean, integer, list, structure, text, timestamp } from '../../aws/members.ts';
import { bucketOf, operation, s3Arn } from './context.ts';
import { count, mostOf } from './list-page.ts';
import { BEGUN, begunWith } from './list-uploads.ts';
import { UPLOAD_ID, uploadOf } from './multipart.ts';
import { asMember, CHECKSUM_ELEMENTS } from './object-checksum.ts';
import { initiatorOf, ownerOf } from './owner.ts';
import { INITIATOR, OBJECT, OWNER } from './shapes.ts';

export const LIST_PARTS = {
  /** The parts of an upload by number (S3 API reference, "ListParts"); their checksums only where the upload began with one. */
  ListParts: operation({
    route: 'GET /{Bucket}/{Key+}',
    action: 'ListMultipartUploadParts',
    input: {
      ...OBJECT,
      UploadId: UPLOAD_ID,
      MaxParts: count('max-parts'),
      PartNumberMarker: count('part-number-marker'),
    },
    output: {
      Bucket: text(),
      Key: text(),
      UploadId: text(),
      Initiator: INITIATOR,
      Owner: OWNER,
      ...BEGUN,
      PartNumberMarker: integer(),
      NextPartNumberMarker: integer(),
      MaxParts: integer(),
      IsTruncated: boolean(),
      Parts: list(
        structure({
          PartNumber: integer(),
          LastModified: timestamp(),
          ETag: text(),
          ...CHECKSUM_ELEMENTS,
          Size: integer(),
        }),
        { name: 'Part', flat: true },
      ),
    },
    needs: s3Arn,
    handle(input, context) {
      const { Bucket, Key, UploadId, PartNumberMarker = 0 } = input;
      const upload = uploadOf(input, bucketOf(input, context));
      const most = mostOf(input.MaxParts);
      const following = [...upload.parts.values()]
        .filter(({ number }) => number > PartNumberMarker)
        .sort((one, other) => one.number - other.number);
      const listed = following.slice(0, most);
      return {
        Bucket,
        Key,
        UploadId,
        Initiator: initiatorOf(context.place),
        Owner: ownerOf(context.place),
        ...begunWith(upload),
        PartNumberMarker,
        NextPartNumberMarker: listed.at(-1)?.number ?? 0,
        MaxParts: most,
        IsTruncated: listed.length < following.length,
        Parts: listed.map(({ number, blob, md5, checksum, modifiedAt }) => ({
          PartNumber: number,
          LastModified: modifiedAt,
          ETag: `"${md5}"`,
          ...(upload.checksum && asMember(checksum)),
          Size: blob.sizeBytes,
        })),
      };
    },
  }),
};
