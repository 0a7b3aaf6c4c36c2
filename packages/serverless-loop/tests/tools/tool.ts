import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export interface Output {
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** For its standard input, which is empty otherwise. */
  input?: string;
}

/** A tool that npm doesn't bring. */
export interface Tool {
  /** True when its tests run: it is there, or REQUIRE_TOOLS=1 demands it and its absence is a failure. */
  expected: boolean;
  /** Runs it to its end; rejects when it fails, with `code`, `stdout` and `stderr`. */
  run(args: string[], options?: RunOptions): Promise<Output>;
  /** Starts it, to be ended by the test; its output goes nowhere unless it is asked for. */
  start(args: string[], options?: { env?: Record<string, string>; stdout?: 'pipe' }): ChildProcess;
}

/** Looks for a tool on the PATH. It runs without the shell's AWS settings, which would change what it does. */
export async function findTool(command: string): Promise<Tool> {
  const { PATH, HOME, DOCKER_HOST } = process.env;
  const env = {
    PATH,
    HOME,
    ...(DOCKER_HOST && { DOCKER_HOST }),
    SAM_CLI_TELEMETRY: '0',
    AWS_DEFAULT_REGION: 'us-east-1',
  };
  const found = await execute(command, ['--version'], { env }).then(
    () => true,
    () => false,
  );
  return {
    expected: found || process.env.REQUIRE_TOOLS === '1',
    run(args, { input = '', ...options } = {}) {
      const running = execute(command, args, { ...options, env: { ...env, ...options.env } });
      // A command may end without reading its input.
      running.child.stdin?.on('error', () => {});
      running.child.stdin?.end(input);
      return running;
    },
    start: (
      args,
      { stdout = 'ignore', ...options }: { env?: Record<string, string>; stdout?: 'pipe' | 'ignore' } = {},
    ) => spawn(command, args, { env: { ...env, ...options.env }, stdio: ['ignore', stdout, 'pipe'] }),
  };
}

/** The Python that runs the SAM CLI, and has its translator and cfn-lint; absent where SAM is one executable. */
export function findPythonOfSam(): Promise<Tool> {
  const files = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'sam'));
  const sam = files.find((file) => existsSync(file));
  const [, python] = /^#!(\/.*python[\d.]*)\n/.exec(sam ? readFileSync(sam, 'latin1') : '') ?? [];
  return findTool(python ?? 'the Python of the SAM CLI');
}
