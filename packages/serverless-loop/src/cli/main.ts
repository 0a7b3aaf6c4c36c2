import { didYouMean } from '../template/nearest.ts';
import { UsageError } from '../usage-error.ts';
import { runCommand, type Terminal } from './terminal/command.ts';
import { EXIT } from './terminal/failure.ts';
import { version } from './terminal/version.ts';

type Command = (args: string[], terminal: Terminal) => Promise<number>;

/** Each is loaded when it is the one that runs. */
const COMMANDS: Record<string, { purpose: string; load(): Promise<Command> }> = {
  start: {
    purpose: 'runs the system of a SAM template on this machine until Ctrl-C',
    load: async () => (await import('./start.ts')).start,
  },
  inspect: {
    purpose: 'prints what a start would run of a SAM template, and what not and why',
    load: async () => (await import('./inspect.ts')).inspect,
  },
  invoke: {
    purpose: 'invokes a function of a running loop and prints its answer',
    load: async () => (await import('./invoke.ts')).invoke,
  },
  fire: {
    purpose: 'meets a schedule of a running loop now, before its time',
    load: async () => (await import('./fire.ts')).fire,
  },
  env: {
    purpose: "prints what points AWS's tools and SDKs at a running loop",
    load: async () => (await import('./env.ts')).env,
  },
};

const HELP = `Runs AWS SAM applications on this machine: functions, events, queues, tables, retries, dead letters and traces.

usage: serverless-loop COMMAND [options]

${Object.entries(COMMANDS)
  .map(([name, { purpose }]) => `  ${name.padEnd(10)} ${purpose}`)
  .join('\n')}

  -h, --help       this text; behind a command, what that one takes
  -v, --version    the version

exit status: 0 done, 1 it failed, 2 the command line is wrong, 3 no loop answers
`;

await runCommand(async ([name, ...args], terminal) => {
  if (name === undefined) {
    terminal.err.write(HELP);
    return EXIT.usage;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    terminal.out.write(HELP);
    return EXIT.ok;
  }
  if (name === '--version' || name === '-v') {
    terminal.out.write(`${version()}\n`);
    return EXIT.ok;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError(unknownCommand(name));
  return (await command.load())(args, terminal);
});

function unknownCommand(name: string): string {
  const known = Object.keys(COMMANDS);
  return `unknown command "${name}"${didYouMean(name, known)}; expected one of ${known.join(', ')}`;
}
