import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { wrap } from 'serverless-loop/commands';
import { ROOT, withoutMachine } from './shell.ts';
import { terminalSvg } from './terminal-svg.ts';

const FOLDER = path.join('docs', 'images');

export interface Picture {
  /** Of its file in docs/images, without the ending. */
  name: string;
  title: string;
  output: string;
  columns: number;
  appearMs?: readonly number[];
}

/** Writes a picture and gives the name of its file. */
export function drawPicture({ name, title, output, columns, appearMs }: Picture): string {
  const shown = withoutMachine(output);
  const file = path.join(FOLDER, `${name}.svg`);
  mkdirSync(path.join(ROOT, FOLDER), { recursive: true });
  writeFileSync(
    path.join(ROOT, file),
    terminalSvg({ title, output: wrap(shown, columns), columns, ...(appearMs && { appearMs }) }),
  );
  return file;
}
