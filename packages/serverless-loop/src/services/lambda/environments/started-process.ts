import type { ChildProcess } from 'node:child_process';
import type { OwnView, StartedInView } from './own-view.ts';
import { LOG_CHANNEL_FD } from './process-logs.ts';
import type { RuntimeApi } from './runtime-api.ts';
import { type NodeProgramOptions, nodeProgram, type Program } from './runtime-program.ts';

/** Matches the options of Node that make it load files before its program. */
export const PRELOADS = /(?:^|\s)(?:-r|--require|--import|--loader|--experimental-loader)(?=[\s=])/;

export interface StartedProcessOptions extends Omit<NodeProgramOptions, 'wrapper'> {
  environment: Record<string, string>;
  program?: Program | undefined;
  view: OwnView;
}

/**
 * Starts the process of an execution environment, as the leader of a group of its own. Throws, and ends the API, where the
 * system won't: of variables that no process can have, or of too many of them.
 */
export function startProcess(options: StartedProcessOptions, api: RuntimeApi): StartedInView {
  try {
    return startedInView(options, api);
  } catch (error) {
    api.stop();
    throw error;
  }
}

function startedInView(options: StartedProcessOptions, api: RuntimeApi): StartedInView {
  const { environment, program, startFolder } = options;
  const wrapper = environment.AWS_LAMBDA_EXEC_WRAPPER;
  const started = options.view.start(program ? marked(program, api) : nodeProgram({ ...options, wrapper }), {
    folder: startFolder,
    isTold: !program && wrapper === undefined && !PRELOADS.test(environment.NODE_OPTIONS ?? ''),
    env: {
      ...environment,
      ...(program?.isProxied && api.proxies(environment)),
      AWS_LAMBDA_RUNTIME_API: api.address,
      _LAMBDA_TELEMETRY_LOG_FD: String(LOG_CHANNEL_FD),
    },
  });
  // The process may end before it has read its assignment.
  started.child.stdin?.on('error', () => {});
  return started;
}

/** Its family is known by the secret, which is not in its address. */
function marked({ file, args, environment }: Program, { secret }: RuntimeApi): Program {
  return { file, args, environment: { ...environment, LAMBDA_LOOP_PROCESS: secret } };
}

/** It may have ended. */
export function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch {}
}

export function exitOf(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    // It could not even be started.
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
}
