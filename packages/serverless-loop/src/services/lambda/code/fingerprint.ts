import { hash } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';
import { hasCode } from '../../../aws/has-code.ts';
import { isPackageFile } from './package-border.ts';

/** Absolute path -> hash of the content; of a folder, of the names of code in it. */
export type Fingerprints = Record<string, string>;

const ABSENT = 'absent';
/** Files that an import may lead to which doesn't say its ending, and folders. */
const CODE = /\.(?:[cm]?[jt]sx?|json|css)$/;

/** Of packages, which are many files and change seldom, the inode and the time of the last change say it. */
export function fingerprint(file: string): string {
  if (isPackageFile(file)) return packageFingerprint(file);
  try {
    return hash('sha256', readFileSync(file));
  } catch (error) {
    return hasCode(error, 'EISDIR') ? folderFingerprint(file) : ABSENT;
  }
}

function packageFingerprint(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.mtimeMs} ${stats.isDirectory() ? '' : stats.size}` : ABSENT;
}

function folderFingerprint(folder: string): string {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink() || CODE.test(entry.name))
    .map((entry) => (entry.isSymbolicLink() ? linkText(folder, entry.name) : entry.name));
  return hash('sha256', names.sort().join('/'));
}

/** A file that went in is known by where it lies, not by the link that led to it. */
function linkText(folder: string, name: string): string {
  try {
    return `${name}>${readlinkSync(path.join(folder, name))}`;
  } catch {
    return name;
  }
}

export function fingerprintAll(files: Iterable<string>): Fingerprints {
  return Object.fromEntries([...files].map((file) => [file, fingerprint(file)]));
}

/** Functions that start together share most of their packages' files, 700 to a client: in one turn each is looked at once. */
const lookedAt = new Map<string, string>();

/** `known` are those that have been looked at. */
export function isUnchanged(fingerprints: Fingerprints, known: Fingerprints = {}): boolean {
  if (lookedAt.size === 0) setImmediate(() => lookedAt.clear());
  return changedFile(fingerprints, (file) => now(file, known)) === undefined;
}

function now(file: string, known: Fingerprints): string {
  const seen = known[file] ?? lookedAt.get(file);
  if (seen !== undefined) return seen;
  const found = fingerprint(file);
  lookedAt.set(file, found);
  return found;
}

/** One of the files that is another now, as `look` sees it. */
export function changedFile(fingerprints: Fingerprints, look = fingerprint): string | undefined {
  // There are a thousand and more: no pair is made of each.
  for (const file in fingerprints) if (look(file) !== fingerprints[file]) return file;
  return undefined;
}

export function isAbsent(known: string | undefined): boolean {
  return known === ABSENT;
}

/** Nothing is in the file, or it isn't there. */
export function isEmptied(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0;
}

export function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

/** The nearest of these files, looking in the folder and upwards. */
export function nearest(names: string[], folder: string): string | undefined {
  for (const name of names) {
    const file = path.join(folder, name);
    if (isFile(file)) return file;
  }
  const parent = path.dirname(folder);
  return parent === folder ? undefined : nearest(names, parent);
}

/**
 * Something was written to one of the files since then, or so shortly before that its time stamp can't tell. A time
 * stamp that lies in the future says nothing.
 */
export function changedSince(timeMs: number, files: Iterable<string>): boolean {
  const TIMESTAMP_STEP_MS = 5;
  return [...files].some((file) => {
    const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return written > timeMs - TIMESTAMP_STEP_MS && written <= Date.now() + TIMESTAMP_STEP_MS;
  });
}
