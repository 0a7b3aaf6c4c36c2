import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../unit/app/template.ts';

/** The one code block of a language on a page, without its indentation in a list. Throws unless there is one. */
export function blockOf(page: string, language: string): string {
  const text = readFileSync(path.join(ROOT, page), 'utf8');
  const blocks = [...text.matchAll(new RegExp(`^( *)\`\`\`${language}\\n(.*?)^\\1\`\`\`$`, 'gms'))];
  const [, indentation = '', code] = blocks[0] ?? [];
  if (code === undefined || blocks.length > 1) {
    throw new Error(`${page} has ${blocks.length} blocks of ${language}, not one`);
  }
  return code.replaceAll(new RegExp(`^${indentation}`, 'gm'), '');
}
