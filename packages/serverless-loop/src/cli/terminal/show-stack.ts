import process from 'node:process';
import { printable } from '../../printable.ts';
import type { Stack } from '../../template/model.ts';
import { painter, wantsColour } from './colour.ts';
import { columnsOf } from './columns.ts';
import type { Output } from './output.ts';
import { resourceLines } from './resource-lines.ts';
import { type ShownStack, stackSummary } from './stack-summary.ts';

/** Of a reason why a resource is missing. */
const MAX_TEXT_LENGTH = 1_000;

/** Prints what of a stack runs and what doesn't, and why: in rows, or as one JSON object. */
export function showStack(
  stack: Stack,
  { json, inFull, out }: { json: boolean; inFull: boolean; out: Output },
): void {
  const { name, place, resources, notes } = stack;
  if (json) {
    out.json({ time: new Date().toISOString(), kind: 'stack', name, ...place, resources, notes });
    return;
  }
  const paint = painter(wantsColour(out, process.env));
  const columns = columnsOf(out, process.env);
  // A template's texts, on one line each: none can look like a row of its own.
  const shown: ShownStack = JSON.parse(JSON.stringify({ name, place, resources, notes }), (_member, value) =>
    typeof value === 'string' ? printable(value, MAX_TEXT_LENGTH) : value,
  );
  const summary = stackSummary(shown, { paint, columns, isListed: inFull });
  const rows = inFull ? [...summary, '', ...resourceLines(shown.resources, paint, columns)] : summary;
  out.write(`${[...rows, '', ''].join('\n')}`);
}
