import path from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import type { Bundle } from './bundler.ts';
import { isPackageFile, type PackageBorder } from './package-border.ts';

/** The files beyond the border that own code imports, with the names that it takes of each; CommonJS has all names. */
export type PackageImports = Record<string, string[]>;

const MARK = 'beyond:';
/** The clause before the module's name, as esbuild writes it, but for `* as name`. */
const CLAUSE = /^(?:import|export)\s*(?:([\w$]+)\s*,?\s*)?(?:\{([^{}]*)\}\s*)?(?:from\s*)?$/;
const NAME = /^[\w$]+$/;

/** esbuild's options for own code as ES modules that still import what is beyond the border: `packageImports` reads that. */
export function importingOptions(options: BuildOptions, border: PackageBorder): BuildOptions {
  const { specifiers, theirs, commonJs } = border;
  const leaving: Plugin = {
    name: `imports beyond ${JSON.stringify(border)}`,
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ path: specifier, kind }) => {
        const file = Object.hasOwn(specifiers, specifier) ? specifiers[specifier] : undefined;
        const isByName = kind === 'import-statement' || (file !== undefined && commonJs.includes(file));
        return file !== undefined && isByName ? { path: `${MARK}${file}`, external: true } : undefined;
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

/** Own code's imports from beyond the border; undefined when names don't say it all, or the border has moved. */
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
    for (const { specifier, kind } of imports) {
      const target = beyond(specifier);
      if (target === undefined) continue;
      if (commonJs.includes(target)) found.set(target, new Set());
      // A namespace that is asked for while the code runs has any name.
      else if (kind !== 'import-statement') return undefined;
    }
    if (imports.length === 0) continue;
    const code = Buffer.from(contents).toString();
    for (const { n: specifier, a: attributes, ss: start, s: quoted } of parse(code)[0]) {
      const target = beyond(specifier);
      if (target === undefined || commonJs.includes(target)) continue;
      const names = attributes < 0 ? namesIn(code.slice(start, quoted - 1)) : undefined;
      if (!names) return undefined;
      found.set(target, new Set([...(found.get(target) ?? []), ...names]));
    }
  }
  return Object.fromEntries([...found].map(([target, names]) => [target, [...names].sort()]));
}

/** The names that an import or export takes of a module. */
function namesIn(clause: string): string[] | undefined {
  const [isKnown, byDefault, list = ''] = CLAUSE.exec(clause) ?? [];
  if (isKnown === undefined) return undefined;
  const named = list
    .split(',')
    .map((item) => item.trim().split(/\s+as\s+/)[0] ?? '')
    .filter((name) => name !== '');
  const names = byDefault === undefined ? named : ['default', ...named];
  return names.every((name) => NAME.test(name)) ? names : undefined;
}

/** True when all that is wanted is there. */
export function holdsImports(there: PackageImports, wanted: PackageImports): boolean {
  return Object.entries(wanted).every(
    ([file, names]) => there[file] !== undefined && names.every((name) => there[file]?.includes(name)),
  );
}

/** The imports of both. */
export function joinImports(one: PackageImports, other: PackageImports): PackageImports {
  const files = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  const namesOf = (file: string) => [...new Set([...(one[file] ?? []), ...(other[file] ?? [])])].sort();
  return Object.fromEntries(files.map((file) => [file, namesOf(file)]));
}
