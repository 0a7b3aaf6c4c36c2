import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const EXTENDS = /"extends"\s*:\s*("[^"]*"|\[[^\]]*\])/;

/** A tsconfig.json and those in files beside it that it extends, as esbuild reads them; not those of packages. */
export function tsconfigFiles(file: string, known: ReadonlySet<string> = new Set()): string[] {
  if (known.has(file)) return [];
  const extended = extendsOf(file)
    .filter((name) => /^\.{0,2}\//.test(name))
    .map((name) => configFile(path.resolve(path.dirname(file), name)));
  return [file, ...extended.flatMap((next) => tsconfigFiles(next, new Set([...known, file])))];
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
