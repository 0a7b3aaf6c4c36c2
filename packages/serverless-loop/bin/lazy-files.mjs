// Plain JavaScript, because an older Node may build the commands.

import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A plugin for esbuild. It puts a module into a file for each set of entry points that reach it, and what is imported lazily
 * is an entry point, too: a start would load eighty small files, at half a millisecond each. Whatever is imported lazily
 * imports `core` here, which runs by then, so that the modules of `core` are reached by all alike and are one file.
 *
 * @param {{ root: string, core: string, metafile: import('esbuild').Metafile }} options `core` is a file, relative to `root`;
 *   `metafile` tells of a build without this
 * @returns {import('esbuild').Plugin}
 */
export function lazyFilesImport({ root, core, metafile }) {
  const lazy = new Set(
    Object.values(metafile.inputs)
      .flatMap(({ imports }) => imports)
      .filter(
        ({ kind, external, path: file }) => kind === 'dynamic-import' && !external && isBelow(file, core),
      )
      .map(({ path: file }) => path.resolve(root, file)),
  );
  const line = `import ${JSON.stringify(path.resolve(root, core))}; `;
  return {
    name: 'lazy files import the core',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path: file }) =>
        lazy.has(file) ? { contents: line + readFileSync(file, 'utf8'), loader: 'ts' } : undefined,
      );
    },
  };

  /** The commands themselves are lazy, too, and some of them do without the core. */
  function isBelow(file, ofCore) {
    return !file.startsWith('src/cli/') && file !== ofCore;
  }
}
