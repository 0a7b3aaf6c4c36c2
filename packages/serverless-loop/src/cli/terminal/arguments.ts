import { isIP } from 'node:net';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from '../../usage-error.ts';

export type CommandLine<T extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true }>
>;

/**
 * Parses a command line; an unknown option, a missing value, or a second value where one is taken is a UsageError in plain
 * words. Options that may be repeated add up; one without a value says the same twice.
 */
export function parseArguments<const T extends ParseArgsOptionsConfig>(
  args: string[],
  options: T,
): CommandLine<T> {
  try {
    const parsed = parseArgs({ args, options, allowPositionals: true, tokens: true });
    refuseTwice(parsed.tokens, options);
    return parsed;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function refuseTwice(
  tokens: readonly { kind: string; name?: string; rawName?: string; value?: string | boolean | undefined }[],
  options: ParseArgsOptionsConfig,
): void {
  const seen = new Set<string>();
  for (const { kind, name = '', rawName } of tokens) {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (kind !== 'option' || option?.type !== 'string' || option.multiple) continue;
    if (seen.has(name))
      throw new UsageError(`--${name}: given twice${alias(name, rawName)}, and it takes one value`);
    seen.add(name);
  }
}

/** Names the letter that stands for the option on the command line. */
function alias(name: string, rawName: string | undefined): string {
  return rawName === undefined || rawName === `--${name}` ? '' : ` (as ${rawName})`;
}

/** Gives an option that stands alone, without a value behind it, the empty one: `--inspect` may name a function or not. */
export function withOptionalValue(args: readonly string[], ...options: string[]): string[] {
  return args.map((arg, index) => {
    const next = args[index + 1];
    return options.includes(arg) && (next === undefined || next.startsWith('-')) ? `${arg}=` : arg;
  });
}

/** A TCP port, 0 for any free one. */
export function parsePort(text: string, option = '--port'): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port;
  throw new UsageError(`${option}: expected a whole number from 0 to 65535, found "${text}"`);
}

/** A factor for waiting times, at least 1. */
export function parseRetrySpeed(text: string): number {
  const speed = Number(text);
  if (text.trim() !== '' && Number.isFinite(speed) && speed >= 1 && speed <= 100_000) return speed;
  throw new UsageError(`--retry-speed: expected a number from 1 to 100000, found "${text}"`);
}

/** A stack's name as CloudFormation takes it (API reference, "CreateStack"). Throws UsageError. */
export function parseStackName(text: string): string {
  if (/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(text)) return text;
  throw new UsageError(
    `--stack-name: expected a letter, then letters, digits and hyphens, at most 128, found "${text}"`,
  );
}

/** An IP address to listen on. */
export function parseAddress(text: string): string {
  if (isIP(text) !== 0) return text;
  throw new UsageError(`--listen: expected an IP address such as 0.0.0.0, found "${text}"`);
}

/** A name that a request may be addressed to; its port is always the loop's. */
export function parseHostName(text: string): string {
  if (/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text)) return text;
  throw new UsageError(`--allow-host: expected a host name without scheme and port, found "${text}"`);
}
