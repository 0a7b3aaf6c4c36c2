import { realpathSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { BuildOptions, Metafile } from 'esbuild';
import esbuildPackage from 'esbuild/package.json' with { type: 'json' };
import type { FunctionModel } from '../../../template/model.ts';
import { buildError } from './build-error.ts';
import { esbuildOptions } from './build-properties.ts';
import type { StoredBundle } from './bundle-cache.ts';
import type { Bundle } from './bundler.ts';
import { type Fingerprints, nearest } from './fingerprint.ts';
import { freshBundle } from './fresh-bundle.ts';
import { allOf, inputsOf, joinInputs } from './inputs.ts';
import type { CodeSource, CodeSourceOptions, LoadedCode } from './loaded-code.ts';
import { ownBuilds } from './own-builds.ts';
import { ownFolders } from './own-folders.ts';
import { resolvedFiles } from './resolved-files.ts';

/**
 * Code that esbuild bundles as `sam build` has it do. Right after a save it is its own code alone, beside a bundle of
 * its packages; the whole bundle follows when `settle` is called.
 */
export function bundledSource(
  { fn, cache, bundler, cacheDir, projectDir, buildsAnew = false }: Omit<CodeSourceOptions, 'report'>,
  code: Extract<FunctionModel['code'], { kind: 'esbuild' }>,
): CodeSource {
  const { codeUri, entryPoints, properties } = code;
  const functionId = fn.logicalId;
  const settings = JSON.stringify({
    esbuild: esbuildPackage.version,
    codeUri: realFolder(codeUri),
    entryPoints,
    properties,
    nodePaths: nodePaths(),
  });
  const options = () => ({ nodePaths: nodePaths(), ...esbuildOptions(properties) });
  const noticeable = (made: Bundle) => resolvedFiles(made, codeUri, properties.Tsconfig);
  const bundle = (options: BuildOptions, signal?: AbortSignal) =>
    bundler.bundle({ codeUri, entryPoints, options, outdir: path.join(cacheDir, functionId) }, signal);
  const own = ownBuilds({
    functionId,
    settings,
    codeUri,
    options,
    bundle,
    cacheDir,
    cache,
    bundler,
    noticeable,
  });
  /** Of a whole bundle that was built here, for as long as it may say something new. */
  let metafile: Metafile | undefined;
  let mayFind = !buildsAnew;

  async function buildWhole(known?: Fingerprints, signal?: AbortSignal): Promise<LoadedCode> {
    const made = await freshBundle({ bundle: () => bundle(options(), signal), noticeable, known, signal });
    metafile = made.bundle.metafile;
    return loaded(cache.store(functionId, settings, made.inputs, made.bundle));
  }

  async function buildOwn(known: Fingerprints, signal?: AbortSignal): Promise<LoadedCode | undefined> {
    const built = await own.build(known, signal);
    if (!built) return undefined;
    const { inputs, packages } = built;
    // The folder's name is made of what the packages are.
    const besideSettings = JSON.stringify({ beside: packages.folder, settings });
    const { folder } = cache.store(functionId, besideSettings, inputs, built.bundle);
    return {
      taskRoot: folder,
      // The compiled code of the packages serves every save.
      compileCacheDir: `${packages.folder}.compiled`,
      version: folder,
      inputs: joinInputs(inputsOf(inputs), packages.inputs),
    };
  }

  return {
    async load({ known, signal, onBuild, mayBeUnsure = false }) {
      const cached = known
        ? cache.get(functionId, settings, known)
        : cache.find(functionId, (text) => mayFind && text === settings, { ownOnly: mayBeUnsure });
      mayFind = true;
      if (cached) return { ...loaded(cached), isUnsure: mayBeUnsure };
      onBuild?.();
      try {
        return (known && (await buildOwn(known, signal))) ?? (await buildWhole(known, signal));
      } catch (error) {
        throw buildError(error, functionId, codeUri, projectDir);
      }
    },
    async settle(current, signal) {
      try {
        const isWhole = current.sizeBytes !== undefined;
        const whole = isWhole ? undefined : await buildWhole(allOf(current.inputs), signal);
        if (metafile) await own.prepare(metafile, signal);
        metafile = undefined;
        return whole;
      } catch (error) {
        throw buildError(error, functionId, codeUri, projectDir);
      }
    },
    folders() {
      const manifest = nearest(['package.json'], codeUri);
      // Nothing above: a function that can't be built would be built again for whatever lies beside its folder.
      return [codeUri, ...ownFolders(codeUri), ...(manifest === undefined ? [] : [path.dirname(manifest)])];
    },
    takesNewFiles: false,
  };
}

/** The command that `sam build` runs looks there, too (esbuild API, "Node paths"). */
function nodePaths(): string[] {
  return (process.env.NODE_PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
}

/** A link may lead elsewhere at the next start. */
function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function loaded({ folder, inputs, sizeBytes }: StoredBundle): LoadedCode {
  return { taskRoot: folder, compileCacheDir: `${folder}.compiled`, version: folder, inputs, sizeBytes };
}
