import { hash } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writingTo } from '../../../folder-error.ts';
import type { FunctionModel } from '../../../template/model.ts';
import { BuildError } from './build-error.ts';
import { isSourceMap } from './bundle-manifest.ts';
import { bundledSource } from './bundled-source.ts';
import { missingPackages, reportMissing } from './declared-packages.ts';
import { fingerprintAll } from './fingerprint.ts';
import { inputsOf, NO_INPUTS } from './inputs.ts';
import { withLayers } from './layered-source.ts';
import type { CodeSource, CodeSourceOptions } from './loaded-code.ts';
import { withProgram } from './other-runtimes.ts';
import { ownFiles, ownFolders } from './own-folders.ts';
import { missingRequirements } from './python-requirements.ts';

export function codeSource(options: CodeSourceOptions): CodeSource {
  const { layers } = options.fn;
  const source = withProgram(ownSource(options), options);
  return layers ? withLayers(source, layers) : source;
}

function ownSource(options: CodeSourceOptions): CodeSource {
  const { code } = options.fn;
  if (code.kind === 'esbuild') return bundledSource(options, code);
  if (code.kind === 'folder') return folderSource(options, code.codeUri);
  if (code.kind === 'package') return packageSource(options, code);
  if (code.kind === 's3') return packedSource(options.fn, code);
  return inlineSource(options, code.source);
}

/** Code that is run where it is. */
function folderSource(options: CodeSourceOptions, codeUri: string): CodeSource {
  const { fn, cacheDir } = options;
  let told = '';

  function tellMissing(): void {
    const names = missingIn(codeUri, fn);
    if (names.join() !== told) reportMissing(fn, names, options);
    told = names.join();
  }

  return {
    async load() {
      tellMissing();
      const files = ownFiles(codeUri);
      const all = fingerprintAll(files);
      const sizeBytes = files
        .filter((file) => !isSourceMap(file))
        .reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
      return {
        taskRoot: codeUri,
        compileCacheDir: compileCache(cacheDir),
        version: hash('sha256', JSON.stringify(all)),
        inputs: inputsOf(all),
        sizeBytes,
      };
    },
    folders: () => [codeUri, ...ownFolders(codeUri)],
    takesNewFiles: true,
  };
}

function missingIn(codeUri: string, fn: FunctionModel): string[] {
  if (fn.runtime.startsWith('nodejs')) return missingPackages(codeUri, fn);
  return fn.runtime.startsWith('python') ? missingRequirements(codeUri, fn) : [];
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
      inputs: NO_INPUTS,
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
      return { taskRoot, compileCacheDir: compileCache(cacheDir), version, inputs: NO_INPUTS, sizeBytes };
    },
    folders: () => [],
    takesNewFiles: false,
  };
}

/** For code that stays where it is. */
function compileCache(cacheDir: string): string {
  return path.join(cacheDir, 'compile-cache');
}
