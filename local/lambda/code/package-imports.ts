import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import type { Bundle } from './bundler.ts';
import { nearest } from './fingerprint.ts';
import { isPackageFile, type PackageBorder } from './package-border.ts';

/** What own code imports from beyond the border. */
export interface PackageImports {
  /** By file. */
  names: Record<string, string[]>;
  /** Whether files of ES modules ask: that decides what the default export of CommonJS is. Unset where it doesn't matter. */
  isEsModule?: boolean;
}

const MARK = 'beyond:';
/** As esbuild writes them, but for `* as name` and attributes. */
const STATEMENT = /^(?:import|export)\s*(?:([\w$]+)\s*,?\s*)?(?:\{([^{}]*)\}\s*)?(?:from\s*)?"[^"]*"$/;
const NAME = /^[\w$]+$/;

/** esbuild's options for own code as ES modules that still import what is beyond the border: `packageImports` reads that. */
export function importingOptions(options: BuildOptions, border: PackageBorder): BuildOptions {
  const { specifiers, theirs } = border;
  const leaving: Plugin = {
    name: `imports beyond ${JSON.stringify(border)}`,
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ path: specifier, kind }) => {
        const file = Object.hasOwn(specifiers, specifier) ? specifiers[specifier] : undefined;
        if (file === undefined || kind !== 'import-statement') return undefined;
        return { path: `${MARK}${file}`, external: true };
      });
    },
  };
  return {
    ...options,
    external: [...(options.external ?? []), ...theirs],
    format: 'esm',
    minify: false,
    minifyIdentifiers: false,
    minifySyntax: false,
    minifyWhitespace: false,
    sourcemap: false,
    legalComments: 'none',
    plugins: [leaving],
  };
}

/** What own code imports from beyond the border; undefined when names don't say it all, or the border has moved. */
export async function packageImports(
  bundle: Bundle,
  { theirs, commonJs }: PackageBorder,
): Promise<PackageImports | undefined> {
  const { inputs, files, outdir } = bundle;
  if (inputs.some(isPackageFile)) return undefined;
  const { init, parse } = await import('es-module-lexer');
  await init;
  const found = new Map<string, Set<string>>();
  for (const { path: file, contents, imports } of files) {
    const beyond = (specifier = '') => {
      if (specifier.startsWith(MARK)) return specifier.slice(MARK.length);
      const target = path.resolve(outdir, path.dirname(file), specifier);
      return theirs.includes(target) ? target : undefined;
    };
    // A namespace that is asked for while the code runs has any name.
    if (imports.some(({ specifier, kind }) => kind !== 'import-statement' && beyond(specifier)))
      return undefined;
    if (imports.length === 0) continue;
    const code = Buffer.from(contents).toString();
    for (const { n: specifier, ss: start, se: end } of parse(code)[0]) {
      const target = beyond(specifier);
      if (target === undefined) continue;
      const names = namesIn(code.slice(start, end));
      if (!names) return undefined;
      found.set(target, new Set([...(found.get(target) ?? []), ...names]));
    }
  }
  const names = Object.fromEntries([...found].map(([target, taken]) => [target, [...taken].sort()]));
  const ambiguous = commonJs.filter((file) => names[file]?.includes('default'));
  if (ambiguous.length === 0) return { names };
  const kinds = new Set(importersOf(ambiguous, bundle).map(isEsModule));
  return kinds.size === 1 ? { names, isEsModule: kinds.has(true) } : undefined;
}

function importersOf(targets: string[], { metafile, codeUri }: Bundle): string[] {
  const marked = targets.map((file) => `${MARK}${file}`);
  const ends = (target: string) => marked.includes(target) || targets.includes(path.resolve(codeUri, target));
  return Object.entries(metafile.inputs)
    .filter(([, { imports }]) => imports.some(({ path: target }) => ends(target)))
    .map(([input]) => path.resolve(codeUri, input));
}

/** By its ending or the nearest package.json, as esbuild decides. */
function isEsModule(file: string): boolean {
  if (/\.[cm][jt]sx?$/.test(file)) return /\.m[jt]sx?$/.test(file);
  const manifest = nearest(['package.json'], path.dirname(file));
  const { type }: { type?: unknown } = manifest ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
  return type === 'module';
}

/** The names that a statement takes of the module that it imports. */
function namesIn(statement: string): string[] | undefined {
  const [isKnown, byDefault, list = ''] = STATEMENT.exec(statement) ?? [];
  if (isKnown === undefined) return undefined;
  const named = list
    .split(',')
    .map((item) => item.trim().split(/\s+as\s+/)[0] ?? '')
    .filter((name) => name !== '');
  const names = byDefault === undefined ? named : ['default', ...named];
  return names.every((name) => NAME.test(name)) ? names : undefined;
}

/** Whether all that is wanted is there. */
export function holdsImports(there: PackageImports, wanted: PackageImports): boolean {
  const hasAll = ([file, names]: [string, string[]]) =>
    there.names[file] !== undefined && names.every((name) => there.names[file]?.includes(name));
  const isOfKind = wanted.isEsModule === undefined || wanted.isEsModule === there.isEsModule;
  return isOfKind && Object.entries(wanted.names).every(hasAll);
}

/** What both want; of two kinds that differ, the one's. */
export function joinImports(one: PackageImports, other: PackageImports): PackageImports {
  const files = [...new Set([...Object.keys(one.names), ...Object.keys(other.names)])].sort();
  const namesOf = (file: string) =>
    [...new Set([...(one.names[file] ?? []), ...(other.names[file] ?? [])])].sort();
  const names = Object.fromEntries(files.map((file) => [file, namesOf(file)]));
  return { ...other, ...one, names };
}
