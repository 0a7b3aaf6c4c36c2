import { PAGES, pageOf } from '../unit/docs/pages.ts';

/** A line of a page that a reader is to type, without its comment; a line that goes on in the next is one. */
export interface PageCommand {
  page: string;
  command: string;
}

/** Every command in the shell blocks of the pages, in their order. */
export const COMMANDS: readonly PageCommand[] = PAGES.flatMap((page) =>
  [...pageOf(page).matchAll(/^( *)```sh\n(.*?)^\1```$/gms)]
    .flatMap(([, , block = '']) => linesOf(block))
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((command) => ({ page, command })),
);

/** A line ends where no backslash and no quotation mark holds it open. */
function linesOf(block: string): string[] {
  const lines: string[] = [];
  for (const line of block.split('\n').map((it) => it.replace(/\s+#.*$/, ''))) {
    const open = lines.at(-1);
    const isOpen = open !== undefined && (open.endsWith('\\') || (open.split("'").length - 1) % 2 === 1);
    if (isOpen) lines[lines.length - 1] = `${open.replace(/ *\\$/, '')} ${line.trim()}`;
    else lines.push(line);
  }
  return lines;
}
