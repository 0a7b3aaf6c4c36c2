import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Fingerprints, fingerprint } from './fingerprint.ts';

/** The files that are written of a bundle. */
export interface BundleFiles {
  files: { path: string; contents: Uint8Array }[];
}

/** The record beside a bundle of its inputs and outputs. Its inputs of packages are in a file of their own. */
export interface Manifest {
  settings: string;
  own: Fingerprints;
  outputs: Fingerprints;
  /** Of the code alone, without source maps. */
  sizeBytes: number;
}

export function manifestOf(settings: string, own: Fingerprints, { files }: BundleFiles): Manifest {
  const outputs = Object.fromEntries(files.map((file) => [file.path, hash('sha256', file.contents)]));
  const code = files.filter((file) => !isSourceMap(file.path));
  const sizeBytes = code.reduce((sum, { contents }) => sum + contents.length, 0);
  return { settings, own, outputs, sizeBytes };
}

export function isSourceMap(file: string): boolean {
  return file.endsWith('.map');
}

/** True while the bundle in the folder is as it was made. */
export function isWhole(folder: string, { outputs }: Manifest): boolean {
  return Object.entries(outputs).every(([file, known]) => fingerprint(path.join(folder, file)) === known);
}

/** The manifest, or undefined when it is none: another version's, or broken. */
export function readManifest(file: string): Manifest | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isManifest(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** The inputs of packages. Where the file is broken it is itself an input, of which nothing is known. */
export function readPackageInputs(file: string): Fingerprints {
  try {
    const inputs: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (areTexts(inputs)) return inputs;
  } catch {}
  return { [file]: 'unknown' };
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'settings' in value &&
    'sizeBytes' in value &&
    'own' in value &&
    areTexts(value.own) &&
    'outputs' in value &&
    areTexts(value.outputs)
  );
}

function areTexts(value: unknown): value is Fingerprints {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((text) => typeof text === 'string')
  );
}
