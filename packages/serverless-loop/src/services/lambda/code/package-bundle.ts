import path from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import type { Bundle, Bundler } from './bundler.ts';
import type { Inputs } from './inputs.ts';
import type { PackageBorder } from './package-border.ts';
import type { PackageImports } from './package-imports.ts';

/**
 * The packages beyond the border, in a bundle of their own, which stays as it is when own code is saved. It holds, as the
 * whole bundle does, only what is imported by name, and each module is run when own code comes to its import.
 */
export interface PackageBundle {
  folder: string;
  /** The files that it was made of. */
  inputs: Inputs;
  border: PackageBorder;
  imports: PackageImports;
}

export interface PackageBundleOptions {
  codeUri: string;
  /** From the build properties. */
  options: BuildOptions;
  outdir: string;
  border: PackageBorder;
  imports: PackageImports;
}

const ENTRY = 'packages';
/** In `<…>`, as esbuild writes what is no file. */
const NAMESPACE = '<packages>';
/**
 * Stands for `default` between the bundles, where both ends are ES modules: esbuild takes what it doesn't bundle
 * for CommonJS, of which another thing is the default.
 */
const DEFAULT = '__default';

/** Bundles it, with one file `<index>.js` for each module, the n-th of `imports`. */
export async function bundlePackages(
  bundler: Bundler,
  { codeUri, options, outdir, border, imports }: PackageBundleOptions,
  signal?: AbortSignal,
): Promise<Bundle> {
  const modules = Object.entries(imports);
  const loads = modules.map(([file], index) => {
    const name = border.commonJs.includes(file) ? file : `./${index}.js`;
    return `() => require(${JSON.stringify(name)})`;
  });
  const texts = new Map([
    [ENTRY, `module.exports = [${loads.join()}];`],
    ...modules.map(([file, names], index): [string, string] => [
      `./${index}.js`,
      exporting(names, file, (name) => (name === 'default' ? `default as ${DEFAULT}` : name)),
    ]),
  ]);
  const entering: Plugin = {
    name: `packages ${JSON.stringify([border.commonJs, imports])}`,
    setup(build) {
      build.onResolve({ filter: /^packages$|^\.\/\d+\.js$/ }, ({ path: name, kind, namespace }) =>
        kind === 'entry-point' || (namespace === NAMESPACE && texts.has(name))
          ? { path: name, namespace: NAMESPACE }
          : undefined,
      );
      build.onLoad({ filter: /./, namespace: NAMESPACE }, ({ path: name }) => ({
        contents: texts.get(name) ?? '',
        // A name that own code exports again may be a type's, which isn't there.
        loader: 'ts',
        resolveDir: codeUri,
      }));
    },
  };
  const bundle = await bundler.bundle(
    {
      codeUri,
      entryPoints: [ENTRY],
      options: { ...withoutNames(options), plugins: [entering] },
      outdir,
    },
    signal,
  );
  const doors = modules.map((_, index) => ({
    path: moduleFile(index),
    contents: Buffer.from(`module.exports = require('./${ENTRY}.js')[${index}]();\n`),
    imports: [],
  }));
  return { ...bundle, files: [...bundle.files, ...doors] };
}

/** esbuild's options for own code that loads what is beyond the border from `packages`; the build fails if it isn't there. */
export function besideOptions(
  options: BuildOptions,
  { folder, imports, border }: PackageBundle,
): BuildOptions {
  const files = Object.keys(imports);
  const theirs = border.theirs.map((file) => `^${literally(file)}$`);
  const beside: Plugin = {
    name: `beside ${folder}`,
    setup(build) {
      build.onLoad({ filter: new RegExp(['/node_modules/', ...theirs].join('|')) }, ({ path: file }) => {
        const index = files.indexOf(file);
        if (index < 0) return { errors: [{ text: `${file} is not in the bundle of the packages` }] };
        const from = path.join(folder, moduleFile(index));
        // Of the file's own kind: esbuild runs ES modules before CommonJS that is imported beside them.
        const contents = border.commonJs.includes(file)
          ? `module.exports = require(${JSON.stringify(from)});`
          : exporting(imports[file] ?? [], from, (name) =>
              name === 'default' ? `${DEFAULT} as default` : name,
            );
        return { contents, loader: 'js' };
      });
    },
  };
  return { ...options, external: [...(options.external ?? []), `${folder}/*`], plugins: [beside] };
}

/** As a part of a regular expression, JavaScript's and Go's. */
function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function moduleFile(index: number): string {
  return `${index}.js`;
}

function exporting(names: string[], from: string, passOn: (name: string) => string): string {
  const source = JSON.stringify(from);
  return names.length === 0 ? `import ${source};` : `export { ${names.map(passOn).join()} } from ${source};`;
}

/** The names of files are these here. */
function withoutNames({
  entryNames: _,
  outbase: __,
  outExtension: ___,
  ...options
}: BuildOptions): BuildOptions {
  return options;
}
