import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Absolute path -> hash of the content. */
export type Fingerprints = Record<string, string>;

const ABSENT = 'absent';

export function fingerprint(file: string): string {
  try {
    return hash('sha256', readFileSync(file));
  } catch {
    return ABSENT;
  }
}

export function fingerprintAll(files: Iterable<string>): Fingerprints {
  return Object.fromEntries([...files].map((file) => [file, fingerprint(file)]));
}

export function isUnchanged(fingerprints: Fingerprints): boolean {
  return Object.entries(fingerprints).every(([file, known]) => fingerprint(file) === known);
}

/** Nothing is in the file, or it isn't there. */
export function isEmptied(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0;
}

/** The nearest of these files, looking in the folder and upwards. */
export function nearest(names: string[], folder: string): string | undefined {
  for (const name of names) {
    const file = path.join(folder, name);
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
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
