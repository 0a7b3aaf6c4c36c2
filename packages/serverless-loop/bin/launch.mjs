// Plain JavaScript, so that any Node can read it: it says what is missing before the first TypeScript file is loaded,
// and it turns the compile cache on early enough to hold the stripped TypeScript too.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { privateFolder, userCacheFolder } from './private-folder.mjs';

const NEEDED = [22, 18];
const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
/** A package that was packed has only what was built of them. */
const SOURCES = path.join(PACKAGE, 'src');

/**
 * Runs a command's module in this process, with `process.argv` as it is: from what was built of it, as long as no source of
 * the build has changed since, else from its source.
 *
 * @param {{
 *   source: string,
 *   build: string,
 *   whenNodeIsOld?: () => string[],
 * }} command `source` is the module, `build` the folder of its build, as `buildCommands` leaves it;
 *   `whenNodeIsOld` says what to do about a Node that can't run it
 */
export async function launch({ source, build, whenNodeIsOld = () => [] }) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
    const found = `This needs Node ${NEEDED.join('.')} or newer, found ${process.versions.node} at ${process.execPath}.`;
    process.stderr.write([found, '', ...whenNodeIsOld(), ''].join('\n'));
    process.exit(1);
  }
  enableCompileCache();
  process.argv[1] = source;
  // An import of this package by its name gets its build, too, or its sources.
  const own = path.join(PACKAGE, 'dist');
  const ownBuild = freshBuild(own);
  if (!ownBuild) preferSources();
  const fresh = ownBuild && (build === own ? ownBuild : freshBuild(build));
  const built = fresh?.commands[path.basename(source)];
  await import(pathToFileURL(built === undefined ? source : path.join(build, built)).href);
}

/**
 * The bytecode is executed as it stands in the folder, so it must be one that only the user can write; without such a
 * one there is no cache. Node itself has it in the temporary folder, where any user can be the first to make it.
 */
function enableCompileCache() {
  try {
    module.enableCompileCache?.(privateFolder(path.join(userCacheFolder(process.env), 'commands')));
  } catch {
    // Slower, and nothing else.
  }
}

/** The manifest of a build; undefined as soon as one of its sources has changed. */
function freshBuild(folder) {
  try {
    const { commands, inputs } = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
    // A packed package has no sources that could differ.
    const isFresh =
      !existsSync(SOURCES) || Object.keys(inputs).every((file) => isKnown(folder, file, inputs[file]));
    return isFresh ? { commands } : undefined;
  } catch {
    return undefined;
  }
}

/** There are more than a thousand, so that each path is made in the cheapest way, and a file that is gone throws nothing. */
function isKnown(folder, file, { mtimeMs, size }) {
  const found = statSync(`${folder}/${file}`, { throwIfNoEntry: false });
  return found?.mtimeMs === mtimeMs && found.size === size;
}

/**
 * Joins the files of each entry point into few, and leaves beside them what tells later whether they are still those of their
 * sources. Rejects with esbuild's error.
 *
 * @param {{ root: string, folder: string, entryPoints: string[] }} build `entryPoints` are relative to `root`; `folder` is
 *   gets a file by the name of each, and keeps those of the build before
 */
export async function buildCommands({ root, folder, entryPoints, core }) {
  mkdirSync(folder, { recursive: true });
  const manifest = path.join(folder, 'manifest.json');
  const before = outputsOf(manifest);
  rmSync(manifest, { force: true });
  const { build } = await import('esbuild');
  const options = {
    absWorkingDir: root,
    entryPoints,
    entryNames: '[name]',
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    packages: 'external',
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
  };
  const plugins = core === undefined ? [] : [await coreFor({ root, core, build, options })];
  const { metafile } = await build({ ...options, plugins });
  const here = (file) => path.relative(folder, path.resolve(root, file));
  const commands = Object.entries(metafile.outputs)
    .filter(([, { entryPoint }]) => entryPoint)
    .map(([file, { entryPoint }]) => [path.basename(entryPoint), here(file)]);
  const inputs = Object.keys(metafile.inputs).map((file) => {
    const { mtimeMs, size } = statSync(path.resolve(root, file));
    return [here(file), { mtimeMs, size }];
  });
  const outputs = Object.keys(metafile.outputs).map(here);
  // A command that runs since the build before has yet to load some of its files, whose names no other build has.
  for (const file of readdirSync(folder))
    if (!outputs.includes(file) && !before.includes(file))
      rmSync(path.join(folder, file), { recursive: true, force: true });
  writeFileSync(
    manifest,
    JSON.stringify({ commands: Object.fromEntries(commands), inputs: Object.fromEntries(inputs), outputs }),
  );
}

/** True as long as no source of the build in `folder` has changed since. */
export function isBuilt(/** @type {string} */ folder) {
  return freshBuild(folder) !== undefined;
}

/** The files that a build has left; none when it was interrupted. */
function outputsOf(manifest) {
  try {
    const { outputs = [] } = JSON.parse(readFileSync(manifest, 'utf8'));
    return outputs;
  } catch {
    return [];
  }
}

async function coreFor({ root, core, build, options }) {
  const { lazyFilesImport } = await import('./lazy-files.mjs');
  const { metafile } = await build({ ...options, write: false, sourcemap: false });
  return lazyFilesImport({ root, core, metafile });
}

function preferSources() {
  module.registerHooks({
    resolve: (specifier, context, next) =>
      next(
        specifier,
        specifier.startsWith('serverless-loop')
          ? { ...context, conditions: [...context.conditions, 'serverless-loop-source'] }
          : context,
      ),
  });
}
