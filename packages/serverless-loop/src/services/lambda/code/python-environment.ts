import { execFile } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { waitForLockFile } from '../../../lock-file.ts';
import { BuildError } from './build-error.ts';
import { runInstall } from './install-command.ts';
import type { LoadOptions } from './loaded-code.ts';

const run = promisify(execFile);

/** AWS's own client of the Runtime API, and the SDK as the runtimes have it (Lambda guide, "Runtime-included SDK versions"). */
const PACKAGES = ['awslambdaric', 'boto3'];

export interface PythonEnvironmentOptions extends Pick<LoadOptions, 'signal'> {
  runtime: string;
  /** Of the function, for messages. */
  logicalId: string;
  cacheDir: string;
  /** It has to be made, which takes a while. */
  onInstall: (packages: string) => void;
  onInstalled: (packages: string, durationMs: number) => void;
}

/** The program of a virtual environment of the cache with these packages, made the first time that a function needs it. */
export async function pythonEnvironment(options: PythonEnvironmentOptions): Promise<string> {
  const python = await pythonOf(options.runtime);
  if (python === undefined)
    throw new BuildError([
      `${options.logicalId}: there is no python3 on this machine: install ${options.runtime}`,
    ]);
  const folder = path.join(options.cacheDir, `python-${python.version}`);
  await make(folder, python.command, options);
  return programOf(folder);
}

function programOf(folder: string): string {
  return path.join(folder, 'bin/python');
}

/** The runtime's own version, or what there is. */
async function pythonOf(runtime: string): Promise<{ command: string; version: string } | undefined> {
  for (const command of [runtime, 'python3']) {
    try {
      const { stdout } = await run(command, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
      return { command, version: stdout.trim() };
    } catch {
      // Not here, or a shim for what isn't.
    }
  }
  return undefined;
}

/** Another function, or another loop, may be making it; one that was killed has left a half. */
async function make(
  folder: string,
  python: string,
  { logicalId, signal, onInstall, onInstalled }: PythonEnvironmentOptions,
): Promise<void> {
  const complete = path.join(folder, 'complete');
  if (existsSync(complete)) return;
  const commands: [string, string[]][] = [
    [python, ['-m', 'venv', '--clear', folder]],
    [programOf(folder), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES]],
  ];
  const lock = await waitForLockFile(`${folder}.lock`, signal);
  try {
    if (existsSync(complete)) return;
    const startedAt = performance.now();
    onInstall(PACKAGES.join(' and '));
    for (const [command, args] of commands) await runInstall(command, args, signal);
    writeFileSync(complete, '');
    onInstalled(PACKAGES.join(' and '), performance.now() - startedAt);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    const typed = commands.map(([command, args]) => [command, ...args].join(' ')).join(' && ');
    const problem = `${logicalId}: AWS's runtime client for Python could not be installed: ${typed}`;
    throw new BuildError([problem], { cause: error });
  } finally {
    lock.release();
  }
}
