import { hash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { writingTo } from '../../../folder-error.ts';
import {
  type BundleFiles,
  isWhole,
  type Manifest,
  manifestOf,
  readManifest,
  readPackageInputs,
} from './bundle-manifest.ts';
import { type Fingerprints, fingerprint, isUnchanged } from './fingerprint.ts';
import { type Inputs, inputsOf, inputsWith } from './inputs.ts';

/** A bundle on disk. */
export interface StoredBundle {
  folder: string;
  settings: string;
  /** The files that it was made of. */
  inputs: Inputs;
  /** Of the code alone, without source maps. */
  sizeBytes: number;
}

export interface BundleCache {
  /** The bundle last used of those made with such settings of files that are still the same, when one is whole. */
  find(
    functionId: string,
    isWanted: (settings: string) => boolean,
    look?: FilesLook,
  ): StoredBundle | undefined;
  /** The bundle made with these settings of these files, without a look at the files or at the other bundles. */
  get(functionId: string, settings: string, inputs: Fingerprints): StoredBundle | undefined;
  store(functionId: string, settings: string, inputs: Fingerprints, bundle: BundleFiles): StoredBundle;
  /** From now on bundles that were given here may go. */
  stop(): void;
}

export interface FilesLook {
  /** These files are taken to be as it says. */
  known?: Fingerprints | undefined;
  /** Whoever asks looks at the files of packages later. */
  ownOnly?: boolean;
}

const KEPT_BUNDLES = 3;
const KEPT_MS = 24 * 60 * 60 * 1000;
const TOUCH_EVERY_MS = 60 * 60 * 1000;

/**
 * Bundles in `<cacheDir>/<function>-<hash>/`, each beside a manifest of what went in and what came out, `<hash>.json`, and of
 * what went in of packages, `<hash>.packages.json`. Everything is written aside and renamed into place, so that several
 * loops can share the folder.
 */
export function bundleCache(cacheDir: string): BundleCache {
  writingTo(cacheDir, () => mkdirSync(cacheDir, { recursive: true }));
  // Node looks upwards for a package.json to tell CommonJS from ES modules; on AWS there is none above the code.
  const fence = path.join(cacheDir, 'package.json');
  if (fingerprint(fence) !== hash('sha256', '{}')) writingTo(cacheDir, () => writeAside(fence, '{}'));

  /** The last few of each function that were given here: environments may start of them for days. */
  const inUse = new Map<string, string[]>();
  const touching = setInterval(() => {
    for (const folder of [...inUse.values()].flat()) touchIfThere(folder);
  }, TOUCH_EVERY_MS).unref();

  function use(functionId: string, folder: string): void {
    touch(folder);
    const others = (inUse.get(functionId) ?? []).filter((other) => other !== folder);
    inUse.set(functionId, [folder, ...others].slice(0, KEPT_BUNDLES));
  }

  function folderFor(functionId: string, settings: string, { own, packages }: Inputs): string {
    const id = hash('sha256', JSON.stringify([settings, own, packages])).slice(0, 20);
    return path.join(cacheDir, `${functionId}-${id}`);
  }

  function stored(
    functionId: string,
    folder: string,
    manifest: Manifest | undefined,
  ): StoredBundle | undefined {
    if (!manifest || !isWhole(folder, manifest) || !existsSync(packagesFile(folder))) return undefined;
    use(functionId, folder);
    const { settings, sizeBytes } = manifest;
    return { folder, settings, inputs: inputsIn(folder, manifest), sizeBytes };
  }

  return {
    find(functionId, isWanted, { known, ownOnly = false } = {}) {
      for (const { file } of byUse(cacheDir, functionId)) {
        const manifest = readManifest(file);
        if (!manifest || !isWanted(manifest.settings) || !isUnchanged(manifest.own, known)) continue;
        const folder = folderOf(file);
        if (!ownOnly && !isUnchanged(inputsIn(folder, manifest).packages, known)) continue;
        const found = stored(functionId, folder, manifest);
        if (found) return found;
      }
      return undefined;
    },
    get(functionId, settings, inputs) {
      const folder = folderFor(functionId, settings, inputsOf(inputs));
      return stored(functionId, folder, readManifest(`${folder}.json`));
    },
    store(functionId, settings, all, bundle) {
      const inputs = inputsOf(all);
      const folder = folderFor(functionId, settings, inputs);
      const manifest = manifestOf(settings, inputs.own, bundle);
      writingTo(cacheDir, () => {
        if (!isWhole(folder, manifest)) placeFolder(folder, bundle, () => isWhole(folder, manifest));
        use(functionId, folder);
        writeAside(packagesFile(folder), JSON.stringify(inputs.packages));
        writeAside(`${folder}.json`, JSON.stringify(manifest));
      });
      prune(cacheDir, functionId, folder);
      return { folder, settings, inputs, sizeBytes: manifest.sizeBytes };
    },
    stop() {
      clearInterval(touching);
    },
  };
}

function touch(folder: string): void {
  const now = new Date();
  utimesSync(folder, now, now);
}

function touchIfThere(folder: string): void {
  try {
    touch(folder);
  } catch {
    // Somebody has emptied the cache: the next load makes it anew.
  }
}

function placeFolder(folder: string, { files }: BundleFiles, isInPlace: () => boolean): void {
  const aside = `${folder}.${randomUUID()}`;
  try {
    for (const file of files) {
      const target = path.join(aside, file.path);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, file.contents);
    }
    rename(aside, folder, isInPlace);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Something may be in its place: what another loop has placed meanwhile, which may run already, or a broken bundle. */
function rename(aside: string, folder: string, isInPlace: () => boolean): void {
  try {
    renameSync(aside, folder);
  } catch {
    if (isInPlace()) return;
    rmSync(folder, { recursive: true, force: true });
    renameSync(aside, folder);
  }
}

function writeAside(file: string, text: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    writeFileSync(aside, text);
    renameSync(aside, file);
  } finally {
    rmSync(aside, { force: true });
  }
}

/** The manifests of a function's bundles, the last used first. */
function byUse(cacheDir: string, functionId: string): { file: string; usedMs: number }[] {
  return readdirSync(cacheDir)
    .filter((name) => name.startsWith(`${functionId}-`) && isManifestName(name))
    .map((name) => path.join(cacheDir, name))
    .map((file) => ({ file, usedMs: lastUse(folderOf(file)) }))
    .sort((a, b) => b.usedMs - a.usedMs);
}

function isManifestName(name: string): boolean {
  return name.endsWith('.json') && !name.endsWith('.packages.json');
}

function folderOf(manifestFile: string): string {
  return manifestFile.slice(0, -'.json'.length);
}

function inputsIn(folder: string, { own }: Manifest): Inputs {
  return inputsWith(own, () => readPackageInputs(packagesFile(folder)));
}

function packagesFile(folder: string): string {
  return `${folder}.packages.json`;
}

/** Drops a function's bundles that nobody used for a day, but for the last few. */
function prune(cacheDir: string, functionId: string, current: string): void {
  for (const { file, usedMs } of byUse(cacheDir, functionId).slice(KEPT_BUNDLES)) {
    const folder = folderOf(file);
    if (folder === current || Date.now() - usedMs < KEPT_MS) continue;
    rmSync(file, { force: true });
    rmSync(packagesFile(folder), { force: true });
    rmSync(folder, { recursive: true, force: true });
    rmSync(`${folder}.compiled`, { recursive: true, force: true });
  }
}

function lastUse(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
