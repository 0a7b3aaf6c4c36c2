import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Program, RUNTIME_DIR } from '../environments/runtime-program.ts';
import { placeOf } from '../environments/surroundings.ts';
import { BuildError } from './build-error.ts';
import type { CodeSource, CodeSourceOptions, LoadOptions } from './loaded-code.ts';
import { pythonEnvironment } from './python-environment.ts';

/** Code with what runs it, where that is not the loop's own runtime for Node.js. */
export function withProgram(source: CodeSource, options: CodeSourceOptions): CodeSource {
  const { fn } = options;
  if (fn.runtime.startsWith('nodejs')) return source;
  return {
    ...source,
    async load(given) {
      const code = await source.load(given);
      const program = fn.runtime.startsWith('python')
        ? await pythonProgram(options, code.taskRoot, given)
        : bootstrapProgram(options, code.taskRoot);
      return { ...code, program };
    },
  };
}

/** The function's own, or a layer's (Lambda guide, "Building a custom runtime for AWS Lambda"). */
function bootstrapProgram({ fn, allowsAws = false }: CodeSourceOptions, taskRoot: string): Program {
  const { layers = [] } = fn;
  const places = ['/var/task/bootstrap', '/opt/bootstrap'].map((file) =>
    placeOf(file, taskRoot, layers.toReversed()),
  );
  const file = places.find((place) => existsSync(place));
  if (file === undefined)
    throw new BuildError([`${fn.logicalId}: there is no bootstrap in ${taskRoot}: sam build`]);
  return { file, args: [], environment: taskVariables(taskRoot), isProxied: !allowsAws };
}

/** AWS's own client, begun by a file that keeps it from AWS. */
async function pythonProgram(
  { fn, cacheDir, allowsAws = false, report }: CodeSourceOptions,
  taskRoot: string,
  { signal }: LoadOptions,
): Promise<Program> {
  const { handler, logicalId, runtime, layers = [], name: functionName } = fn;
  const file = await pythonEnvironment({
    runtime,
    logicalId,
    cacheDir,
    ...(signal && { signal }),
    onInstall: (name) => report({ kind: 'sdk.installing', functionName, name }),
    onInstalled: (name, durationMs) => report({ kind: 'sdk.installed', functionName, name, durationMs }),
  });
  const ofLayers = layers.flatMap(({ folder: layer, at }) =>
    at === 'python' ? [layer] : [path.join(layer, 'python')],
  );
  const args = [path.join(RUNTIME_DIR, 'bootstrap.py'), handler];
  const wrapper = fn.environment.AWS_LAMBDA_EXEC_WRAPPER;
  return {
    ...(wrapper === undefined
      ? { file, args }
      : { file: placeOf(wrapper, taskRoot, layers.toReversed()), args: [file, ...args] }),
    environment: {
      ...taskVariables(taskRoot),
      PYTHONPATH: [taskRoot, ...ofLayers.toReversed()].join(':'),
      // Beside the source there would be folders of compiled files.
      PYTHONDONTWRITEBYTECODE: '1',
      ...(allowsAws && { LAMBDA_LOOP_ALLOWS_AWS: '1' }),
    },
  };
}

function taskVariables(taskRoot: string): Record<string, string> {
  return { LAMBDA_TASK_ROOT: taskRoot, PWD: taskRoot };
}
