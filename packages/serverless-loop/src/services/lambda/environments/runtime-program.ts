import path from 'node:path';
import { PACKAGE_FOLDER } from '../../../package-folder.ts';
import { placeOf, type Surroundings } from './surroundings.ts';

/** The runtime client that a process runs, and what LAMBDA_RUNTIME_DIR says. */
export const RUNTIME_DIR = path.join(PACKAGE_FOLDER, 'runtime');

/** Code on disk, and where Node keeps what it compiled of it, so that the next process starts faster. */
export interface RunnableCode {
  /** Becomes LAMBDA_TASK_ROOT. */
  taskRoot: string;
  compileCacheDir: string;
  /** The process is to tell which files it writes. */
  tellsWrites?: boolean;
  /** Runs it in place of the loop's own runtime for Node.js. */
  program?: Program;
}

/** A runtime of its own: the function's `bootstrap`, or AWS's client for another language. */
export interface Program {
  file: string;
  args: readonly string[];
  environment: Readonly<Record<string, string>>;
  /** It is kept from AWS by a proxy. */
  isProxied?: boolean;
}

/** The file that the process runs: `spare.cjs` for one that has time before it is told its code. */
export type Bootstrap = 'bootstrap.cjs' | 'spare.cjs';

export interface NodeProgramOptions {
  bootstrap: Bootstrap;
  memorySizeMB: number;
  debugging?: unknown;
  /** In place of Node: AWS_LAMBDA_EXEC_WRAPPER, as the function finds it. */
  wrapper: string | undefined;
  /** Folder that exists; the process enters the task root once it is told which. */
  startFolder: string;
  surroundings: Pick<Surroundings, 'layers'>;
}

/** The loop's own runtime. */
export function nodeProgram(options: NodeProgramOptions): Program {
  const { bootstrap, memorySizeMB, debugging, wrapper, startFolder, surroundings } = options;
  const args = [
    // The heap can't outgrow the function's memory; small young generations halve what a busy process keeps.
    `--max-old-space-size=${memorySizeMB}`,
    '--max-semi-space-size=2',
    ...(debugging ? ['--inspect=127.0.0.1:0'] : []),
    path.join(RUNTIME_DIR, bootstrap),
  ];
  if (wrapper === undefined) return { file: process.execPath, args, environment: {} };
  // Lambda guide, "Using a wrapper script": it is given the runtime's command line, and executes that.
  return {
    file: placeOf(wrapper, startFolder, surroundings.layers),
    args: [process.execPath, ...args],
    environment: {},
  };
}
