import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../unit/app/template.ts';

/** The one code block of a language on a page. Throws where there is none, or more than one. */
export function blockOf(page: string, language: string): string {
  const text = readFileSync(path.join(ROOT, page), 'utf8');
  const blocks = [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))];
  const [block] = blocks;
  if (block?.[1] === undefined || blocks.length > 1) {
    throw new Error(`${page} has ${blocks.length} blocks of ${language}, not one`);
  }
  return block[1];
}
