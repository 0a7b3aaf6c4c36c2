import type { RestXmlRequest } from '../../aws/rest-xml-service.ts';
import type { Element } from '../../aws/xml.ts';
import { CHECKSUMS, type ChecksumName } from './checksums.ts';
import { headerOf } from './header.ts';
import { s3Error } from './s3-errors.ts';

/** Of all bytes, or of the checksums of an upload's parts. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

export interface ObjectChecksum {
  name: ChecksumName;
  type: ChecksumType;
  /** A composite one has the number of its parts behind a hyphen. */
  base64: string;
}

/** What S3 computes of an object whose client asked for nothing (S3 User Guide, "Checking object integrity"). */
export const DEFAULT_CHECKSUM: ChecksumName = 'crc64nvme';

const LENGTHS: Record<ChecksumName, number> = { crc32: 4, crc32c: 4, crc64nvme: 8, sha1: 20, sha256: 32 };

export function headerFor(name: ChecksumName): string {
  return `x-amz-checksum-${name}`;
}

/** As XML calls it, e.g. `ChecksumCRC32`. */
export function elementFor(name: ChecksumName): string {
  return `Checksum${name.toUpperCase()}`;
}

export function checksumHeaders({ name, base64, type }: ObjectChecksum): Record<string, string> {
  return { [headerFor(name)]: base64, 'x-amz-checksum-type': type };
}

export function checksumElements({ name, base64, type }: ObjectChecksum): Element[] {
  return [
    [elementFor(name), base64],
    ['ChecksumType', type],
  ];
}

/** The checksum that comes with a body, as a header or behind it as a trailer. Throws S3's error for two and for a malformed one. */
export function declaredChecksum(
  request: RestXmlRequest,
): { name: ChecksumName; base64?: string } | undefined {
  const given = CHECKSUMS.filter((name) => headerOf(request, headerFor(name)) !== undefined);
  if (given.length > 1) {
    throw s3Error(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  }
  const [name] = given;
  const base64 = name && headerOf(request, headerFor(name));
  if (name && base64 !== undefined) {
    refuseMalformed(name, base64);
    return { name, base64 };
  }
  const trailer = headerOf(request, 'x-amz-trailer')?.toLowerCase();
  const announced = CHECKSUMS.find((one) => trailer === headerFor(one));
  return announced && { name: announced };
}

export function refuseMalformed(name: ChecksumName, base64: string): void {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === LENGTHS[name] && bytes.toString('base64') === base64) return;
  throw s3Error('InvalidRequest', `Value for ${headerFor(name)} header is invalid.`);
}

/** The algorithm of `x-amz-checksum-algorithm`, where nothing is sent that it could be seen from. */
export function requestedAlgorithm(request: RestXmlRequest): ChecksumName | undefined {
  const text = headerOf(request, 'x-amz-checksum-algorithm');
  if (text === undefined) return undefined;
  const found = CHECKSUMS.find((name) => name === text.toLowerCase());
  if (found) return found;
  throw s3Error(
    'InvalidRequest',
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
  );
}

/** How an upload in parts is checked (S3 API reference, "CreateMultipartUpload"); undefined when it asks for nothing. */
export function uploadChecksum(
  request: RestXmlRequest,
): { name: ChecksumName; type: ChecksumType } | undefined {
  const name = requestedAlgorithm(request);
  const type = headerOf(request, 'x-amz-checksum-type')?.toUpperCase();
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
