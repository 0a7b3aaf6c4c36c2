import { type Read, text } from '../../aws/members.ts';
import { CHECKSUMS, type ChecksumName } from './checksums.ts';
import { s3Error } from './s3-errors.ts';

/** Of all bytes, or of the checksums of an upload's parts. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

export interface ObjectChecksum {
  name: ChecksumName;
  type: ChecksumType;
  /** A composite one has the number of its parts behind a hyphen. */
  base64: string;
}

/** Checksums as headers, of which a request or an answer has one. */
export const CHECKSUM_HEADERS = {
  ChecksumCRC32: text({ at: 'header', name: 'x-amz-checksum-crc32' }),
  ChecksumCRC32C: text({ at: 'header', name: 'x-amz-checksum-crc32c' }),
  ChecksumCRC64NVME: text({ at: 'header', name: 'x-amz-checksum-crc64nvme' }),
  ChecksumSHA1: text({ at: 'header', name: 'x-amz-checksum-sha1' }),
  ChecksumSHA256: text({ at: 'header', name: 'x-amz-checksum-sha256' }),
} as const;

/** The same in XML. */
export const CHECKSUM_ELEMENTS = {
  ChecksumCRC32: text(),
  ChecksumCRC32C: text(),
  ChecksumCRC64NVME: text(),
  ChecksumSHA1: text(),
  ChecksumSHA256: text(),
} as const;

export type Checksums = Read<typeof CHECKSUM_ELEMENTS>;

export const CHECKSUM_TYPE_HEADER = text({ at: 'header', name: 'x-amz-checksum-type' });
export const CHECKSUM_ALGORITHM_HEADER = text({ at: 'header', name: 'x-amz-checksum-algorithm' });

/** S3's checksum of an object whose client asked for none (S3 User Guide, "Checking object integrity"). */
export const DEFAULT_CHECKSUM: ChecksumName = 'crc64nvme';

const LENGTHS: Record<ChecksumName, number> = { crc32: 4, crc32c: 4, crc64nvme: 8, sha1: 20, sha256: 32 };

const MEMBERS = {
  crc32: 'ChecksumCRC32',
  crc32c: 'ChecksumCRC32C',
  crc64nvme: 'ChecksumCRC64NVME',
  sha1: 'ChecksumSHA1',
  sha256: 'ChecksumSHA256',
} as const satisfies Record<ChecksumName, keyof Checksums>;

export function headerFor(name: ChecksumName): string {
  return `x-amz-checksum-${name}`;
}

export function checksumIn(checksums: Checksums, name: ChecksumName): string | undefined {
  return checksums[MEMBERS[name]];
}

/** Those that are given. */
export function namesIn(checksums: Checksums): ChecksumName[] {
  return CHECKSUMS.filter((name) => checksumIn(checksums, name) !== undefined);
}

/** A checksum under the name of its algorithm. */
export function asMember({ name, base64 }: { name: ChecksumName; base64: string }): Checksums {
  const checksums: Checksums = {};
  checksums[MEMBERS[name]] = base64;
  return checksums;
}

export function asMembers(checksum: ObjectChecksum): Checksums & { ChecksumType: ChecksumType } {
  return { ...asMember(checksum), ChecksumType: checksum.type };
}

/** The checksum that comes with a body, as a header or behind it as a trailer. Throws S3's error for two and for a malformed one. */
export function declaredChecksum(
  checksums: Checksums,
  announced: string | undefined,
): { name: ChecksumName; base64?: string } | undefined {
  const given = namesIn(checksums);
  if (given.length > 1) {
    throw s3Error(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  }
  const [name] = given;
  const base64 = name && checksumIn(checksums, name);
  if (name && base64 !== undefined) {
    refuseMalformed(name, base64);
    return { name, base64 };
  }
  const trailer = announced?.toLowerCase();
  const behind = CHECKSUMS.find((one) => trailer === headerFor(one));
  return behind && { name: behind };
}

export function refuseMalformed(name: ChecksumName, base64: string): void {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === LENGTHS[name] && bytes.toString('base64') === base64) return;
  throw s3Error('InvalidRequest', `Value for ${headerFor(name)} header is invalid.`);
}

/** The algorithm of `x-amz-checksum-algorithm`, where nothing is sent that it could be seen from. */
export function requestedAlgorithm(algorithm: string | undefined): ChecksumName | undefined {
  if (algorithm === undefined) return undefined;
  const found = CHECKSUMS.find((name) => name === algorithm.toLowerCase());
  if (found) return found;
  throw s3Error(
    'InvalidRequest',
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
  );
}

/** The check of an upload in parts (S3 API reference, "CreateMultipartUpload"); undefined when it asks for none. */
export function uploadChecksum(
  algorithm: string | undefined,
  askedType: string | undefined,
): { name: ChecksumName; type: ChecksumType } | undefined {
  const name = requestedAlgorithm(algorithm);
  const type = askedType?.toUpperCase();
  if (!name && type !== undefined) {
    throw s3Error(
      'InvalidRequest',
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  }
  if (!name) return undefined;
  if (type === undefined) return { name, type: name === 'crc64nvme' ? 'FULL_OBJECT' : 'COMPOSITE' };
  const isPossible = type === 'FULL_OBJECT' ? name.startsWith('crc') : name !== 'crc64nvme';
  if ((type === 'FULL_OBJECT' || type === 'COMPOSITE') && isPossible) return { name, type };
  throw s3Error(
    'InvalidRequest',
    `The ${type} checksum type cannot be used with the ${name} checksum algorithm.`,
  );
}
