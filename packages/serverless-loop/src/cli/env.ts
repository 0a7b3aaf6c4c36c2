import process from 'node:process';
import { loopEnvironment } from '../loop/loop-environment.ts';
import { proxyExceptions } from '../past-proxies.ts';
import { printable } from '../printable.ts';
import { UsageError } from '../usage-error.ts';
import { askRunningLoop, loopEndpoint } from './running-loop.ts';
import { parseEndpoint } from './sdk-settings.ts';
import { parseStackName } from './terminal/arguments.ts';
import type { Terminal } from './terminal/command.ts';
import { assignments, outputVariables } from './terminal/environment.ts';
import { EXIT } from './terminal/failure.ts';
import { openCommand } from './terminal/open-command.ts';

const HELP = `Prints what points AWS's tools and SDKs at a running loop, for a POSIX shell.

usage: serverless-loop env [options], e.g. eval "$(npx serverless-loop env)"

      --outputs           the outputs of the stack too, each in a variable of its name
      --stack-name NAME   with --outputs: those of this stack on AWS, also as STACK_OUTPUTS for the other commands, and
                          nothing else; with your own credentials and Region
      --endpoint URL      where the loop is (default: AWS_ENDPOINT_URL, else http://127.0.0.1:4580)
  -h, --help              this text
  -v, --version           the version

It sets AWS_ENDPOINT_URL, Region and credentials, takes away a session, a profile and STACK_OUTPUTS, and adds the loop to NO_PROXY, so
that tools ask it past any proxy. Values are quoted: whatever they hold, a shell reads them as they are.

exit status: 0 printed, 1 AWS refuses, 2 the command line is wrong, 3 no loop answers
`;

/** AWS settings of the shell that would stand in the way: a real session, or a profile with another endpoint. */
const IN_THE_WAY = [
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'STACK_OUTPUTS',
];

export async function env(args: string[], terminal: Terminal): Promise<number> {
  const line = openCommand(
    args,
    {
      outputs: { type: 'boolean' },
      'stack-name': { type: 'string' },
      endpoint: { type: 'string' },
    },
    { help: HELP },
    terminal,
  );
  if (!line) return EXIT.ok;
  const { values } = line;
  const { outputs: withOutputs = false, 'stack-name': stackName, endpoint } = values;
  if (stackName === undefined) return printLoop(endpoint, withOutputs, terminal);
  if (!withOutputs) throw new UsageError('--stack-name: expected --outputs beside it, found nothing');
  // Loaded where it is needed: the rest needs no SDK.
  const { stackOutputs } = await import('./stack-outputs.ts');
  const at = endpoint === undefined ? undefined : parseEndpoint(endpoint, '--endpoint');
  const outputs = await stackOutputs(parseStackName(stackName), at);
  // The variable by which the project's own commands know where they work.
  printExports({ ...variablesOf(outputs, terminal), STACK_OUTPUTS: JSON.stringify(outputs) }, terminal);
  return EXIT.ok;
}

async function printLoop(
  given: string | undefined,
  withOutputs: boolean,
  terminal: Terminal,
): Promise<number> {
  const endpoint = loopEndpoint(given);
  const { region, outputs } = await askRunningLoop(endpoint);
  const variables = {
    ...(withOutputs && variablesOf(outputs, terminal)),
    ...loopEnvironment(endpoint, region),
    ...proxyExceptions(process.env, ['127.0.0.1', 'localhost', new URL(endpoint).hostname]),
  };
  printExports(variables, terminal);
  terminal.out.data(`unset ${IN_THE_WAY.join(' ')}\n`);
  return EXIT.ok;
}

function variablesOf(outputs: Record<string, string>, { err }: Terminal): Record<string, string> {
  const { variables, left } = outputVariables(outputs);
  if (left.length > 0)
    err.write(
      `No variable of a shell can have the name of: ${left.map((name) => printable(name)).join(', ')}\n`,
    );
  return variables;
}

function printExports(variables: Record<string, string>, { out }: Terminal): void {
  for (const assignment of assignments(variables)) out.data(`export ${assignment}\n`);
}
