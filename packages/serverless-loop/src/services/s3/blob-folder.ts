import { createReadStream, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { ofFolder, writingTo } from '../../folder-error.ts';
import { isRunning } from '../../is-running.ts';
import { s3Error } from './s3-errors.ts';

/** Bytes that S3 keeps, in a file under a name of the loop's own. */
export interface Blob {
  file: string;
  sizeBytes: number;
}

export interface BlobFolder {
  /** Writes what comes, and nothing of it when it breaks off. Throws when there is no room left. */
  write(source: AsyncIterable<Buffer>): Promise<Blob>;
  /** From one byte to another, both included. */
  read(blob: Blob, range?: { from: number; to: number }): Readable;
  remove(blob: Blob): Promise<void>;
  stop(): void;
}

/** More than the artifacts of any template, and less than a disk. */
const MAX_BYTES = 4 * 1024 ** 3;

/** Files in a folder of this process under `parent`, removed when it stops; the folders of dead processes go with it. */
export function blobFolder(parent: string, mostBytes = MAX_BYTES): BlobFolder {
  writingTo(parent, () => mkdirSync(parent, { recursive: true, mode: 0o700 }));
  removeDeserted(parent);
  const folder = mkdtempSync(path.join(parent, `s3-${process.pid}-`));
  let usedBytes = 0;
  let count = 0;

  return {
    async write(source) {
      count += 1;
      const blob = { file: path.join(folder, String(count)), sizeBytes: 0 };
      const handle = await open(blob.file, 'wx', 0o600);
      try {
        for await (const chunk of source) {
          blob.sizeBytes += chunk.length;
          usedBytes += chunk.length;
          if (usedBytes > mostBytes) throw noRoom(mostBytes);
          // All of it: a write of its own may take less.
          await handle.writeFile(chunk);
        }
      } catch (error) {
        usedBytes -= blob.sizeBytes;
        await handle.close();
        await rm(blob.file, { force: true });
        throw ofFolder(parent, error);
      }
      await handle.close();
      return blob;
    },
    read({ file, sizeBytes }, range) {
      if (sizeBytes === 0) return Readable.from([]);
      // Open from now on: who reads it has it whole, whoever removes it meanwhile.
      const fd = openSync(file, 'r');
      return createReadStream('', { fd, ...(range && { start: range.from, end: range.to }) });
    },
    async remove({ file, sizeBytes }) {
      usedBytes -= sizeBytes;
      await rm(file, { force: true });
    },
    stop: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function noRoom(mostBytes: number) {
  return s3Error('EntityTooLarge', `The loop's S3 holds at most ${mostBytes} bytes; delete something first.`);
}

/** A loop that was killed could not remove its own. */
function removeDeserted(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(/^s3-(\d+)-/.exec(name)?.[1]);
    if (pid > 0 && !isRunning(pid)) rmSync(path.join(parent, name), { recursive: true, force: true });
  }
}
