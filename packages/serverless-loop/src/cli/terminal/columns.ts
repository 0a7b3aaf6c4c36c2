import { wantsColour } from './colour.ts';
import { wrap } from './wrap.ts';

/** Below this what belongs together has no room side by side: text stands below its label, an id below the stamp. */
export const NARROW = 60;

/**
 * The width of the terminal that a stream writes to, or undefined where there is none: a file or a pipe gets whole lines.
 * A caller that wants a terminal's colours without having one (FORCE_COLOR) may give its width too (COLUMNS).
 */
export function columnsOf(
  stream: { isTTY?: boolean; columns?: number | undefined },
  environment: Record<string, string | undefined>,
): number | undefined {
  if (stream.isTTY) return atLeast(stream.columns);
  return wantsColour(stream, environment) ? atLeast(Number(environment.COLUMNS)) : undefined;
}

/** A line in rows that fit, where the stream is a terminal. */
export function inRows(stream: { isTTY?: boolean; columns?: number | undefined }, line: string): string {
  const columns = columnsOf(stream, process.env);
  return columns === undefined ? line : wrap(line, columns);
}

/** A terminal that says it has no columns is one that doesn't know. */
const MIN_COLUMNS = 20;

function atLeast(columns: number | undefined): number | undefined {
  if (columns === undefined || !Number.isInteger(columns) || columns < 1) return undefined;
  return Math.max(MIN_COLUMNS, columns);
}
