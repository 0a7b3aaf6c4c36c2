import process from 'node:process';
import { pastProxies } from '../../past-proxies.ts';
import { EXIT, explainFailure } from './failure.ts';
import { type Output, startOutput } from './output.ts';

/** A command shows its results on `out`, and everything else on `err`. */
export interface Terminal {
  out: Output;
  err: Output;
}

/** No proxy reaches these for this machine. */
const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/** Nobody reads any more, which is for the reader to decide: `serverless-loop start | head`, or a terminal that was closed. */
const READER_GONE = ['EPIPE', 'EIO', 'ECONNRESET'];

/**
 * Runs a command to its exit status. Whatever happens is told in words; an output that nobody reads any more ends
 * nothing by itself.
 */
export async function runCommand(
  main: (args: string[], terminal: Terminal) => Promise<number>,
): Promise<void> {
  forgetEmptyVariables(process.env);
  // Also for what `fetch` asks, which reads the list each time, and for the tools that a command starts.
  Object.assign(process.env, pastProxies(process.env, LOOPBACK));
  const terminal = { out: startOutput(process.stdout), err: startOutput(process.stderr) };
  const { out, err } = terminal;
  out.closed.addEventListener('abort', () => {
    const error: NodeJS.ErrnoException = out.closed.reason;
    if (READER_GONE.includes(error.code ?? '')) return;
    err.write(`Can't write the output: ${error.message}\n`);
    process.exitCode = EXIT.failed;
  });
  const status = await main(process.argv.slice(2), terminal).catch((error) =>
    explainFailure(error, err.write),
  );
  process.exitCode ||= status;
}

/** An empty variable counts as one that is not set, for the commands and for the AWS SDK in them; to the AWS CLI, which some start, an empty pager is none. */
function forgetEmptyVariables(environment: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(environment))
    if (value === '' && /^(AWS_(?!PAGER$).*|HOME|XDG_CACHE_HOME)$/.test(name)) delete environment[name];
}
