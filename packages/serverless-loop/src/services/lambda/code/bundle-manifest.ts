import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Fingerprints, fingerprint } from './fingerprint.ts';

/** The files that are written of a bundle. */
export interface BundleFiles {
  files: { path: string; contents: Uint8Array }[];
}

/** The record beside a bundle of its inputs and outputs. */
export interface Manifest {
  settings: string;
  inputs: Fingerprints;
  outputs: Fingerprints;
  /** Of the code alone, without source maps. */
  sizeBytes: number;
}

export function manifestOf(settings: string, inputs: Fingerprints, { files }: BundleFiles): Manifest {
  const outputs = Object.fromEntries(files.map((file) => [file.path, hash('sha256', file.contents)]));
  const code = files.filter((file) => !isSourceMap(file.path));
  const sizeBytes = code.reduce((sum, { contents }) => sum + contents.length, 0);
  return { settings, inputs, outputs, sizeBytes };
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

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  return 'settings' in value && 'sizeBytes' in value && isTexts(value, 'inputs') && isTexts(value, 'outputs');
}

function isTexts(value: object, member: string): boolean {
  const texts: unknown = Object.entries(value).find(([name]) => name === member)?.[1];
  return (
    typeof texts === 'object' &&
    texts !== null &&
    Object.values(texts).every((text) => typeof text === 'string')
  );
}
