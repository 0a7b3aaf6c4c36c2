import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BuildOptions, Metafile } from 'esbuild';
import type { BundleCache } from './bundle-cache.ts';
import type { Bundle, Bundler } from './bundler.ts';
import type { Fingerprints } from './fingerprint.ts';
import { freshBundle } from './fresh-bundle.ts';
import { joinBorders, type PackageBorder, packageBorder } from './package-border.ts';
import { besideOptions, bundlePackages, type PackageBundle } from './package-bundle.ts';
import {
  holdsImports,
  importingOptions,
  joinImports,
  type PackageImports,
  packageImports,
} from './package-imports.ts';

/** Builds a function's own code alone, which takes a tenth of the time, beside a bundle of its packages. */
export interface OwnBuilds {
  /** Undefined when that isn't enough, or esbuild finds a fault: the build of the whole bundle will tell. */
  build(known: Fingerprints, signal?: AbortSignal): Promise<OwnBuild | undefined>;
  /** Bundles the packages for the next builds, unless they are or can't be. `whole` is what the whole bundle is made of. */
  prepare(whole: Metafile, signal?: AbortSignal): Promise<void>;
}

export interface OwnBuild {
  bundle: Bundle;
  /** Of own code; the packages have theirs. */
  inputs: Fingerprints;
  packages: PackageBundle;
}

interface BesideBundle extends Bundle {
  /** Its packages' bundle holds all that it imports. */
  isEnough: boolean;
}

export interface OwnBuildsOptions {
  functionId: string;
  /** Of the whole bundle. */
  settings: string;
  codeUri: string;
  options: () => BuildOptions;
  /** Bundles the function with such options. */
  bundle: (options: BuildOptions, signal?: AbortSignal) => Promise<Bundle>;
  cacheDir: string;
  cache: BundleCache;
  bundler: Bundler;
  /** All that decides what is in a bundle. */
  noticeable: (bundle: Bundle) => Set<string>;
}

/** Of the settings that a bundle of packages is kept with: another one with each change of what they hold. */
const FORM = 2;

export function ownBuilds(given: OwnBuildsOptions): OwnBuilds {
  const { functionId, settings, codeUri, cacheDir, cache, bundler, noticeable } = given;
  const packagesId = `${functionId}-packages`;
  /** The beginning of the settings of all bundles of its packages. */
  const packagesOf = JSON.stringify({ packagesOf: settings, form: FORM }).slice(0, -1);

  function findPackages(known?: Fingerprints): PackageBundle | undefined {
    const found = cache.find(packagesId, (text) => text.startsWith(packagesOf), { known });
    if (!found) return undefined;
    const { border, imports }: { border: PackageBorder; imports: PackageImports } = JSON.parse(
      found.settings,
    );
    return { folder: found.folder, inputs: found.inputs, border, imports };
  }

  async function importsOf(border: PackageBorder, signal?: AbortSignal): Promise<PackageImports | undefined> {
    return packageImports(await given.bundle(importingOptions(given.options(), border), signal), border);
  }

  async function bundleBeside(packages: PackageBundle, signal?: AbortSignal): Promise<BesideBundle> {
    const [imports, beside] = await Promise.allSettled([
      // esbuild takes a name that is exported again and isn't there for a type, and says nothing.
      importsOf(packages.border, signal),
      given.bundle(besideOptions(given.options(), packages), signal),
    ]);
    if (imports.status === 'rejected') throw imports.reason;
    if (beside.status === 'rejected') throw beside.reason;
    const isEnough = imports.value !== undefined && holdsImports(packages.imports, imports.value);
    return { ...beside.value, isEnough };
  }

  async function bundleFor(whole: Metafile, signal?: AbortSignal): Promise<void> {
    const border = canStandApart(given.options()) ? packageBorder(whole, codeUri) : undefined;
    const imports = border && (await importsOf(border, signal));
    if (!imports) return;
    const last = findPackages();
    const joined = last && joinBorders(last.border, border);
    const wanted = joined
      ? { border: joined, imports: joinImports(imports, last.imports) }
      : { border, imports };
    if (last && isDeepStrictEqual(wanted, { border: last.border, imports: last.imports })) return;
    const outdir = path.join(cacheDir, packagesId);
    const subject = { codeUri, options: given.options(), outdir, ...wanted };
    const { bundle, inputs } = await freshBundle({
      bundle: () => bundlePackages(bundler, subject, signal),
      noticeable,
      signal,
    });
    cache.store(packagesId, `${packagesOf},${JSON.stringify(wanted).slice(1)}`, inputs, bundle);
  }

  return {
    async build(lastInputs, signal) {
      const packages = canStandApart(given.options()) ? findPackages(lastInputs) : undefined;
      if (!packages) return undefined;
      try {
        const { bundle, inputs } = await freshBundle({
          bundle: () => bundleBeside(packages, signal),
          noticeable,
          known: lastInputs,
          signal,
        });
        return bundle.isEnough ? { bundle, inputs, packages } : undefined;
      } catch {
        signal?.throwIfAborted();
        return undefined;
      }
    },
    async prepare(whole, signal) {
      try {
        await bundleFor(whole, signal);
      } catch {
        // The whole bundle was built well: it goes on being built at every save.
        signal?.throwIfAborted();
      }
    },
  };
}

/** True when a bundle in two parts does the same: what is put into a bundle by itself would be in both. */
function canStandApart({ format, splitting, inject, banner, footer, packages }: BuildOptions): boolean {
  return format === 'cjs' && !splitting && !inject && !banner && !footer && packages !== 'external';
}
