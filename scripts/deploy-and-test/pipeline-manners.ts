import { painter, printableLines } from 'serverless-loop/commands';
import type { Manners } from './manners.ts';
import { outcomeText, secondsText } from './summary.ts';

/**
 * For a log that nobody watches: a group for each step, without colour. GitHub folds its groups and marks its errors
 * (GitHub Actions, "Workflow commands").
 */
export function pipelineManners(write: (text: string) => void, { isGitHub }: { isGitHub: boolean }): Manners {
  const paint = painter(false);
  return {
    begins: (title) => write(isGitHub ? `::group::${title}\n` : `=== ${title}\n`),
    says: (line) =>
      write(`${isGitHub ? withoutCommand(printableLines(line)) : `    ${printableLines(line)}`}\n`),
    ended({ title, tookMs, outcome }) {
      if (isGitHub) write('::endgroup::\n');
      write(`${title}: ${outcomeText(outcome, paint)} (${secondsText(tookMs)})\n`);
      if (outcome.kind !== 'failed') return;
      for (const line of printableLines(outcome.reason).split('\n').slice(1))
        write(`    ${isGitHub ? withoutCommand(line) : line}\n`);
      if (isGitHub) write(`::error title=${property(title)}::${data(printableLines(outcome.reason))}\n`);
    },
  };
}

/** A tool's line must not be taken for a command to GitHub. */
function withoutCommand(line: string): string {
  return /^\s*::|##\[/.test(line) ? ` | ${line.replaceAll('::', ': :').replaceAll('##[', '## [')}` : line;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
