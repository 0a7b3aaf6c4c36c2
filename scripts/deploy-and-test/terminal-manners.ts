import { type Paint, printableLines } from 'serverless-loop/commands';
import type { Manners } from './manners.ts';
import { outcomeText, secondsText } from './summary.ts';

/** For a person: a heading for each step, what it says below it, and how it ended. */
export function terminalManners(write: (text: string) => void, paint: Paint): Manners {
  return {
    begins: (title) => write(`${paint('bold', title)}\n`),
    says: (line) => write(`${paint('dim', '  |')} ${printableLines(line)}\n`),
    ended({ tookMs, outcome }) {
      write(`  ${outcomeText(outcome, paint)} ${paint('dim', `(${secondsText(tookMs)})`)}\n`);
      if (outcome.kind !== 'failed') return;
      for (const line of printableLines(outcome.reason).split('\n').slice(1)) write(`  ${line}\n`);
    },
  };
}
