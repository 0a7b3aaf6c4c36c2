import type { ParseArgsOptionsConfig } from 'node:util';
import { UsageError } from '../../usage-error.ts';
import { type CommandLine, parseArguments } from './arguments.ts';
import type { Terminal } from './command.ts';
import { version } from './version.ts';

/** Every command has them. */
const ABOUT = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

export interface CommandWords {
  help: string;
  /** The number of arguments that it takes besides its options. Absent: none. */
  takes?: number;
  /** Told to who gives more. */
  hint?: string;
}

/**
 * Reads a command's line. Undefined where it asks for the help or the version, which is written then. Throws UsageError for
 * what the command doesn't take.
 */
export function openCommand<const T extends ParseArgsOptionsConfig>(
  args: string[],
  options: T,
  { help, takes = 0, hint = '' }: CommandWords,
  { out }: Pick<Terminal, 'out'>,
): CommandLine<T & typeof ABOUT> | undefined {
  const line = parseArguments(args, { ...options, ...ABOUT });
  const isAsked = (option: keyof typeof ABOUT) => Object.hasOwn(line.values, option);
  if (isAsked('help') || isAsked('version')) {
    out.write(isAsked('help') ? help : `${version()}\n`);
    return undefined;
  }
  const beyond = line.positionals[takes];
  if (beyond !== undefined) throw new UsageError(`unexpected argument "${beyond}"${hint}`);
  return line;
}
