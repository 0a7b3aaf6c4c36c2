import { required, structure, text, timestamp } from '../../aws/members.ts';
import { refuseUnmetSource } from './conditions.ts';
import { bucketOf, operation, s3Arn } from './context.ts';
import { SOURCE, SOURCE_VERSION, sourceOf } from './copy-object.ts';
import { writeDigested } from './digested-write.ts';
import { keepPart, UPLOAD_ID, uploadOf } from './multipart.ts';
import { asMember, CHECKSUM_ELEMENTS, DEFAULT_CHECKSUM } from './object-checksum.ts';
import { PART_NUMBER } from './object-parts.ts';
import type { ByteRange } from './range.ts';
import { invalidArgument, s3Error } from './s3-errors.ts';
import { ENCRYPTED, ENCRYPTION, OBJECT } from './shapes.ts';

const RANGE = 'x-amz-copy-source-range';

export const COPY_PART = {
  /** A part of what an object here holds. The words are those of LocalStack's test_s3_api.snapshot.json, test_upload_part_copy_range. */
  UploadPartCopy: operation({
    route: 'PUT /{Bucket}/{Key+}',
    header: 'x-amz-copy-source',
    action: 'PutObject',
    input: {
      ...OBJECT,
      ...SOURCE,
      UploadId: UPLOAD_ID,
      PartNumber: required(PART_NUMBER),
      CopySourceRange: text({ at: 'header', name: RANGE }),
    },
    output: {
      ...ENCRYPTION,
      CopySourceVersionId: SOURCE_VERSION,
      CopyPartResult: structure(
        { LastModified: timestamp(), ETag: text(), ...CHECKSUM_ELEMENTS },
        { at: 'payload' },
      ),
    },
    needs: s3Arn,
    async handle(input, context) {
      const bucket = bucketOf(input, context);
      const upload = uploadOf(input, bucket);
      const { object: original, CopySourceVersionId } = sourceOf(input, context);
      refuseUnmetSource(input, original);
      const range = copiedRange(input.CopySourceRange, original.blob.sizeBytes);
      const blobs = context.blobs();
      const name = upload.checksum?.name ?? DEFAULT_CHECKSUM;
      const written = await writeDigested(blobs.read(original.blob, range), name, blobs);
      const md5 = written.md5.toString('hex');
      const checksum = { name, base64: written.checksum };
      const part = { blob: written.blob, md5, checksum };
      const { modifiedAt } = await keepPart({ bucket, upload }, input.PartNumber, part, context);
      return {
        ...ENCRYPTED,
        CopySourceVersionId,
        CopyPartResult: {
          LastModified: modifiedAt,
          ETag: `"${md5}"`,
          ...(upload.checksum && asMember(checksum)),
        },
      };
    },
  }),
};

/** Both ends are named, and there. */
function copiedRange(asked: string | undefined, sizeBytes: number): ByteRange | undefined {
  if (asked === undefined) return undefined;
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(asked) ?? [];
  const range = { from: Number(first), to: Number(last) };
  if (first === undefined || range.from > range.to) {
    throw invalidArgument(
      RANGE,
      asked,
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    );
  }
  if (range.from >= sizeBytes)
    throw s3Error('InvalidRequest', 'The specified copy range is invalid for the source object size');
  if (range.to >= sizeBytes)
    throw invalidArgument(
      RANGE,
      asked,
      `Range specified is not valid for source object of size: ${sizeBytes}`,
    );
  return range;
}
