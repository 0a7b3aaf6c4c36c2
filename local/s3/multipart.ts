import { createHash, randomBytes } from 'node:crypto';
import type { RestXmlAnswer, RestXmlRequest } from '../aws/rest-xml-service.ts';
import type { Element } from '../aws/xml.ts';
import { childrenOf, childText, malformedXml, type XmlElement } from '../aws/xml-reader.ts';
import type { Bucket, MultipartUpload, UploadedPart } from './buckets.ts';
import { type Context, xmlAnswer } from './context.ts';
import { keep, keptHeaders } from './object-operations.ts';
import { invalidArgument, noSuchUpload, s3Error } from './s3-errors.ts';
import { readDocument } from './small-body.ts';
import { headerFor, receiveUpload } from './upload.ts';

/** S3 User Guide, "Amazon S3 multipart upload limits". */
const MOST_PARTS = 10_000;
const SMALLEST_PART_BYTES = 5 * 1024 * 1024;

export function createUpload(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  { buckets, now }: Context,
): RestXmlAnswer {
  const id = randomBytes(32).toString('base64url');
  const upload = { id, key, startedAt: now(), headers: keptHeaders(request), parts: new Map() };
  buckets.get(bucketName).uploads.set(id, upload);
  return xmlAnswer('InitiateMultipartUploadResult', [
    ['Bucket', bucketName],
    ['Key', key],
    ['UploadId', id],
  ]);
}

export async function uploadPart(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  context: Context,
): Promise<RestXmlAnswer> {
  const upload = uploadOf(request, context.buckets.get(bucketName), key);
  const text = request.query.get('partNumber') ?? '';
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS)
    throw invalidArgument(
      'partNumber',
      text,
      'Part number must be an integer between 1 and 10000, inclusive',
    );
  const { blob, md5, checksum } = await receiveUpload(request, context.blobs());
  const replaced = upload.parts.get(number);
  upload.parts.set(number, { number, blob, md5, modifiedAt: context.now() });
  if (replaced) await context.blobs().remove(replaced.blob);
  return {
    status: 200,
    headers: { ETag: `"${md5}"`, ...(checksum && { [headerFor(checksum.name)]: checksum.base64 }) },
  };
}

export async function completeUpload(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  context: Context,
): Promise<RestXmlAnswer> {
  const bucket = context.buckets.get(bucketName);
  const upload = uploadOf(request, bucket, key);
  const document = await readDocument(request, 'CompleteMultipartUpload');
  const parts = namedParts(childrenOf(document, 'Part'), upload);
  const blobs = context.blobs();
  async function* joined(): AsyncGenerator<Buffer> {
    for (const { blob } of parts) yield* blobs.read(blob);
  }
  const blob = await blobs.write(joined());
  const md5 = createHash('md5');
  for (const part of parts) md5.update(Buffer.from(part.md5, 'hex'));
  const etag = `"${md5.digest('hex')}-${parts.length}"`;
  await keep(bucket, { key, blob, etag, modifiedAt: context.now(), headers: upload.headers }, context);
  await discard(upload, bucket, context);
  return xmlAnswer('CompleteMultipartUploadResult', [
    ['Location', `/${bucketName}/${key}`],
    ['Bucket', bucketName],
    ['Key', key],
    ['ETag', etag],
  ]);
}

export async function abortUpload(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  context: Context,
): Promise<RestXmlAnswer> {
  const bucket = context.buckets.get(bucketName);
  await discard(uploadOf(request, bucket, key), bucket, context);
  return { status: 204 };
}

export function listParts(
  request: RestXmlRequest,
  bucketName: string,
  key: string,
  { buckets }: Context,
): RestXmlAnswer {
  const { id, parts } = uploadOf(request, buckets.get(bucketName), key);
  const inOrder = [...parts.values()].sort((one, other) => one.number - other.number);
  return xmlAnswer('ListPartsResult', [
    ['Bucket', bucketName],
    ['Key', key],
    ['UploadId', id],
    ['IsTruncated', 'false'],
    ...inOrder.map(
      ({ number, blob, md5, modifiedAt }): Element => [
        'Part',
        [
          ['PartNumber', String(number)],
          ['LastModified', new Date(modifiedAt).toISOString()],
          ['ETag', `"${md5}"`],
          ['Size', String(blob.sizeBytes)],
        ],
      ],
    ),
  ]);
}

export function listUploads(bucketName: string, { buckets }: Context): RestXmlAnswer {
  const { uploads } = buckets.get(bucketName);
  return xmlAnswer('ListMultipartUploadsResult', [
    ['Bucket', bucketName],
    ['IsTruncated', 'false'],
    ...[...uploads.values()].map(
      ({ id, key, startedAt }): Element => [
        'Upload',
        [
          ['Key', key],
          ['UploadId', id],
          ['Initiated', new Date(startedAt).toISOString()],
        ],
      ],
    ),
  ]);
}

function uploadOf({ query }: RestXmlRequest, { uploads }: Bucket, key: string): MultipartUpload {
  const id = query.get('uploadId') ?? '';
  const upload = uploads.get(id);
  if (upload?.key !== key) throw noSuchUpload(id);
  return upload;
}

async function discard(
  { id, parts }: MultipartUpload,
  { uploads }: Bucket,
  { blobs }: Context,
): Promise<void> {
  uploads.delete(id);
  for (const { blob } of parts.values()) await blobs().remove(blob);
}

/** The parts that the client names, each as it was uploaded, in ascending order. */
function namedParts(named: XmlElement[], { parts }: MultipartUpload): UploadedPart[] {
  if (named.length === 0) throw malformedXml();
  const found = named.map((element) => {
    const part = parts.get(Number(childText(element, 'PartNumber')));
    const etag = childText(element, 'ETag')?.replaceAll('"', '');
    if (!part || part.md5 !== etag) {
      throw s3Error(
        'InvalidPart',
        "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      );
    }
    return part;
  });
  if (found.some(({ number }, at) => at > 0 && number <= (found[at - 1]?.number ?? 0)))
    throw s3Error(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
    );
  if (found.slice(0, -1).some(({ blob }) => blob.sizeBytes < SMALLEST_PART_BYTES))
    throw s3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  return found;
}
