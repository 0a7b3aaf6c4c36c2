import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Paint } from './colour.ts';
import type { LoggedError } from './logged-error.ts';

/** Below the line that they belong to. */
const INDENT = '  ';

export interface ErrorRowsOptions {
  paint: Paint;
  /** Every frame, also those of packages, of Node and of the loop. */
  verbose: boolean;
}

/** An error as rows: what it is, then where in the sources it came from; what caused it follows in the same way. */
export function errorRows(
  { type, message, frames, cause }: LoggedError,
  options: ErrorRowsOptions,
): string[] {
  const { paint } = options;
  return [
    `${INDENT}${paint('red', indented(type))}: ${indented(message)}`,
    ...frameRows(frames, options),
    ...(cause ? errorRows({ ...cause, type: `caused by ${cause.type}` }, options) : []),
  ];
}

function indented(text: string): string {
  return text.replaceAll('\n', `\n${INDENT}  `);
}

/** The frames of the project's own files; how many others there are is said in one row. */
export function frameRows(frames: string[], { paint, verbose }: ErrorRowsOptions): string[] {
  const own = verbose ? frames : frames.filter(isOwn);
  // An error that came out of a package without the project's doing is told by where it came out.
  const shown = own.length > 0 ? own : frames.slice(0, 1);
  const folded = frames.length - shown.length;
  const rows = shown.map((frame) => `${INDENT}  ${paint('dim', located(frame))}`);
  if (folded === 0) return rows;
  const more = `… ${folded} more in packages, Node and the loop: --verbose`;
  return [...rows, `${INDENT}  ${paint('dim', more)}`];
}

/** Not of a package, of Node, of the loop's runtime, nor of no file at all. */
function isOwn(frame: string): boolean {
  return !/[/\\]node_modules[/\\]|\(node:|^at (?:async )?node:|[/\\]serverless-loop[/\\]runtime[/\\]|\/var\/runtime\/|\(<anonymous>\)|\(native\)/.test(
    frame,
  );
}

/** With the path as a terminal in this folder can follow it. */
function located(frame: string): string {
  const asPaths = frame.replaceAll(/file:\/\/[^\s)]+/g, (url) => (URL.canParse(url) ? pathOf(url) : url));
  return asPaths.replaceAll(`${process.cwd()}${path.sep}`, '');
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}
