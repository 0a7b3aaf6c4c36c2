import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../unit/app/template.ts';

/**
 * The one code block of a language on a page, or in the part of it under a heading, without its indentation in a list.
 * Throws unless there is one.
 */
export function blockOf(page: string, language: string, heading?: string): string {
  const whole = readFileSync(path.join(ROOT, page), 'utf8');
  const text = heading === undefined ? whole : partUnder(whole, heading);
  const blocks = [...text.matchAll(new RegExp(`^( *)\`\`\`${language}\\n(.*?)^\\1\`\`\`$`, 'gms'))];
  const [, indentation = '', code] = blocks[0] ?? [];
  if (code === undefined || blocks.length > 1) {
    throw new Error(`${page} has ${blocks.length} blocks of ${language}, not one`);
  }
  return code.replaceAll(new RegExp(`^${indentation}`, 'gm'), '');
}

function partUnder(text: string, heading: string): string {
  const [, part] = text.split(new RegExp(`^## ${heading}\n`, 'm'));
  if (part === undefined) throw new Error(`there is no part "${heading}"`);
  return part.split(/^## /m)[0] ?? '';
}

/** A place in a file to be changed: what is there, and what is to be there. */
export interface Change {
  file: string;
  from: string;
  to: string;
}

/** The changes of a block of `diff`: after each `--- FILE` lines that stay, go (-) and come (+). */
export function changesOf(diff: string): Change[] {
  return diff
    .split(/^--- /m)
    .slice(1)
    .map((hunk) => {
      const [file = '', ...lines] = hunk.trimEnd().split('\n');
      const text = (without: string) =>
        lines
          .filter((line) => !line.startsWith(without))
          .map((line) => `${line.slice(1)}\n`)
          .join('');
      return { file, from: text('+'), to: text('-') };
    });
}
