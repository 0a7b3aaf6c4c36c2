import { hash } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writingTo } from '../../../folder-error.ts';
import type { FunctionModel } from '../../../template/model.ts';
import type { RunnableCode } from '../environments/runtime-process.ts';
import { BuildError } from './build-error.ts';
import type { BundleCache } from './bundle-cache.ts';
import { isSourceMap } from './bundle-manifest.ts';
import { bundledSource } from './bundled-source.ts';
import type { Bundler } from './bundler.ts';
import { type Fingerprints, fingerprintAll } from './fingerprint.ts';
import { ownFiles, ownFolders } from './own-folders.ts';

/** A function's code, ready to run. */
export interface LoadedCode extends RunnableCode {
  /** The same for the same content. */
  version: string;
  /** Without source maps; undefined for code that has yet to settle. */
  sizeBytes?: number;
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
  /**
   * Called when nothing is saved for a while: makes what the next load will be the quicker for, and the code that
   * `load` put off, if it did, for the environments that start from now on. Rejects with BuildError, also when it is
   * aborted.
   */
  settle?(current: LoadedCode, signal: AbortSignal): Promise<LoadedCode | undefined>;
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

export function codeSource(options: CodeSourceOptions): CodeSource {
  const { code } = options.fn;
  if (code.kind === 'esbuild') return bundledSource(options, code);
  if (code.kind === 'folder') return folderSource(options, code.codeUri);
  if (code.kind === 'package') return packageSource(options, code);
  if (code.kind === 's3') return packedSource(options.fn, code);
  return inlineSource(options, code.source);
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
      writingTo(cacheDir, () => {
        mkdirSync(taskRoot, { recursive: true });
        writeFileSync(path.join(taskRoot, 'index.js'), source);
      });
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
