import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Every page that is written for a reader of the project. */
export const PAGES = [
  ...filesOf('*.md'),
  ...filesOf('events/*.md'),
  ...filesOf('docs/**/*.md'),
  ...filesOf('examples/*/*.md'),
  ...filesOf('packages/*/*.md'),
  ...filesOf('packages/*/docs/**/*.md'),
];

export function pageOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

export function filesOf(pattern: string): string[] {
  return globSync(pattern, { cwd: ROOT }).sort();
}

/** The relative links of a page that lead to no file, or to no heading of one. */
export function deadLinksOf(file: string): string[] {
  const targets = [...withoutBlocks(pageOf(file)).matchAll(/\]\(([^)]+)\)/g)].map(
    ([, target = '']) => target,
  );
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [name = '', anchor] = target.split('#');
    const linked = name === '' ? file : path.join(path.dirname(file), name);
    if (!existsSync(path.join(ROOT, linked))) return true;
    return anchor !== undefined && !anchorsOf(pageOf(linked)).includes(anchor);
  });
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(page: string): string[] {
  const used = new Map<string, number>();
  return [...withoutBlocks(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const slug = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-');
    const before = used.get(slug) ?? 0;
    used.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

function withoutBlocks(page: string): string {
  return page.replaceAll(/^( *)```.*?^\1```$/gms, '');
}
