import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

export function pageOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

export function filesOf(pattern: string): string[] {
  return globSync(pattern, { cwd: ROOT }).sort();
}

/** The relative links of a page that lead to no file. */
export function deadLinksOf(file: string): string[] {
  const targets = [...pageOf(file).matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target) || target.startsWith('#')) return false;
    return !existsSync(path.join(ROOT, path.dirname(file), target.replace(/#.*$/, '')));
  });
}
