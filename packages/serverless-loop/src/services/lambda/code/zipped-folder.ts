import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { lstat, readdir, readFile, readlink, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { MAX_BYTES } from './package.ts';
import { MAX_ENTRIES, type ZippedEntry, zipped } from './zip.ts';

/** A function's deployment package on disk. */
export interface CodePackage {
  file: string;
  sha256Base64: string;
  sizeBytes: number;
}

interface Found {
  file: string;
  sizeBytes: number;
  mode: number;
}

/** No code of a function. */
const LEFT_OUT = new Set(['.git', '.aws-sam']);
const FILE_TYPE = 0o170_000;
const LINK = 0o120_000;
const LINK_MODE = 0o120_777;

/**
 * Zips all that is in a folder, into `<cacheDir>/code-<hash>.zip`. Links stay links: nothing from outside comes with them.
 * Undefined when that is more than Lambda takes (Lambda guide, "Lambda quotas", deployment package size).
 */
export async function zipFolder(folder: string, cacheDir: string): Promise<CodePackage | undefined> {
  const found = await filesIn(folder);
  const totalBytes = found.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (totalBytes > MAX_BYTES || found.length > MAX_ENTRIES) return undefined;
  const aside = path.join(cacheDir, `code-${'0'.repeat(32)}.zip.${randomUUID()}`);
  const digest = createHash('sha256');
  let sizeBytes = 0;
  try {
    await pipeline(
      zipped(entriesOf(folder, found)),
      async function* (chunks) {
        for await (const chunk of chunks) {
          digest.update(chunk);
          sizeBytes += chunk.length;
          yield chunk;
        }
      },
      createWriteStream(aside, { mode: 0o600 }),
    );
    const sha256 = digest.digest();
    const file = path.join(cacheDir, `code-${sha256.toString('hex').slice(0, 32)}.zip`);
    await rename(aside, file);
    return { file, sha256Base64: sha256.toString('base64'), sizeBytes };
  } finally {
    await rm(aside, { force: true });
  }
}

/** In the same order each time, so that the same files make the same zip. */
async function filesIn(folder: string): Promise<Found[]> {
  const names = (await readdir(folder)).filter((name) => !LEFT_OUT.has(name)).sort();
  const found: Found[] = [];
  for (const name of names) {
    const file = path.join(folder, name);
    const stats = await lstat(file);
    if (stats.isDirectory()) found.push(...(await filesIn(file)));
    else if (stats.isFile() || stats.isSymbolicLink())
      found.push({ file, sizeBytes: stats.size, mode: stats.mode });
  }
  return found;
}

async function* entriesOf(folder: string, found: Found[]): AsyncGenerator<ZippedEntry> {
  for (const { file, mode } of found) {
    const name = path.relative(folder, file).replaceAll(path.sep, '/');
    const isLink = (mode & FILE_TYPE) === LINK;
    if (isLink) yield { name, contents: Buffer.from(await readlink(file)), mode: LINK_MODE };
    else yield { name, contents: await readFile(file), mode: mode & 0o111 ? 0o100_755 : 0o100_644 };
  }
}
