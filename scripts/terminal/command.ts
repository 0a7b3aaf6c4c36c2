import process from 'node:process';
import { EXIT, explainFailure } from '../../local/terminal/failure.ts';

/** Runs a command to its exit status. Where what reads its output has enough and goes, it ends without a word. */
export async function runAsCommand(main: (args: string[]) => Promise<number>): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if ('code' in error && error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.ok);
      throw error;
    });
  }
  process.exitCode = await main(process.argv.slice(2)).catch((error) =>
    explainFailure(error, (text) => process.stderr.write(text)),
  );
}
