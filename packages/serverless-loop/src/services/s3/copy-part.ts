import type { RestXmlAnswer, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import { refuseUnmetSourceConditions } from './conditions.ts';
import { type Context, xmlAnswer } from './context.ts';
import { sourceOf } from './copy-object.ts';
import { writeDigested } from './digested-write.ts';
import { ENCRYPTED } from './encryption-header.ts';
import { headerOf } from './header.ts';
import { keepPart, uploadOf } from './multipart.ts';
import { DEFAULT_CHECKSUM, elementFor } from './object-checksum.ts';
import { partNumberOf } from './object-parts.ts';
import type { ByteRange } from './range.ts';
import { invalidArgument, s3Error } from './s3-errors.ts';

const RANGE = 'x-amz-copy-source-range';

/** UploadPartCopy: a part of what an object here holds. The words are those of LocalStack's test_s3_api.snapshot.json, test_upload_part_copy_range. */
export async function copyPart(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  source: string,
  context: Context,
): Promise<RestXmlAnswer> {
  const upload = uploadOf(request, context.buckets.get(bucketName), key);
  const number = partNumberOf(request);
  const original = sourceOf(source, context);
  refuseUnmetSourceConditions(request, original);
  const range = copiedRange(headerOf(request, RANGE), original.blob.sizeBytes);
  const blobs = context.blobs();
  const name = upload.checksum?.name ?? DEFAULT_CHECKSUM;
  const written = await writeDigested(blobs.read(original.blob, range), name, blobs);
  const md5 = written.md5.toString('hex');
  const checksum = { name, base64: written.checksum };
  const { modifiedAt } = await keepPart(upload, number, { blob: written.blob, md5, checksum }, context);
  const answer = xmlAnswer('CopyPartResult', [
    ['LastModified', new Date(modifiedAt).toISOString()],
    ['ETag', `"${md5}"`],
    ...(upload.checksum ? [[elementFor(name), checksum.base64] as const] : []),
  ]);
  return { ...answer, headers: ENCRYPTED };
}

/** Both ends are named, and there. */
function copiedRange(text: string | undefined, sizeBytes: number): ByteRange | undefined {
  if (text === undefined) return undefined;
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  const range = { from: Number(first), to: Number(last) };
  if (first === undefined || range.from > range.to) {
    throw invalidArgument(
      RANGE,
      text,
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    );
  }
  if (range.from >= sizeBytes)
    throw s3Error('InvalidRequest', 'The specified copy range is invalid for the source object size');
  if (range.to >= sizeBytes)
    throw invalidArgument(
      RANGE,
      text,
      `Range specified is not valid for source object of size: ${sizeBytes}`,
    );
  return range;
}
