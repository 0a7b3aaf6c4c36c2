import { integer, text } from '../../aws/members.ts';
import type { StoredObject, StoredPart } from './buckets.ts';
import { asMembers, type Checksums, type ChecksumType } from './object-checksum.ts';
import type { ByteRange } from './range.ts';
import { s3Error } from './s3-errors.ts';

/** S3 User Guide, "Amazon S3 multipart upload limits". */
const MAX_PARTS = 10_000;

export const PART_NUMBER = integer({
  at: 'query',
  name: 'partNumber',
  min: 1,
  max: MAX_PARTS,
  reason: `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`,
});

/** The part of an object that a read asks for. */
export const PART_INPUT = { Range: text({ at: 'header', name: 'Range' }), PartNumber: PART_NUMBER } as const;

/** One part of an object, as `partNumber` asks for it. */
export interface ReadPart {
  /** Undefined for an object without bytes. */
  range?: ByteRange;
  /** The number of the object's parts; absent of one that was put in one piece. */
  count?: number;
  checksums: Checksums & { ChecksumType?: ChecksumType };
}

/**
 * The part that a read asks for (S3 API reference, "GetObject"); undefined when it asks for the object. What was put in
 * one piece has one. Its checksum is told where the upload began with one (recorded in LocalStack's
 * test_s3.snapshot.json, test_get_object_part and test_get_object_part_checksum).
 */
export function readPart(
  { PartNumber, Range }: { PartNumber?: number; Range?: string },
  object: StoredObject,
): ReadPart | undefined {
  if (PartNumber === undefined) return undefined;
  if (Range !== undefined)
    throw s3Error('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
  const { parts = [wholeAsPart(object)], checksum } = object;
  let from = 0;
  for (const part of parts) {
    if (part.number === PartNumber) return found(part, from, checksum.type, object.parts);
    from += part.sizeBytes;
  }
  throw s3Error('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416, {
    ActualPartCount: parts.length,
    PartNumberRequested: PartNumber,
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
    ...(parts && { count: parts.length }),
    checksums: checksum ? asMembers({ ...checksum, type }) : {},
  };
}

function wholeAsPart({ blob, checksum }: StoredObject): StoredPart {
  return { number: 1, sizeBytes: blob.sizeBytes, checksum };
}
