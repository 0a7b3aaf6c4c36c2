import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Metafile } from 'esbuild';

/** The border between own code and its packages. */
export interface PackageBorder {
  /** Own code's imports by names that are no paths, each with the file that it leads to beyond the border. */
  specifiers: Record<string, string>;
  /** Own files that packages import, as an alias may have it, and all that those import: they lie beyond it, too. */
  theirs: string[];
  /** Those of CommonJS that own code imports. */
  commonJs: string[];
}

export function isPackageFile(file: string): boolean {
  return file.includes('/node_modules/');
}

/** The border in what a whole bundle is made of; undefined when nothing lies beyond it or it is no clear one. */
export function packageBorder(metafile: Metafile, codeUri: string): PackageBorder | undefined {
  const graph = importGraph(metafile, codeUri);
  const beyond = reachable(graph, [...graph.keys()].filter(isPackageFile));
  const crossing = [...graph]
    .filter(([file]) => !beyond.has(file))
    .flatMap(([, { imports }]) => imports.filter(({ target }) => beyond.has(target)));
  const specifiers = new Map<string, string>();
  for (const { target, specifier } of crossing) {
    if (/^[./]/.test(specifier)) continue;
    // As where a workspace has a version of its own.
    if ((specifiers.get(specifier) ?? target) !== target) return undefined;
    specifiers.set(specifier, target);
  }
  if (crossing.length === 0) return undefined;
  const targets = new Set(crossing.map(({ target }) => target));
  return {
    specifiers: Object.fromEntries(specifiers),
    theirs: [...beyond].filter((file) => !isPackageFile(file)).sort(),
    commonJs: [...targets].filter((file) => graph.get(file)?.isCommonJs).sort(),
  };
}

/** Joins what both name; undefined when they contradict one another. */
export function joinBorders(one: PackageBorder, other: PackageBorder): PackageBorder | undefined {
  const specifiers = { ...one.specifiers, ...other.specifiers };
  const agree =
    isDeepStrictEqual({ ...specifiers, ...one.specifiers }, specifiers) &&
    isDeepStrictEqual(one.theirs, other.theirs);
  return agree
    ? { ...other, specifiers, commonJs: [...new Set([...one.commonJs, ...other.commonJs])].sort() }
    : undefined;
}

/** By absolute paths, without what isn't in the bundle. */
type ImportGraph = Map<string, { isCommonJs: boolean; imports: { target: string; specifier: string }[] }>;

function importGraph({ inputs }: Metafile, codeUri: string): ImportGraph {
  return new Map(
    Object.entries(inputs).map(([input, { imports, format }]) => [
      path.resolve(codeUri, input),
      {
        isCommonJs: format === 'cjs',
        imports: imports
          .filter(({ external, path: target }) => !external && inputs[target])
          .map(({ path: target, original = target }) => ({
            target: path.resolve(codeUri, target),
            specifier: original,
          })),
      },
    ]),
  );
}

function reachable(graph: ImportGraph, from: string[]): Set<string> {
  const reached = new Set(from);
  // Files that are added during the walk are walked, too.
  for (const file of reached) for (const { target } of graph.get(file)?.imports ?? []) reached.add(target);
  return reached;
}
