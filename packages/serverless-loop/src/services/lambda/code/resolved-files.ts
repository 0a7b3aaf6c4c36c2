import { statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import { packageName } from '../../../../runtime/package-name.cjs';
import type { Bundle } from './bundler.ts';
import { isFile, nearest } from './fingerprint.ts';
import { isPackageFile } from './package-border.ts';
import { tsconfigFiles } from './tsconfig-files.ts';

const LOCK_FILES = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml'];

/**
 * All that decides what is in a bundle, whether it is there or not: the files that went in, the folders in which another file
 * could come before them, each place where a package was looked for, and the settings that esbuild reads, which are
 * tsconfig.json with what it extends, package.json, and the lock file.
 */
export function resolvedFiles(bundle: Bundle, codeUri: string, tsconfig: unknown): Set<string> {
  const folders = new Set(bundle.inputs.map((input) => path.dirname(input)));
  const own = [...folders].filter((folder) => !isPackageFile(`${folder}/`));
  const settings = [nearest(LOCK_FILES, codeUri), nearest(['package.json'], codeUri)];
  return new Set([
    ...bundle.inputs,
    ...folders,
    ...packagePlaces(bundle),
    ...settings.filter((file) => file !== undefined),
    ...manifestPlaces(folders),
    ...configFiles(own, codeUri, tsconfig),
  ]);
}

/**
 * The places of a package.json above each file, as far as the first that is there: it says what `#names`, and an import of its
 * folder, lead to. In packages those that are there, for their folders tell of new files.
 */
function manifestPlaces(folders: ReadonlySet<string>): Set<string> {
  const places = new Set<string>();
  for (const folder of folders) {
    const isOwn = !isPackageFile(`${folder}/`);
    for (const above of foldersUpTo(folder, isOwn ? path.parse(folder).root : packageFolder(folder))) {
      const place = path.join(above, 'package.json');
      if (places.has(place)) break;
      const isThere = isFile(place);
      if (isOwn || isThere) places.add(place);
      if (isOwn && isThere) break;
    }
  }
  return places;
}

/** `…/node_modules/@scope/name` of a folder in it. */
function packageFolder(folder: string): string {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(folder)?.[0] ?? folder;
}

/** Names the places where Node's way of looking upwards may meet each package that is imported by name, as far as the one that it met. */
function packagePlaces({ metafile, codeUri }: Bundle): Set<string> {
  const places = new PackagePlaces();
  for (const [input, { imports }] of Object.entries(metafile.inputs)) {
    const from = path.dirname(path.resolve(codeUri, input));
    for (const { original, external } of imports) {
      const name = packageName(original);
      if (name !== undefined && !(external && isBuiltin(name))) places.lookFor(name, from);
    }
  }
  return places.all;
}

class PackagePlaces {
  readonly all = new Set<string>();
  /** Folder -> the names that were looked for from there on. */
  readonly #seen = new Map<string, Set<string>>();
  /** Folder -> whether packages lie in it. */
  readonly #homes = new Map<string, boolean>();

  lookFor(name: string, from: string): void {
    for (let folder = from; ; folder = path.dirname(folder)) {
      const seen = this.#seen.get(folder) ?? new Set();
      // The folders above were looked at for another one.
      if (seen.has(name)) return;
      this.#seen.set(folder, seen.add(name));
      const manifest = path.join(folder, 'node_modules', name, 'package.json');
      if (path.basename(folder) !== 'node_modules') this.#add(folder, manifest);
      if ((this.#isHome(folder) && isFile(manifest)) || folder === path.dirname(folder)) return;
    }
  }

  #add(folder: string, manifest: string): void {
    // The folder of a package changes when the first package comes below it: one look in place of two for each name.
    if (isPackageFile(`${folder}/`) && !this.#isHome(folder)) this.all.add(folder);
    // A package may do without a manifest.
    else this.all.add(manifest).add(path.dirname(manifest));
  }

  #isHome(folder: string): boolean {
    const known = this.#homes.get(folder);
    if (known !== undefined) return known;
    const isHome = statSync(path.join(folder, 'node_modules'), { throwIfNoEntry: false }) !== undefined;
    this.#homes.set(folder, isHome);
    return isHome;
  }
}

/** A file of TypeScript's settings is for all below its folder, the nearest one wins. */
function configFiles(own: string[], codeUri: string, tsconfig: unknown): string[] {
  if (typeof tsconfig === 'string') return withExtended(path.resolve(codeUri, tsconfig));
  return [...own, codeUri].flatMap((folder) => {
    const above = nearest(['tsconfig.json'], folder);
    const places = above === undefined ? [] : foldersUpTo(folder, path.dirname(above));
    return [
      ...places.map((place) => path.join(place, 'tsconfig.json')),
      ...(above === undefined ? [] : withExtended(above)),
    ];
  });
}

function withExtended(file: string): string[] {
  return tsconfigFiles(file, new Set(), (name) => {
    try {
      return createRequire(file).resolve(name);
    } catch {
      return undefined;
    }
  });
}

function foldersUpTo(folder: string, last: string): string[] {
  return folder === last || folder === path.dirname(folder)
    ? [folder]
    : [folder, ...foldersUpTo(path.dirname(folder), last)];
}
