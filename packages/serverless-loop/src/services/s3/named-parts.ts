import { integer, type Read, structure, text } from '../../aws/members.ts';
import type { MultipartUpload, UploadedPart } from './buckets.ts';
import { CHECKSUM_ELEMENTS, checksumIn, namesIn } from './object-checksum.ts';
import { s3Error } from './s3-errors.ts';

/** S3 User Guide, "Amazon S3 multipart upload limits". */
const MIN_PART_BYTES = 5 * 1024 * 1024;

const MEMBERS = { PartNumber: integer(), ETag: text(), ...CHECKSUM_ELEMENTS } as const;

export const NAMED_PART = structure(MEMBERS);

type NamedPart = Read<typeof MEMBERS>;

/** The parts that a client names, each as it was uploaded, in ascending order. Throws S3's error for any other. */
export function namedParts(named: NamedPart[], upload: MultipartUpload): UploadedPart[] {
  if (named.length === 0) throw s3Error('InvalidRequest', 'You must specify at least one part');
  refuseUnchecked(named, upload);
  const parts = named.map((part) => namedPart(part, upload));
  if (parts.some(({ number }, at) => at > 0 && number <= (parts[at - 1]?.number ?? 0))) {
    throw s3Error(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
      400,
      { UploadId: upload.id },
    );
  }
  const small = parts.slice(0, -1).find(({ blob }) => blob.sizeBytes < MIN_PART_BYTES);
  if (small) throw tooSmall(small);
  return parts;
}

/** A composite checksum is of the parts' own, so each has to be named by it. */
function refuseUnchecked(named: NamedPart[], { checksum }: MultipartUpload): void {
  if (checksum?.type !== 'COMPOSITE') return;
  const unchecked = named.find((part) => namesIn(part).length === 0);
  if (!unchecked) return;
  throw s3Error(
    'InvalidRequest',
    `The upload was created using a ${checksum.name} checksum. The complete request must include the checksum for each part. It was missing for part ${unchecked.PartNumber} in the request.`,
  );
}

function namedPart(named: NamedPart, { id, parts, checksum }: MultipartUpload): UploadedPart {
  const { PartNumber = 0 } = named;
  const etag = named.ETag?.replaceAll('"', '') ?? '';
  const part = parts.get(PartNumber);
  const checked = namesIn(named);
  const other = checksum && checked.find((name) => name !== checksum.name);
  if (other) {
    throw s3Error(
      'BadDigest',
      `The ${other} you specified for part ${PartNumber} did not match what we received.`,
    );
  }
  const isChecksumRight = checked.every(
    (name) => checksum && part?.checksum.base64 === checksumIn(named, name),
  );
  if (part?.md5 === etag && isChecksumRight) return part;
  throw s3Error(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    400,
    { UploadId: id, PartNumber, ETag: etag },
  );
}

function tooSmall({ number, md5, blob }: UploadedPart) {
  return s3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
    ProposedSize: blob.sizeBytes,
    MinSizeAllowed: MIN_PART_BYTES,
    PartNumber: number,
    ETag: md5,
  });
}
