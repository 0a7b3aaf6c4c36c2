import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Entry, ZipFile } from 'yauzl';
import { AwsError } from '../../../aws/errors.ts';
import { DAY_MS } from '../../../aws/time-units.ts';
import { ofFolder } from '../../../folder-error.ts';
import type { CodeModel } from '../../../template/model.ts';

/** Of all files together (Lambda guide, "Lambda quotas", deployment package size). */
export const MAX_BYTES = 262_144_000;
/** More than any package has; each costs a file even when it is empty. */
const MAX_FILES = 100_000;
const FILE_TYPE = 0o170_000;
const REGULAR_FILE = 0o100_000;
/** As `zipFolder` names them, and those that it didn't finish. */
const MADE_ZIP = /^code-[0-9a-f]{32}\.zip(\.[0-9a-f-]{36})?$/;

/**
 * Unpacks an uploaded zip into a folder of the cache, where it may run; the same zip is unpacked once. Throws AwsError for
 * what Lambda doesn't take and for what would write elsewhere: paths that lead out, absolute ones, and links.
 */
export async function unpackPackage(zip: Buffer, cacheDir: string): Promise<CodeModel & { kind: 'package' }> {
  const digest = createHash('sha256').update(zip).digest();
  const folder = path.join(cacheDir, `package-${digest.toString('hex').slice(0, 32)}`);
  const code = {
    kind: 'package' as const,
    codeUri: folder,
    sha256Base64: digest.toString('base64'),
    sizeBytes: zip.length,
  };
  if (await isThere(folder)) {
    await utimes(folder, new Date(), new Date());
    await keepZip(zip, uploadedZip(code), cacheDir);
    return code;
  }
  const aside = `${folder}.${randomUUID()}`;
  try {
    await mkdir(aside, { recursive: true });
    await unpack(zip, aside);
    // Fails where another deployment has put the same meanwhile.
    await rename(aside, folder).catch(async (error: unknown) => {
      if (!(await isThere(folder))) throw error;
    });
  } catch (error) {
    throw ofFolder(cacheDir, error);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  // Only what unpacks is kept.
  await keepZip(zip, uploadedZip(code), cacheDir);
  await dropOld(cacheDir);
  return code;
}

/** The path of the zip that a package was unpacked from: GetFunction gives it out again. */
export function uploadedZip({ codeUri }: Pick<CodeModel & { kind: 'package' }, 'codeUri'>): string {
  return `${codeUri}.zip`;
}

async function keepZip(zip: Buffer, file: string, cacheDir: string): Promise<void> {
  if (await isThere(file)) {
    await utimes(file, new Date(), new Date());
    return;
  }
  const aside = `${file}.${randomUUID()}`;
  try {
    await writeFile(aside, zip, { mode: 0o600 });
    await rename(aside, file);
  } catch (error) {
    throw ofFolder(cacheDir, error);
  } finally {
    await rm(aside, { force: true });
  }
}

async function unpack(zip: Buffer, folder: string): Promise<void> {
  const { fromBufferPromise } = await import('yauzl');
  try {
    const archive = await fromBufferPromise(zip, { validateEntrySizes: true });
    if (archive.entryCount > MAX_FILES) throw refusal(`It has ${archive.entryCount} files.`);
    let totalBytes = 0;
    for await (const entry of archive.eachEntry()) {
      totalBytes += entry.uncompressedSize;
      // The size that the entry tells is the one that it may be unpacked to: yauzl ends a stream that is longer.
      if (totalBytes > MAX_BYTES) throw tooLarge();
      await unpackEntry(archive, entry, folder);
    }
  } catch (error) {
    if (error instanceof AwsError || ofFolder(folder, error) !== error) throw error;
    throw refusal(error instanceof Error ? error.message : String(error));
  }
}

async function unpackEntry(archive: ZipFile, entry: Entry, folder: string): Promise<void> {
  const target = path.join(folder, entry.fileName);
  if (!target.startsWith(folder + path.sep)) throw refusal(`It leads out of its folder: ${entry.fileName}`);
  if (entry.fileName.endsWith('/')) {
    await mkdir(target, { recursive: true });
    return;
  }
  const mode = entry.externalFileAttributes >>> 16;
  const isPlainFile = (mode & FILE_TYPE) === 0 || (mode & FILE_TYPE) === REGULAR_FILE;
  if (!isPlainFile) throw refusal(`It holds a link or a special file: ${entry.fileName}`);
  await mkdir(path.dirname(target), { recursive: true });
  const isProgram = (mode & 0o111) !== 0;
  await pipeline(
    await archive.openReadStreamPromise(entry),
    createWriteStream(target, { flags: 'wx', mode: isProgram ? 0o755 : 0o644 }),
  );
}

/** Drops what no deployment has used for a month, and the zips of source that nobody has asked for again for a day. */
export async function dropOld(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const keptMs = keptMsOf(name);
    if (keptMs === undefined) continue;
    const file = path.join(cacheDir, name);
    // Another loop may have dropped it meanwhile.
    const usedMs = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - usedMs > keptMs) await rm(file, { recursive: true, force: true });
  }
}

function keptMsOf(name: string): number | undefined {
  if (name.startsWith('package-')) return 30 * DAY_MS;
  return MADE_ZIP.test(name) ? DAY_MS : undefined;
}

async function isThere(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    () => false,
  );
}

/** Lambda's own words, with what was wrong (Lambda guide, "Troubleshoot deployment issues in Lambda"). */
function refusal(reason: string): AwsError {
  return new AwsError(
    'InvalidParameterValueException',
    `Could not unzip uploaded file. Please check your file, then try to upload again. ${reason}`,
  );
}

function tooLarge(): AwsError {
  return new AwsError(
    'InvalidParameterValueException',
    `Unzipped size must be smaller than ${MAX_BYTES} bytes`,
  );
}
