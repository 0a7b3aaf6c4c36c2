import { execFile } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A tool that npm doesn't bring. */
export interface Tool {
  /** Whether its tests run: it is there, or REQUIRE_TOOLS=1 demands it and its absence is a failure. */
  expected: boolean;
  run(
    args: string[],
    options?: { cwd?: string; env?: Record<string, string> },
  ): Promise<{ stdout: string; stderr: string }>;
}

/** Looks for a tool on the PATH. It runs without the shell's AWS settings, which would change what it does. */
export async function findTool(command: string): Promise<Tool> {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    SAM_CLI_TELEMETRY: '0',
    AWS_DEFAULT_REGION: 'us-east-1',
  };
  const found = await run(command, ['--version'], { env }).then(
    () => true,
    () => false,
  );
  return {
    expected: found || process.env.REQUIRE_TOOLS === '1',
    run: (args, options = {}) => run(command, args, { ...options, env: { ...env, ...options.env } }),
  };
}
