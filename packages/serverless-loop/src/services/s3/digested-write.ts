import { createHash } from 'node:crypto';
import type { Blob, BlobFolder } from './blob-folder.ts';
import { type ChecksumName, newChecksum } from './checksums.ts';

export interface DigestedBlob {
  blob: Blob;
  md5: Buffer;
  /** In base64, of the algorithm that was asked for. */
  checksum: string;
}

/** Keeps what comes, and looks at each byte once for all that is told of it. */
export async function writeDigested(
  source: AsyncIterable<Buffer>,
  name: ChecksumName,
  blobs: BlobFolder,
  more: { update(chunk: Buffer): unknown }[] = [],
): Promise<DigestedBlob> {
  const md5 = createHash('md5');
  const checksum = newChecksum(name);
  const blob = await blobs.write(tapped(source, [md5, checksum, ...more]));
  return { blob, md5: md5.digest(), checksum: checksum.base64() };
}

async function* tapped(
  source: AsyncIterable<Buffer>,
  taps: { update(chunk: Buffer): unknown }[],
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    for (const tap of taps) tap.update(chunk);
    yield chunk;
  }
}
