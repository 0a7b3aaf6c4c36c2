import { type ChildProcess, execFile, spawn } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';
import { forkedTool, pythonScript } from './forked-tool.ts';

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

export interface StartOptions {
  env?: Record<string, string>;
  stdin?: 'pipe';
  stdout?: 'pipe';
}

/** A tool that npm doesn't bring. */
export interface Tool {
  /** True when its tests run: it is there, or REQUIRE_TOOLS=1 demands it and its absence is a failure. */
  expected: boolean;
  /** Runs it to its end; rejects when it fails, with `code`, `stdout` and `stderr`. */
  run(args: string[], options?: RunOptions): Promise<Output>;
  /** Starts it, to be ended by the test; it has no input, and its output goes nowhere, unless they are asked for. */
  start(args: string[], options?: StartOptions): ChildProcess;
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
  // Where it is demanded, its first use tells whether it is there; to ask takes up to two seconds.
  const expected =
    process.env.REQUIRE_TOOLS === '1' ||
    (await execute(command, ['--version'], { env }).then(
      () => true,
      () => false,
    ));
  const script = pythonScript(command, PATH);
  return {
    expected,
    run(args, { input = '', ...options } = {}) {
      const environment = { ...env, ...options.env };
      if (script) return forkedTool(script)(args, { ...options, input, env: environment });
      const running = execute(command, args, { ...options, env: environment });
      // A command may end without reading its input.
      running.child.stdin?.on('error', () => {});
      running.child.stdin?.end(input);
      return running;
    },
    start: (args, options = {}) => {
      const { stdin = 'ignore', stdout = 'ignore' } = options;
      return spawn(command, args, { env: { ...env, ...options.env }, stdio: [stdin, stdout, 'pipe'] });
    },
  };
}

/** The Python that runs the SAM CLI, and has its translator and cfn-lint; absent where SAM is one executable. */
export function findPythonOfSam(): Promise<Tool> {
  const { python } = pythonScript('sam', process.env.PATH) ?? {};
  return findTool(python ?? 'the Python of the SAM CLI');
}
