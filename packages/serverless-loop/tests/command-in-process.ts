import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import { startOutput } from '../src/cli/terminal/output.ts';
import type { Finished, LoopProcess } from './loop-process.ts';

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
  const forgetListeners = listeningSince();
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
    forgetListeners();
    vi.restoreAllMocks();
  }
}

/** The module that a command runs: the project's own by its file, or the loop's, which is told which one. */
function moduleOf([name = '', ...rest]: string[]): [file: string, args: string[]] {
  return name.endsWith('.ts') ? [name, rest] : ['packages/serverless-loop/src/cli/main.ts', [name, ...rest]];
}

/**
 * As `startCommand` of loop-process.ts, in this process: for what a start does with its options and with what is saved. How it
 * meets signals and what it leaves behind is for a process of its own to show, and so is a debugger of the loop itself.
 */
export async function startInProcess([name = '', ...rest]: string[]): Promise<Omit<LoopProcess, 'pid'>> {
  if (name !== 'start') throw new Error(`expected start, found "${name}"`);
  const { facts, endpoint, out, close } = jsonOutput();
  const forgetListeners = listeningSince();
  const { start } = await import('../src/cli/start.ts');
  const ended = start(['--json', ...rest], { out, err: out }).finally(forgetListeners);
  const early = ended.then((status) => {
    throw new Error(`ended with ${status} before it was ready`);
  });
  return {
    endpoint: await Promise.race([endpoint, early]),
    facts,
    stop() {
      close();
      return ended;
    },
  };
}

/** Takes the facts that a start tells a machine, until it is closed as by a reader that goes away. */
function jsonOutput() {
  const facts: Record<string, unknown>[] = [];
  const ready = Promise.withResolvers<string>();
  let close = () => {};
  const out = startOutput({
    on(_event, listener) {
      close = () => listener(Object.assign(new Error('nobody reads'), { code: 'EPIPE' }));
    },
    write(line: string) {
      const fact: Record<string, unknown> = JSON.parse(line);
      facts.push(fact);
      if (fact.kind === 'ready') ready.resolve(String(fact.endpoint));
    },
  });
  return { facts, endpoint: ready.promise, out, close: () => close() };
}

/** Gives what takes off the listeners for signals that come from now on: they would end with the command's own process. */
function listeningSince(): () => void {
  const before = SIGNALS.map((signal) => process.listeners(signal));
  return () => {
    for (const [at, signal] of SIGNALS.entries())
      for (const listener of process.listeners(signal))
        if (!before[at]?.includes(listener)) process.off(signal, listener);
  };
}
