import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { UsageError } from 'serverless-loop/commands';

/** Throws UsageError when there is a question to be asked and nobody to answer it. */
export function refuseUnasked({ yes, isTerminal }: { yes: boolean; isTerminal: boolean }): void {
  if (yes || isTerminal) return;
  throw new UsageError(
    'this asks before it changes anything, and there is no terminal: say --yes, or --dry-run',
  );
}

/** Asks a question; true for y or yes. The end of the input, Ctrl-C and `signal` mean no. */
export function isAnsweredYes(
  question: string,
  { input, output, signal }: { input: Readable; output: Writable; signal: AbortSignal },
): Promise<boolean> {
  const terminal = createInterface({ input, output, signal });
  return new Promise((resolve) => {
    terminal.once('SIGINT', () => terminal.close());
    terminal.once('close', () => resolve(false));
    terminal.question(`${question} [y/N] `, (answer) => {
      resolve(/^\s*y(es)?\s*$/i.test(answer));
      terminal.close();
    });
  });
}
