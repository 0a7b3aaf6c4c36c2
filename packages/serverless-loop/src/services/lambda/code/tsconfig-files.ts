import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const EXTENDS = /"extends"\s*:\s*("[^"]*"|\[[^\]]*\])/;

/** A tsconfig.json and those that it extends, as esbuild reads them; `find` says where a package has one. */
export function tsconfigFiles(
  file: string,
  known: ReadonlySet<string> = new Set(),
  find: (name: string) => string | undefined = () => undefined,
): string[] {
  if (known.has(file)) return [];
  const extended = extendsOf(file)
    .map((name) =>
      /^\.{0,2}\//.test(name) ? configFile(path.resolve(path.dirname(file), name)) : find(name),
    )
    .filter((next) => next !== undefined);
  return [file, ...extended.flatMap((next) => tsconfigFiles(next, new Set([...known, file]), find))];
}

function extendsOf(file: string): string[] {
  const [, names = ''] = EXTENDS.exec(textOf(file)) ?? [];
  return [...names.matchAll(/"([^"]*)"/g)].map(([, name = '']) => name);
}

/** The ending may be left out. */
function configFile(name: string): string {
  return name.endsWith('.json') || statSync(name, { throwIfNoEntry: false })?.isFile()
    ? name
    : `${name}.json`;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
