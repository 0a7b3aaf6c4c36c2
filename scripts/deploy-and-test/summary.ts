import { type Paint, printable } from 'serverless-loop/commands';
import type { Outcome, Result } from './result.ts';

/** Each step, its time and its result, as a table. */
export function summaryText(results: readonly Result[], paint: Paint): string {
  const width = Math.max(...results.map(({ title }) => title.length), 0);
  const lines = results.map(({ title, tookMs, outcome }) => {
    const time = outcome.kind === 'not run' ? '' : secondsText(tookMs);
    return `  ${title.padEnd(width)}  ${time.padStart(8)}  ${outcomeText(outcome, paint)}`;
  });
  return `${paint('bold', 'Summary')}\n${lines.join('\n')}\n`;
}

export function secondsText(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

/** On one line: of a reason its first. */
export function outcomeText(outcome: Outcome, paint: Paint): string {
  switch (outcome.kind) {
    case 'held':
      return `${paint('green', 'ok')}  ${printable(outcome.seen)}`;
    case 'failed':
      return `${paint('red', 'FAILED')}  ${printable(outcome.reason.split('\n', 1)[0] ?? '', 1_000)}`;
    case 'interrupted':
      return paint('yellow', 'interrupted');
    case 'not run':
      return paint('dim', 'not run');
  }
}
