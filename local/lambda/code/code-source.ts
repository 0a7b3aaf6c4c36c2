import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import esbuildPackage from 'esbuild/package.json' with { type: 'json' };
import type { FunctionModel } from '../../template/model.ts';
import type { RunnableCode } from '../runtime-process.ts';
import { BuildError, buildError } from './build-error.ts';
import { esbuildOptions } from './build-properties.ts';
import type { BundleCache } from './bundle-cache.ts';
import { isSourceMap } from './bundle-manifest.ts';
import type { Bundler } from './bundler.ts';
import { changedSince, type Fingerprints, fingerprintAll, nearest } from './fingerprint.ts';
import { tsconfigFiles } from './tsconfig-files.ts';

/** A function's code, ready to run. */
export interface LoadedCode extends RunnableCode {
  /** The same for the same content. */
  version: string;
  /** Without source maps. */
  sizeBytes: number;
  /** What it is made of, as far as a change of it can be noticed. */
  inputs: Fingerprints;
}

export interface LoadOptions {
  /** What the code was made of the last time, as it is now. A change of these during the build aborts it. */
  known?: Fingerprints;
  signal?: AbortSignal;
  /** It has to be built. */
  onBuild?: () => void;
}

export interface CodeSource {
  /** Makes the code from what is saved now. Rejects with BuildError, also when it is aborted. */
  load(options: LoadOptions): Promise<LoadedCode>;
  /** Folders where a change may matter while nothing is known of what the code is made of. */
  folders(): string[];
  /** Whether a new file changes the code, or only the files that it was made of. */
  takesNewFiles: boolean;
}

export interface CodeSourceOptions {
  fn: FunctionModel;
  cache: BundleCache;
  bundler: Bundler;
  cacheDir: string;
  projectDir: string;
}

const LOCK_FILES = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml'];
const NOT_OWN = new Set(['node_modules', '.git', '.aws-sam']);

export function codeSource(options: CodeSourceOptions): CodeSource {
  const { code } = options.fn;
  if (code.kind === 'esbuild') return bundledSource(options, code);
  if (code.kind === 'folder') return folderSource(options, code.codeUri);
  if (code.kind === 'package') return packageSource(options, code);
  if (code.kind === 's3') return packedSource(options.fn, code);
  return inlineSource(options, code.source);
}

function bundledSource(
  { fn, cache, bundler, cacheDir, projectDir }: CodeSourceOptions,
  code: Extract<FunctionModel['code'], { kind: 'esbuild' }>,
): CodeSource {
  const { codeUri, entryPoints, properties } = code;
  const settings = JSON.stringify({ esbuild: esbuildPackage.version, codeUri, entryPoints, properties });
  const outdir = path.join(cacheDir, fn.logicalId);

  async function build(known: Fingerprints = {}, signal?: AbortSignal): Promise<LoadedCode> {
    const options = esbuildOptions(properties);
    const startedAtMs = Date.now();
    const bundle = await bundler.bundle({ codeUri, entryPoints, options, outdir }, signal);
    // What was saved before esbuild read it may be heard of in the very turn of the event loop that ends the build.
    await endOfTurn();
    signal?.throwIfAborted();
    const inputs = fingerprintAll(noticeable(bundle.inputs, codeUri, properties.Tsconfig));
    // What was saved during the build may be in the fingerprints and not in the bundle.
    const isUnsure = (file: string) => known[file] !== inputs[file];
    if (changedSince(startedAtMs, Object.keys(inputs).filter(isUnsure))) return await build(known, signal);
    return loaded(cache.store(fn.logicalId, settings, inputs, bundle));
  }

  return {
    async load({ known, signal, onBuild }) {
      const cached = known ? cache.get(fn.logicalId, settings, known) : cache.find(fn.logicalId, settings);
      if (cached) return loaded(cached);
      onBuild?.();
      try {
        return await build(known, signal);
      } catch (error) {
        throw buildError(error, fn.logicalId, codeUri, projectDir);
      }
    },
    folders: () => [
      codeUri,
      ...ownFolders(codeUri),
      path.dirname(nearest(['package.json'], codeUri) ?? codeUri),
    ],
    takesNewFiles: false,
  };
}

