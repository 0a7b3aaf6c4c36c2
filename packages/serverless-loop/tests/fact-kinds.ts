import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PACKAGE = path.resolve(import.meta.dirname, '..');

/** The kinds of facts, as their types declare them. */
export function factKinds(): string[] {
  return globSync('src/facts/*.ts', { cwd: PACKAGE }).flatMap((file) => {
    const text = readFileSync(path.join(PACKAGE, file), 'utf8');
    return [...text.matchAll(/kind: '([\w.]+)'/g)].map(([, kind = '']) => kind);
  });
}
