// Finds modules as in /var/task, where nothing lies above the code: in node_modules of the task root, then in the layers,
// then among what the runtime itself has, the AWS SDK (Lambda guide, "Search path"; ES modules look in the same places since
// nodejs14.x, as the AWS Compute Blog's "Node.js 18.x runtime now available in AWS Lambda" says).
'use strict';

const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');
const { noteLoaded } = require('./builtins.cjs');
const { packageName } = require('./package-name.cjs');

const NOT_FOUND = new Set(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND']);

/**
 * `surroundings`: `layers`, what is at /opt, the last one first; `sdk`, folders with the runtime's packages in their
 * node_modules or above; `hasImports`, whether the code finds ES modules by name. `want(name)` asks the loop for a package of
 * the runtime, and returns when it has come, or can't; `lack(name)` tells it of one that package.json names and that is nowhere.
 */
function installPackages({ taskRoot, nodeMajor, surroundings, want, lack }) {
  const { layers, sdk, hasImports } = surroundings;
  const inTask = (file) => file === taskRoot || file.startsWith(taskRoot + path.sep);
  const declared = declaredPackages(taskRoot);
  const fallbacks = [
    ...layers.flatMap((layer) => layerFolders(layer, nodeMajor)),
    ...(declared.size > 0 ? [path.dirname(taskRoot)] : []),
  ];

  const { _nodeModulePaths: nodeModulePaths, _resolveFilename: resolveFilename } = Module;
  // The folder that a link leads to, as in a workspace, is a package of its own with what it finds around it.
  Module._nodeModulePaths = (from) => {
    const paths = nodeModulePaths.call(Module, from);
    return inTask(path.resolve(from)) ? paths.filter(inTask) : paths;
  };

  /** Folders to look up from for a package that isn't in the task root, the first ones first. */
  function places(name) {
    const found = fallbacks.filter(
      (folder) => has(folder, name) && (folder !== path.dirname(taskRoot) || declared.has(name)),
    );
    if (!isSupplied(name, nodeMajor)) return found;
    const supplied = () => sdk.filter((folder) => has(folder, name, isOfRuntime(name, nodeMajor)));
    if (supplied().length === 0 && found.length === 0) want(name);
    return [...found, ...supplied()];
  }

  Module._resolveFilename = function (request, parent, ...more) {
    const inLayer = layerFile(layers, request);
    try {
      return resolveFilename.call(this, inLayer ?? request, parent, ...more);
    } catch (error) {
      const name = packageName(request);
      if (error?.code !== 'MODULE_NOT_FOUND' || name === undefined) throw error;
      // Another than this one may be what is missing.
      if (!error.message.includes(`'${request}'`)) throw error;
      for (const place of places(name)) return resolveFilename.call(this, request, parentIn(place), ...more);
      if (declared.has(name)) lack(name);
      throw error;
    }
  };

  if (!hasImports || !Module.registerHooks) return;
  const roots = [taskRoot, ...layers.map(({ folder }) => folder)];
  if (roots.some((root) => typeAbove(root) === 'module')) Module.registerHooks({ load: asCommonJs });
  Module.registerHooks({
    resolve(specifier, context, next) {
      if (context.conditions.includes('require')) return next(specifier, context);
      noteLoaded(specifier);
      const inLayer = layerFile(layers, specifier);
      if (inLayer !== undefined) return next(pathToFileURL(inLayer).href, context);
      const name = packageName(specifier);
      const importer = context.parentURL?.startsWith('file:') ? fileURLToPath(context.parentURL) : undefined;
      if (name === undefined || importer === undefined || Module.isBuiltin(specifier))
        return next(specifier, context);
      if (!inTask(importer) || isThere(importer, name)) {
        try {
          return next(specifier, context);
        } catch (error) {
          if (!NOT_FOUND.has(error?.code) || !isSupplied(name, nodeMajor)) throw error;
        }
      }
      for (const place of places(name))
        return next(specifier, {
          ...context,
          parentURL: pathToFileURL(path.join(place, 'package.json')).href,
        });
      if (declared.has(name)) lack(name);
      throw Object.assign(new Error(`Cannot find package '${name}' imported from ${importer}`), {
        code: 'ERR_MODULE_NOT_FOUND',
      });
    },
  });

  /** A file that is an ES module only for a package.json above the code, or above its layer. */
  function asCommonJs(url, context, next) {
    const file = url.startsWith('file:') && url.endsWith('.js') ? fileURLToPath(url) : undefined;
    const root = roots.find((folder) => file?.startsWith(folder + path.sep));
    const isAlone = root !== undefined && !manifestFor(file, root);
    return next(url, isAlone ? { ...context, format: 'commonjs' } : context);
  }

  function manifestFor(file, root) {
    for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
      const manifest = manifestOf(folder);
      if (manifest || folder === root) return manifest;
    }
  }

  /** Between the importer and the task root, or the importer's own name. */
  function isThere(importer, name) {
    for (let folder = path.dirname(importer); inTask(folder); folder = path.dirname(folder)) {
      if (fs.existsSync(path.join(folder, 'node_modules', name))) return true;
      if (manifestOf(folder)?.name === name) return true;
    }
    return false;
  }
}

/** nodejs18.x and later have version 3 of the SDK, those before version 2 (Lambda guide, "Runtime-included SDK versions"). */
function isSupplied(name, nodeMajor) {
  return nodeMajor >= 18 ? /^@(aws-sdk|smithy)\//.test(name) : name === 'aws-sdk';
}

function isOfRuntime(name, nodeMajor) {
  if (name.startsWith('@smithy/')) return () => true;
  return (version) => version.startsWith(nodeMajor >= 18 ? '3.' : '2.');
}

/** Tells whether the package lies in node_modules of the folder or above, in a version that will do. */
function has(from, name, isRight = () => true) {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const found = path.join(folder, 'node_modules', name);
    if (fs.existsSync(found)) return isRight(manifestOf(found)?.version ?? '');
    if (folder === path.dirname(folder)) return false;
  }
}

/** Of the nearest package.json above. */
function typeAbove(taskRoot) {
  for (let folder = path.dirname(taskRoot); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const manifest = manifestOf(folder);
    if (manifest) return manifest.type;
  }
  return undefined;
}

/** `sam build` installs these beside the code, wherever they are found here. */
function declaredPackages(taskRoot) {
  const { dependencies, optionalDependencies } = manifestOf(taskRoot) ?? {};
  return new Set(Object.keys({ ...dependencies, ...optionalDependencies }));
}

function manifestOf(folder) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Folders with node_modules, which stand in NODE_PATH on AWS. */
function layerFolders({ folder, at }, nodeMajor) {
  if (at === 'nodejs') return [path.join(folder, `node${nodeMajor}`), folder];
  return at === '' ? [path.join(folder, `nodejs/node${nodeMajor}`), path.join(folder, 'nodejs')] : [];
}

/** Finds `/opt/…`. */
function layerFile(layers, request) {
  if (!request.startsWith('/opt/')) return undefined;
  const candidates = layers
    .map(({ folder, at }) => path.join(folder, path.relative(path.join('/opt', at), request)))
    .filter((file, index) => file.startsWith(layers[index].folder + path.sep));
  return candidates.find((file) =>
    ['', '.js', '.mjs', '.cjs', '.json'].some((end) => fs.existsSync(file + end)),
  );
}

function parentIn(folder) {
  const filename = path.join(folder, 'package.json');
  return { id: filename, filename, paths: Module._nodeModulePaths(folder), children: [], loaded: true };
}

module.exports = { installPackages };
