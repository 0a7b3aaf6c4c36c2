import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { waitForLockFile } from '../../../lock-file.ts';
import type { FunctionModel } from '../../../template/model.ts';
import type { Program } from '../environments/runtime-program.ts';
import { placeOf } from '../environments/surroundings.ts';
import { BuildError } from './build-error.ts';
import type { CodeSource } from './loaded-code.ts';

const run = promisify(execFile);

/** Code with what runs it, where that is not the loop's own runtime for Node.js. */
export function withProgram(source: CodeSource, fn: FunctionModel, cacheDir: string): CodeSource {
  if (fn.runtime.startsWith('nodejs')) return source;
  const program = fn.runtime.startsWith('python') ? pythonProgram : bootstrapProgram;
  return {
    ...source,
    async load(options) {
      const code = await source.load(options);
      return { ...code, program: await program(fn, code.taskRoot, cacheDir) };
    },
  };
}

/** The function's own, or a layer's (Lambda guide, "Building a custom runtime for AWS Lambda"). */
async function bootstrapProgram({ layers = [], ...fn }: FunctionModel, taskRoot: string): Promise<Program> {
  const places = ['/var/task/bootstrap', '/opt/bootstrap'].map((file) => placeOf(file, taskRoot, layers));
  const file = places.find((place) => existsSync(place));
  if (file === undefined)
    throw new BuildError([`${fn.logicalId}: there is no bootstrap in ${taskRoot}: sam build`]);
  return { file, args: [], environment: taskVariables(taskRoot) };
}

/** AWS's own client, with boto3 as the runtimes have it, in an environment of the cache. */
async function pythonProgram(
  { handler, logicalId, runtime, layers = [] }: FunctionModel,
  taskRoot: string,
  cacheDir: string,
): Promise<Program> {
  const python = await pythonOf(runtime);
  if (python === undefined)
    throw new BuildError([`${logicalId}: there is no python3 on this machine: install ${runtime}`]);
  const folder = path.join(cacheDir, `python-${python.version}`);
  const file = path.join(folder, 'bin/python');
  await make(folder, file, python.command, logicalId);
  const ofLayers = layers.flatMap(({ folder: layer, at }) =>
    at === 'python' ? [layer] : [path.join(layer, 'python')],
  );
  return {
    file,
    args: ['-m', 'awslambdaric', handler],
    environment: {
      ...taskVariables(taskRoot),
      PYTHONPATH: [taskRoot, ...ofLayers.toReversed()].join(':'),
      // Beside the source there would be folders of compiled files.
      PYTHONDONTWRITEBYTECODE: '1',
    },
  };
}

function taskVariables(taskRoot: string): Record<string, string> {
  return { LAMBDA_TASK_ROOT: taskRoot, PWD: taskRoot };
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

/** Made once; another function, or another loop, may be making it. */
async function make(folder: string, file: string, python: string, logicalId: string): Promise<void> {
  const complete = path.join(folder, 'complete');
  if (existsSync(complete)) return;
  const commands: [string, string[]][] = [
    [python, ['-m', 'venv', folder]],
    [file, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'awslambdaric', 'boto3']],
  ];
  const lock = await waitForLockFile(`${folder}.lock`);
  try {
    if (existsSync(complete)) return;
    for (const [command, args] of commands) await run(command, args);
    writeFileSync(complete, '');
  } catch (error) {
    const typed = commands.map(([command, args]) => [command, ...args].join(' ')).join(' && ');
    const problem = `${logicalId}: AWS's runtime client for Python could not be installed: ${typed}`;
    throw new BuildError([problem], { cause: error });
  } finally {
    lock.release();
  }
}