function loaded(bundle: { folder: string; inputs: Fingerprints; sizeBytes: number }): LoadedCode {
  const { folder, inputs, sizeBytes } = bundle;
  return { taskRoot: folder, compileCacheDir: `${folder}.compiled`, version: folder, inputs, sizeBytes };
}

/**
 * The inputs that are hashed: own files, and for those in node_modules the lock file in their place (but for a project
 * that has none), and what esbuild reads besides: tsconfig.json, what that extends, and package.json.
 */
function noticeable(inputs: string[], codeUri: string, tsconfig: unknown): Set<string> {
  const lock = nearest(LOCK_FILES, codeUri);
  const counted = lock ? inputs.filter((input) => !input.includes('/node_modules/')) : inputs;
  const config =
    typeof tsconfig === 'string' ? path.resolve(codeUri, tsconfig) : nearest(['tsconfig.json'], codeUri);
  const settings = [lock, nearest(['package.json'], codeUri)].filter((file) => file !== undefined);
  return new Set([...counted, ...settings, ...(config === undefined ? [] : tsconfigFiles(config))]);
}

/** Code that is run where it is. */
function folderSource({ cacheDir }: CodeSourceOptions, codeUri: string): CodeSource {
  return {
    async load() {
      const files = ownFiles(codeUri);
      const inputs = fingerprintAll(files);
      const sizeBytes = files
        .filter((file) => !isSourceMap(file))
        .reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
      const version = hash('sha256', JSON.stringify(inputs));
      return { taskRoot: codeUri, compileCacheDir: compileCache(cacheDir), version, inputs, sizeBytes };
    },
    folders: () => [codeUri, ...ownFolders(codeUri)],
    takesNewFiles: true,
  };
}

/** Code that is there and stays as it is. */
function packageSource(
  { cacheDir }: CodeSourceOptions,
  { codeUri, sha256Base64, sizeBytes }: Extract<FunctionModel['code'], { kind: 'package' }>,
): CodeSource {
  return {
    load: async () => ({
      taskRoot: codeUri,
      compileCacheDir: compileCache(cacheDir),
      version: sha256Base64,
      inputs: {},
      sizeBytes,
    }),
    folders: () => [],
    takesNewFiles: false,
  };
}

/** A zip that nobody has unpacked. */
function packedSource(
  { logicalId }: FunctionModel,
  { bucket, key }: Extract<FunctionModel['code'], { kind: 's3' }>,
): CodeSource {
  return {
    load: () => Promise.reject(new BuildError([`${logicalId}: its code is packed in s3://${bucket}/${key}`])),
    folders: () => [],
    takesNewFiles: false,
  };
}

/** InlineCode is the file index.js (CloudFormation, AWS::Lambda::Function Code, "ZipFile"). */
function inlineSource({ fn, cacheDir }: CodeSourceOptions, source: string): CodeSource {
  return {
    async load() {
      const version = hash('sha256', source).slice(0, 20);
      const taskRoot = path.join(cacheDir, `${fn.logicalId}-${version}`);
      mkdirSync(taskRoot, { recursive: true });
      writeFileSync(path.join(taskRoot, 'index.js'), source);
      const sizeBytes = Buffer.byteLength(source);
      return { taskRoot, compileCacheDir: compileCache(cacheDir), version, inputs: {}, sizeBytes };
    },
    folders: () => [],
    takesNewFiles: false,
  };
}

/** For code that stays where it is. */
function compileCache(cacheDir: string): string {
  return path.join(cacheDir, 'compile-cache');
}

function ownEntries(folder: string) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !NOT_OWN.has(name));
}

function ownFolders(folder: string): string[] {
  return ownEntries(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(folder, name))
    .flatMap((inner) => [inner, ...ownFolders(inner)]);
}

function ownFiles(folder: string): string[] {
  return [folder, ...ownFolders(folder)].flatMap((inner) =>
    ownEntries(inner)
      .filter((entry) => entry.isFile())
      .map(({ name }) => path.join(inner, name)),
  );
}
