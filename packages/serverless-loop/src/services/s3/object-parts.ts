import type { RestXmlRequest } from '../../aws/rest-xml-service.ts';
import type { StoredObject, StoredPart } from './buckets.ts';
import { headerOf } from './header.ts';
import { type ChecksumType, checksumHeaders } from './object-checksum.ts';
import type { ByteRange } from './range.ts';
import { invalidArgument, s3Error } from './s3-errors.ts';

/** S3 User Guide, "Amazon S3 multipart upload limits". */
const MOST_PARTS = 10_000;

/** One part of an object, as `partNumber` asks for it. */
export interface ReadPart {
  /** Undefined for an object without bytes. */
  range?: ByteRange;
  headers: Record<string, string>;
  checksumHeaders: Record<string, string>;
}

/**
 * The part that a read asks for (S3 API reference, "GetObject"); undefined when it asks for the object. What was put in
 * one piece has one. Its checksum is told where the upload began with one (recorded in LocalStack's
 * test_s3.snapshot.json, test_get_object_part and test_get_object_part_checksum).
 */
export function readPart(request: RestXmlRequest, object: StoredObject): ReadPart | undefined {
  const text = request.query.get('partNumber');
  if (text === null) return undefined;
  if (headerOf(request, 'range') !== undefined)
    throw s3Error('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
  const number = partNumberOf(request);
  const { parts = [wholeAsPart(object)], checksum } = object;
  let from = 0;
  for (const part of parts) {
    if (part.number === number) return found(part, from, checksum.type, object.parts);
    from += part.sizeBytes;
  }
  throw s3Error('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416, {
    ActualPartCount: parts.length,
    PartNumberRequested: number,
  });
}

function found(
  { sizeBytes, checksum }: StoredPart,
  from: number,
  type: ChecksumType,
  parts: readonly StoredPart[] | undefined,
): ReadPart {
  return {
    ...(sizeBytes > 0 && { range: { from, to: from + sizeBytes - 1 } }),
    headers: parts ? { 'x-amz-mp-parts-count': String(parts.length) } : {},
    checksumHeaders: checksum ? checksumHeaders({ ...checksum, type }) : {},
  };
}

function wholeAsPart({ blob, checksum }: StoredObject): StoredPart {
  return { number: 1, sizeBytes: blob.sizeBytes, checksum };
}

export function partNumberOf({ query }: RestXmlRequest): number {
  const text = query.get('partNumber') ?? '';
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= MOST_PARTS) return number;
  throw invalidArgument(
    'partNumber',
    text,
    `Part number must be an integer between 1 and ${MOST_PARTS}, inclusive`,
  );
}
