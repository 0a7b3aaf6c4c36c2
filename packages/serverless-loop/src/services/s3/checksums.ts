import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Takes bytes and gives their checksum in base64, as the `x-amz-checksum-…` headers have it. */
export interface Checksum {
  update(chunk: Buffer): void;
  base64(): string;
}

export const CHECKSUMS = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;

export type ChecksumName = (typeof CHECKSUMS)[number];

/** S3 User Guide, "Checking object integrity". */
export function newChecksum(name: ChecksumName): Checksum {
  switch (name) {
    case 'crc32':
      return crc32Checksum();
    case 'crc32c':
      return crc32cChecksum();
    case 'crc64nvme':
      return crc64Checksum();
    default: {
      const hash = createHash(name);
      return { update: (chunk) => void hash.update(chunk), base64: () => hash.digest('base64') };
    }
  }
}

function crc32Checksum(): Checksum {
  let value = 0;
  return {
    update(chunk) {
      value = crc32(chunk, value);
    },
    base64: () => base64Of32(value),
  };
}

/** Castagnoli's polynomial, reflected. */
const CRC32C = table32(0x82f63b78);

function crc32cChecksum(): Checksum {
  let value = 0xffffffff;
  return {
    update(chunk) {
      // In a variable of its own and by index: twice as fast as by the closure's and an iterator.
      let crc = value;
      for (let at = 0; at < chunk.length; at += 1)
        crc = (CRC32C[(crc ^ (chunk[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
      value = crc;
    },
    base64: () => base64Of32(~value >>> 0),
  };
}

function table32(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value;
  });
}

/** The polynomial of NVM Express, reflected, in two halves: a number holds no 64 bits. */
const NVME_HIGH = 0x9a6c9329;
const NVME_LOW = 0xac4bc9b5;
const CRC64_HIGH = new Int32Array(256);
const CRC64_LOW = new Int32Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    const odd = low & 1;
    low = (low >>> 1) | ((high & 1) << 31);
    high >>>= 1;
    if (odd) {
      high ^= NVME_HIGH;
      low ^= NVME_LOW;
    }
  }
  CRC64_HIGH[byte] = high;
  CRC64_LOW[byte] = low;
}

function crc64Checksum(): Checksum {
  let high = 0xffffffff | 0;
  let low = 0xffffffff | 0;
  return {
    update(chunk) {
      let upper = high;
      let lower = low;
      for (let at = 0; at < chunk.length; at += 1) {
        const entry = (lower ^ (chunk[at] ?? 0)) & 0xff;
        lower = ((lower >>> 8) | (upper << 24)) ^ (CRC64_LOW[entry] ?? 0);
        upper = (upper >>> 8) ^ (CRC64_HIGH[entry] ?? 0);
      }
      high = upper;
      low = lower;
    },
    base64() {
      const bytes = Buffer.alloc(8);
      bytes.writeInt32BE(~high, 0);
      bytes.writeInt32BE(~low, 4);
      return bytes.toString('base64');
    },
  };
}

function base64Of32(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0, 0);
  return bytes.toString('base64');
}
