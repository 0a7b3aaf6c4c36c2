import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { BenchError } from '../bench-error.ts';
import type { FigureOptions } from '../figure.ts';

export interface NpmCommand {
  /** Of npm itself; what it runs stands below it. */
  pid: number;
  /** Resolves with the milliseconds from the start to the line of JSON that says `"kind":"ready"`. */
  readyAfterMs: Promise<number>;
  /** Resolves with the milliseconds from the start to the end of npm. Rejects when its exit status was not 0. */
  endedAfterMs: Promise<number>;
  /** Ctrl-C: a terminal sends it to everything that runs in it. Resolves when npm has ended. */
  stop(): Promise<void>;
}

/** The command didn't do what it was started for. */
export class CommandError extends BenchError {
  override readonly name = 'CommandError';
  readonly status: number | null;
  readonly stderr: string;

  constructor(args: string[], status: number | null, stderr: string) {
    super(`"npm ${args.join(' ')}" ended with ${status}: ${stderr || 'nothing on standard error'}`);
    this.status = status;
    this.stderr = stderr;
  }
}

/** Runs npm in a process group of its own, as one types it in a shell. */
export function startNpm(
  args: string[],
  options: { cwd: string; env: Record<string, string> } & Pick<FigureOptions, 'atEnd'>,
): NpmCommand {
  const startedAt = performance.now();
  const child = spawn('npm', args, {
    cwd: options.cwd,
    env: { ...shellEnvironment(process.env), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const endedAfterMs = closed.then((status) => {
    if (status !== 0) throw new CommandError(args, status, stderr);
    return performance.now() - startedAt;
  });
  const readyAfterMs = new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('"kind":"ready"')) resolve(performance.now() - startedAt);
    });
    closed.then((status) => reject(new CommandError(args, status, stderr)), reject);
  });
  // Whoever needs one of them awaits it; the other may fail unseen.
  endedAfterMs.catch(() => {});
  readyAfterMs.catch(() => {});

  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      process.kill(-child.pid, 'SIGINT');
    }
    await closed;
  };
  options.atEnd(stop);
  return { pid: child.pid ?? 0, readyAfterMs, endedAfterMs, stop };
}

/** Without what an `npm run` around this process put into its environment, the project's own Node first on the PATH included. */
function shellEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const entries = Object.entries(environment).filter(([name]) => !/^npm_|^NODE$|^INIT_CWD$/.test(name));
  const folders = (environment.PATH ?? '').split(path.delimiter);
  return {
    ...Object.fromEntries(entries),
    PATH: folders.filter((folder) => !/node_modules\/|node-gyp-bin$/.test(folder)).join(path.delimiter),
  };
}
