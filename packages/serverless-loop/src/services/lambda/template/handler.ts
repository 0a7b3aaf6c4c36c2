import { existsSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { CodeModel } from '../../../template/model.ts';

/** In the order that Lambda's Node.js runtime looks for them. */
const MODULE_ENDINGS = ['.js', '.mjs', '.cjs'];
const SOURCE_ENDINGS = ['.ts', '.mts', '.cts', '.tsx'];

/** The reason why Lambda would not find the handler in the code; undefined when it would. */
export function handlerProblem(handler: string, code: CodeModel, runtime: string): string | undefined {
  // Only a bootstrap knows what that makes of it.
  if (handler === '' || runtime.startsWith('provided')) return undefined;
  if (runtime.startsWith('python')) return pythonHandlerProblem(handler, code);
  const module = moduleOf(handler);
  if (module === undefined) return `expected file.export, found ${JSON.stringify(handler)}`;
  // A file of a layer, such as a tracing wrapper.
  return module.startsWith('/') ? undefined : whyMissing(module, code);
}

/**
 * The handler as `sam build` leaves it: one whose file the bundle doesn't hold at its path becomes the name of that file alone,
 * because esbuild writes `src/app.ts` as `app.js` (SAM CLI, bundler.py, `_update_function_handler`).
 */
export function builtHandler(handler: string, code: CodeModel): string {
  const module = moduleOf(handler);
  if (code.kind !== 'esbuild' || module === undefined || module.startsWith('/')) return handler;
  return outputsOf(code.entryPoints).includes(posix.normalize(module)) ? handler : posix.basename(handler);
}

/** `package.module.function`, or with slashes (Lambda guide, "Define Lambda function handler in Python"). */
function pythonHandlerProblem(handler: string, code: CodeModel): string | undefined {
  const module = handler.slice(0, Math.max(0, handler.lastIndexOf('.'))).replaceAll('.', '/');
  if (module === '') return `expected module.function, found ${JSON.stringify(handler)}`;
  if (code.kind !== 'folder') return undefined;
  const path = join(code.codeUri, module);
  const isThere = [`${path}.py`, join(path, '__init__.py')].some((file) => existsSync(file));
  return isThere ? undefined : `expected the handler's file at ${path}.py, found nothing`;
}

/** The path without ending of `folder/file.export`; the export is all after the first dot of the file's name. */
function moduleOf(handler: string): string | undefined {
  const match = /^(?<folder>(?:.*\/)?)(?<file>[^./\s]+)\.[^/\s]+$/.exec(handler);
  return match?.groups && `${match.groups.folder}${match.groups.file}`;
}

function whyMissing(module: string, code: CodeModel): string | undefined {
  if (code.kind === 'inline')
    return module === 'index'
      ? undefined
      : `expected index.<export>, as inline code becomes index.js, found ${module}`;
  // A zip's content is seen when it is unpacked; on AWS the first invocation tells.
  if (code.kind === 's3' || code.kind === 'package') return undefined;
  if (code.kind === 'esbuild') {
    const outputs = outputsOf(code.entryPoints);
    return outputs.includes(posix.normalize(module))
      ? undefined
      : `expected one of the bundle's modules (${outputs.join(', ')}), found ${module}`;
  }
  const path = join(code.codeUri, module);
  if (MODULE_ENDINGS.some((ending) => existsSync(path + ending))) return undefined;
  const source = SOURCE_ENDINGS.find((ending) => existsSync(path + ending));
  return source
    ? `expected JavaScript at ${path}.js, found only ${path}${source} (does "Metadata: BuildMethod: esbuild" miss?)`
    : `expected the handler's file at ${path}.js, .mjs or .cjs, found nothing`;
}

/**
 * The paths without ending that esbuild writes: relative to the folder that all entry points have in common
 * (esbuild's documentation of "Outbase").
 */
function outputsOf(entryPoints: readonly string[]): string[] {
  const paths = entryPoints.map((entryPoint) => posix.normalize(entryPoint).replace(/\.[^./]+$/, ''));
  const common = paths.map((path) => dirname(path)).reduce(commonFolder);
  return paths.map((path) => posix.relative(common, path));
}

function commonFolder(a: string, b: string): string {
  const left = a.split('/');
  const right = b.split('/');
  const firstDifference = left.findIndex((part, index) => part !== right[index]);
  return firstDifference < 0 ? a : left.slice(0, firstDifference).join('/') || '.';
}
