import { hash, randomUUID } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Bundle } from './bundler.ts';
import { type Fingerprints, fingerprint, isUnchanged } from './fingerprint.ts';

/** A bundle on disk. */
export interface StoredBundle {
  folder: string;
  /** What it was made of. */
  inputs: Fingerprints;
  sizeBytes: number;
}

export interface BundleCache {
  /** The bundle made with these settings of files that are still the same, when there is one and it is whole. */
  find(functionId: string, settings: string): StoredBundle | undefined;
  store(functionId: string, settings: string, inputs: Fingerprints, bundle: Bundle): StoredBundle;
}

interface Manifest {
  settings: string;
  inputs: Fingerprints;
  outputs: Fingerprints;
  sizeBytes: number;
}

const KEPT_BUNDLES = 3;
const KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * Bundles in `<cacheDir>/<function>-<hash>/`, each beside a manifest of what went in and what came out. Everything is
 * written aside and renamed into place, so that several loops can share the folder.
 */
export function bundleCache(cacheDir: string): BundleCache {
  mkdirSync(cacheDir, { recursive: true });
  // Node looks upwards for a package.json to tell CommonJS from ES modules; on AWS there is none above the code.
  const fence = path.join(cacheDir, 'package.json');
  if (fingerprint(fence) !== hash('sha256', '{}')) writeAside(fence, '{}');

  function touch(folder: string): void {
    const now = new Date();
    utimesSync(folder, now, now);
  }

  return {
    find(functionId, settings) {
      for (const file of manifestsOf(cacheDir, functionId)) {
        const manifest = readManifest(file);
        if (manifest?.settings !== settings || !isUnchanged(manifest.inputs)) continue;
        const folder = folderOf(file);
        if (!isWhole(folder, manifest)) continue;
        touch(folder);
        return { folder, inputs: manifest.inputs, sizeBytes: manifest.sizeBytes };
      }
      return undefined;
    },
    store(functionId, settings, inputs, bundle) {
      const id = hash('sha256', JSON.stringify([settings, inputs])).slice(0, 20);
      const folder = path.join(cacheDir, `${functionId}-${id}`);
      const manifest = manifestOf(settings, inputs, bundle);
      if (!isWhole(folder, manifest)) placeFolder(folder, bundle, () => isWhole(folder, manifest));
      touch(folder);
      writeAside(`${folder}.json`, JSON.stringify(manifest));
      prune(cacheDir, functionId, folder);
      return { folder, inputs, sizeBytes: manifest.sizeBytes };
    },
  };
}

function manifestOf(settings: string, inputs: Fingerprints, { files }: Bundle): Manifest {
  const outputs = Object.fromEntries(files.map((file) => [file.path, hash('sha256', file.contents)]));
  const sizeBytes = files.reduce((sum, { contents }) => sum + contents.length, 0);
  return { settings, inputs, outputs, sizeBytes };
}

function placeFolder(folder: string, { files }: Bundle, isInPlace: () => boolean): void {
  const aside = `${folder}.${randomUUID()}`;
  for (const file of files) {
    const target = path.join(aside, file.path);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.contents);
  }
  try {
    // Fails where something is: what another loop has placed meanwhile, which may run already, or a broken bundle.
    renameSync(aside, folder);
  } catch {
    if (!isInPlace()) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(aside, folder);
    }
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function writeAside(file: string, text: string): void {
  const aside = `${file}.${randomUUID()}`;
  writeFileSync(aside, text);
  renameSync(aside, file);
}

function isWhole(folder: string, { outputs }: Manifest): boolean {
  return Object.entries(outputs).every(([file, known]) => fingerprint(path.join(folder, file)) === known);
}

function manifestsOf(cacheDir: string, functionId: string): string[] {
  return readdirSync(cacheDir)
    .filter((name) => name.startsWith(`${functionId}-`) && name.endsWith('.json'))
    .map((name) => path.join(cacheDir, name));
}

function folderOf(manifestFile: string): string {
  return manifestFile.slice(0, -'.json'.length);
}

/** The manifest, or undefined when it is none: another version's, or broken. */
function readManifest(file: string): Manifest | undefined {
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

/** Drops a function's bundles that nobody used for a day, but for the last few. */
function prune(cacheDir: string, functionId: string, current: string): void {
  const byUse = manifestsOf(cacheDir, functionId)
    .map((file) => ({ file, folder: folderOf(file), usedMs: lastUse(folderOf(file)) }))
    .sort((a, b) => b.usedMs - a.usedMs);
  for (const { file, folder, usedMs } of byUse.slice(KEPT_BUNDLES)) {
    if (folder === current || Date.now() - usedMs < KEPT_MS) continue;
    rmSync(file, { force: true });
    rmSync(folder, { recursive: true, force: true });
    rmSync(`${folder}.compiled`, { recursive: true, force: true });
  }
}

function lastUse(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
