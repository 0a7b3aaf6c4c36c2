import { type NextStep, stepLines } from '../../loop/next-steps.ts';
import { wrap } from './wrap.ts';

const INDENT = '  ';

/** A row a step, its purpose beside it; where a terminal is too narrow for both, the purpose stands above. */
export function stepRows(steps: readonly NextStep[], columns: number | undefined): string[] {
  const lines = stepLines(steps).map((line) => `${INDENT}${line}`);
  if (columns === undefined || lines.every(({ length }) => length <= columns)) return lines;
  return steps.flatMap(({ command, purpose }) => [
    wrap(`${INDENT}# ${purpose}`, columns).replaceAll(/\n */g, `\n${INDENT}# `),
    // Pasted with its rows, it is still one command.
    wrap(`${INDENT}${command}`, columns - ' \\'.length).replaceAll('\n', ' \\\n'),
  ]);
}
