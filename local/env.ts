import { askRunningLoop, loopEndpoint } from './running-loop.ts';
import { aboutText } from './terminal/about.ts';
import { parseArguments, UsageError } from './terminal/arguments.ts';
import { runCommand, type Terminal } from './terminal/command.ts';
import { assignments, loopEnvironment } from './terminal/environment.ts';
import { EXIT } from './terminal/failure.ts';

const HELP = `Prints what points AWS's tools and SDKs at a running loop, for a POSIX shell.

usage: npm run -s env -- [options], e.g. eval "$(npm run -s env)"

      --endpoint URL      where the loop is (default: AWS_ENDPOINT_URL, else http://127.0.0.1:4580)
  -h, --help              this text
  -v, --version           the version

exit status: 0 printed, 2 the command line is wrong, 3 no loop answers
`;

/** What of a shell's own AWS settings would stand in the way: a real session, or a profile with another endpoint. */
const IN_THE_WAY = ['AWS_SESSION_TOKEN', 'AWS_PROFILE', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'];

await runCommand(main);

async function main(args: string[], { out }: Terminal): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    endpoint: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
  });
  const about = aboutText(values, HELP);
  if (about !== undefined) {
    out.write(about);
    return EXIT.ok;
  }
  if (positionals[0] !== undefined) throw new UsageError(`unexpected argument "${positionals[0]}"`);
  const endpoint = parseEndpoint(loopEndpoint(values.endpoint));
  const { region } = await askRunningLoop(endpoint);
  const lines = [
    ...assignments(loopEnvironment(endpoint, region)).map((assignment) => `export ${assignment}`),
    `unset ${IN_THE_WAY.join(' ')}`,
  ];
  out.data(`${lines.join('\n')}\n`);
  return EXIT.ok;
}

/** Without a slash at its end: the tools put their own there. */
function parseEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && ['http:', 'https:'].includes(url.protocol)) return url.origin;
  throw new UsageError(`--endpoint: expected a URL such as http://127.0.0.1:4580, found "${text}"`);
}
