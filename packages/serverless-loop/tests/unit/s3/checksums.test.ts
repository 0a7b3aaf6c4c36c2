import { expect, test } from 'vitest';
import { type ChecksumName, newChecksum } from '../../../src/services/s3/checksums.ts';

// The check values of the catalogue of parametrised CRC algorithms, and of FIPS 180-4.
test.each<[ChecksumName, string]>([
  ['crc32', 'cbf43926'],
  ['crc32c', 'e3069283'],
  ['crc64nvme', 'ae8b14860a799888'],
  ['sha1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
  ['sha256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
])('%s of the digits, in whatever pieces they come', (name, hexadecimal) => {
  for (const pieces of [['123456789'], ['1', '2345', '', '6789']]) {
    const checksum = newChecksum(name);
    for (const piece of pieces) checksum.update(Buffer.from(piece));
    expect(Buffer.from(checksum.base64(), 'base64').toString('hex')).toBe(hexadecimal);
  }
});
