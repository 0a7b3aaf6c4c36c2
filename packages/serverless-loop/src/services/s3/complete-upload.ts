import { createHash } from 'node:crypto';
import type { RestXmlAnswer, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import type { MultipartUpload, UploadedPart } from './buckets.ts';
import { CHECKSUMS, newChecksum } from './checksums.ts';
import { refuseUnmetConditions } from './conditions.ts';
import { type Context, xmlAnswer } from './context.ts';
import { writeDigested } from './digested-write.ts';
import { ENCRYPTED } from './encryption-header.ts';
import { headerOf } from './header.ts';
import { discard, uploadOf } from './multipart.ts';
import { namedParts } from './named-parts.ts';
import { checksumElements, DEFAULT_CHECKSUM, headerFor, type ObjectChecksum } from './object-checksum.ts';
import { keep } from './object-operations.ts';
import { s3Error } from './s3-errors.ts';
import { readText } from './small-body.ts';

/** Joins the parts that the client names to an object, whose entity tag tells their number (S3 API reference, "CompleteMultipartUpload"). */
export async function completeUpload(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  context: Context,
): Promise<RestXmlAnswer> {
  const bucket = context.buckets.get(bucketName);
  const upload = uploadOf(request, bucket, key);
  refuseUnmetConditions(request, bucket.objects.get(key), key);
  refuseOtherMode(request, upload);
  const parts = namedParts(await readText(request), upload);
  refuseOtherSize(request, parts);
  const blobs = context.blobs();
  async function* joined(): AsyncGenerator<Buffer> {
    for (const { blob } of parts) yield* blobs.read(blob);
  }
  const name = upload.checksum?.name ?? DEFAULT_CHECKSUM;
  const { blob, checksum: whole } = await writeDigested(joined(), name, blobs);
  const checksum: ObjectChecksum =
    upload.checksum?.type === 'COMPOSITE'
      ? { name, type: 'COMPOSITE', base64: composite(parts, name) }
      : { name, type: 'FULL_OBJECT', base64: whole };
  try {
    refuseOtherChecksum(request, checksum);
  } catch (error) {
    await blobs.remove(blob);
    throw error;
  }
  const md5 = createHash('md5');
  for (const part of parts) md5.update(Buffer.from(part.md5, 'hex'));
  const etag = `"${md5.digest('hex')}-${parts.length}"`;
  const { headers, tags } = upload;
  await keep(bucket, { key, blob, etag, modifiedAt: context.now(), headers, checksum, tags }, context);
  await discard(upload, bucket, context);
  const answer = xmlAnswer('CompleteMultipartUploadResult', [
    ['Location', locationOf(request, bucketName, key)],
    ['Bucket', bucketName],
    ['Key', key],
    ['ETag', etag],
    ...checksumElements(checksum),
  ]);
  return { ...answer, headers: ENCRYPTED };
}

/** Of the parts' checksums, and how many they are (S3 User Guide, "Checking object integrity", "Composite checksums"). */
function composite(parts: UploadedPart[], name: ObjectChecksum['name']): string {
  const checksum = newChecksum(name);
  for (const part of parts) checksum.update(Buffer.from(part.checksum.base64, 'base64'));
  return `${checksum.base64()}-${parts.length}`;
}

function refuseOtherMode(request: RestXmlRequest, { checksum }: MultipartUpload): void {
  const mode = headerOf(request, 'x-amz-checksum-type')?.toUpperCase();
  if (mode === undefined || mode === checksum?.type) return;
  throw s3Error(
    'InvalidRequest',
    `The upload was created using the ${checksum?.type ?? null} checksum mode. The complete request must use the same checksum mode.`,
  );
}

function refuseOtherSize(request: RestXmlRequest, parts: UploadedPart[]): void {
  const told = headerOf(request, 'x-amz-mp-object-size');
  const sizeBytes = parts.reduce((sum, { blob }) => sum + blob.sizeBytes, 0);
  if (told === undefined || Number(told) === sizeBytes) return;
  throw s3Error(
    'InvalidRequest',
    `The provided 'x-amz-mp-object-size' header value ${told} does not match what was computed: ${sizeBytes}`,
  );
}

/** What the client says the whole comes to. */
function refuseOtherChecksum(request: RestXmlRequest, { name, base64, type }: ObjectChecksum): void {
  if (type === 'COMPOSITE') return;
  const told = CHECKSUMS.find((one) => headerOf(request, headerFor(one)) !== undefined);
  if (!told || (told === name && headerOf(request, headerFor(told)) === base64)) return;
  throw s3Error('BadDigest', `The ${name} you specified did not match the calculated checksum.`);
}

/** The object's URL at the address that the client called. */
function locationOf(request: RestXmlRequest, bucketName: string, key: string): string {
  const path = [bucketName, ...key.split('/')].map(encodeURIComponent).join('/');
  return `http://${headerOf(request, 'host') ?? ''}/${path}`;
}
