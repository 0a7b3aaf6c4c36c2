import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import type { Finished } from './loop-process.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let runs = 0;

/**
 * As `runCommand` of loop-process.ts, in this process: for a command that ends by its command line, or by what it doesn't
 * find. One at a time, because a process has one environment and one place to write to.
 */
export async function runInProcess(
  args: string[],
  options: { env?: Record<string, string> } = {},
): Promise<Finished> {
  const [file, rest] = moduleOf(args);
  const { PATH, HOME } = process.env;
  const { argv, env, exitCode } = process;
  const listeners = SIGNALS.map((signal) => process.listeners(signal));
  const shown = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    vi.spyOn(process, name, 'get').mockReturnValue(
      Object.assign(Object.create(process[name]), {
        isTTY: false,
        on: () => undefined,
        write(text: string) {
          shown[name] += text;
          return true;
        },
      }),
    );
  process.argv = [process.execPath, path.join(ROOT, file), ...rest];
  process.env = { ...(PATH && { PATH }), ...(HOME && { HOME }), ...options.env };
  process.exitCode = undefined;
  try {
    runs += 1;
    // A command runs as its file is loaded, once for each name of it.
    await import(`${pathToFileURL(path.join(ROOT, file)).href}?run=${runs}`);
    return { status: Number(process.exitCode ?? 0), ...shown };
  } finally {
    process.exitCode = exitCode;
    process.argv = argv;
    process.env = env;
    // They would end with the command's own process.
    for (const [at, signal] of SIGNALS.entries())
      for (const listener of process.listeners(signal))
        if (!listeners[at]?.includes(listener)) process.off(signal, listener);
    vi.restoreAllMocks();
  }
}

/** The module that a command runs: the project's own by its file, or the loop's, which is told which one. */
function moduleOf([name = '', ...rest]: string[]): [file: string, args: string[]] {
  return name.endsWith('.ts') ? [name, rest] : ['packages/serverless-loop/src/cli/main.ts', [name, ...rest]];
}
