// Finds the handler that `_HANDLER` names: `folder/file.export`, where the export may be nested with dots.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { RuntimeError } = require('./errors.cjs');
const { isStreaming } = require('./streaming.cjs');

/** Loads the module and returns its handler. Throws RuntimeError, or what the module threw. */
async function loadHandler(taskRoot, name) {
  if (name.includes('..')) {
    throw new RuntimeError(
      'MalformedHandlerName',
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const [, file, exported] = /^([^.]*)\.(.*)$/.exec(path.basename(name)) ?? [];
  if (file === undefined) throw new RuntimeError('MalformedHandlerName', 'Bad handler');

  const loaded = await loadModule(taskRoot, path.join(path.dirname(name), file));
  const handler = exported.split('.').reduce((value, key) => value?.[key], loaded);
  if (!handler) throw new RuntimeError('HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw new RuntimeError('HandlerNotFound', `${name} is not a function`);
  return handler;
}

/** From nodejs24.x on, three declared parameters mean a callback, which is no longer called. */
function refuseCallback(handler, nodeMajor) {
  if (nodeMajor < 24 || handler.length < 3 || isStreaming(handler)) return;
  throw new RuntimeError(
    'CallbackHandlerDeprecated',
    'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
  );
}

async function loadModule(taskRoot, name) {
  const base = path.resolve(taskRoot, name);
  try {
    if (isFile(base)) return require(base);
    if (isFile(`${base}.js`))
      return isEsModule(`${base}.js`, taskRoot) ? await importFile(`${base}.js`) : require(`${base}.js`);
    if (isFile(`${base}.mjs`)) return await importFile(`${base}.mjs`);
    if (isFile(`${base}.cjs`)) return require(`${base}.cjs`);
    return require(require.resolve(name, { paths: [taskRoot] }));
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('UserCodeSyntaxError', error);
    if (error?.code === 'MODULE_NOT_FOUND') throw new RuntimeError('ImportModuleError', error);
    throw error;
  }
}

function importFile(file) {
  return import(pathToFileURL(file).href);
}

function isFile(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

/** By the nearest package.json upwards, as Node decides; on AWS nothing lies above the task root. */
function isEsModule(file, taskRoot) {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (path.basename(folder) === 'node_modules') return false;
    const manifest = path.join(folder, 'package.json');
    if (isFile(manifest)) return JSON.parse(fs.readFileSync(manifest, 'utf8')).type === 'module';
    if (folder === taskRoot || folder === path.dirname(folder)) return false;
  }
}

module.exports = { loadHandler, refuseCallback };
