import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { PACKAGE_FOLDER } from '../../../package-folder.ts';
import type { DebuggedProcess } from '../debugging/debugged-process.ts';
import type { PauseListener } from '../debugging/pause-watch.ts';
import type { ProcessFamilies } from '../ending/process-families.ts';
import { freezer } from './freezer.ts';
import { memoryLimit } from './memory-limit.ts';
import { LOG_CHANNEL_FD, readProcessLogs } from './process-logs.ts';
import { type RuntimeAnswer, type RuntimeApi, type RuntimeEvent, startRuntimeApi } from './runtime-api.ts';
import {
  parseNews,
  placeOf,
  type RuntimeNewsListener,
  type Surroundings,
  whilePaused,
} from './surroundings.ts';

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
}

/** The file that the process runs: `spare.cjs` for one that has time before it is told its code. */
export type Bootstrap = 'bootstrap.cjs' | 'spare.cjs';

/** The end of the initialisation or of an invocation. */
export type RuntimeEnding =
  | { kind: 'ready' }
  | { kind: 'answer'; body: Buffer; errorType?: string }
  | { kind: 'exit'; code: number | null; signal: string | null; outOfMemory: boolean };

export interface RuntimeProcess {
  /** Tells the process which code to run. Until then it waits, started but empty. Returns whether it waits for a debugger first. */
  load(code: RunnableCode): boolean;
  /** Adds a listener for breakpoints that it stands at, and for other times that are not the function's. */
  onPause(listener: PauseListener): void;
  /** `ready`, or what the initialisation failed of. */
  initialised: Promise<RuntimeEnding>;
  /** Resolves with the answer, or the exit. One at a time, and only while `idle()` has resolved to true. */
  invoke(event: RuntimeEvent): Promise<RuntimeEnding>;
  /** Resolves to true when the process asks for work, to false when it has ended. */
  idle(): Promise<boolean>;
  alive(): boolean;
  maxMemoryMB(): number;
  /** Kills the process with all that it started, and resolves when it has ended. */
  kill(): Promise<void>;
}

export interface RuntimeProcessOptions {
  environment: Record<string, string>;
  bootstrap: Bootstrap;
  program?: Program | undefined;
  /** Folder that exists; the process enters the task root once it is told which. */
  startFolder: string;
  memorySizeMB: number;
  onLine: (line: string) => void;
  families: ProcessFamilies;
  /** It writes a file; told before it does, where its code asks for that. */
  onWritten: (file: string) => void;
  surroundings: Surroundings;
  news: RuntimeNewsListener;
  /** It is frozen while it has no work. */
  freezes: boolean;
  /** Set for a function that is to be debugged. */
  debugging?: DebuggedProcess;
}

/** An ended process may leave its pipes open for so long, by a child of its own, before they are given up. */
const PIPE_GRACE_MS = 200;

/** Starts the process of an execution environment and a Runtime API for it. */
export async function startRuntimeProcess(options: RuntimeProcessOptions): Promise<RuntimeProcess> {
  const { debugging, program } = options;
  let settle: ((ending: RuntimeEnding) => void) | undefined;
  let idle: PromiseWithResolvers<boolean> = Promise.withResolvers();
  let initialising = true;
  let alive = true;
  let saidOutOfMemory = false;
  let pauses: PauseListener | undefined;

  const listener = {
    onNext(logBytes: number) {
      if (!initialising) beIdle();
      else logs.whenRead(logBytes, becomeReady);
    },
    onAnswer(answer: RuntimeAnswer) {
      logs.whenRead(answer.logBytes, () => {
        if (memory?.isExceeded(api.maxMemoryMB())) endForMemory();
        else end(endingOf(answer));
      });
    },
  };
  const api = await startRuntimeApi(listener, program === undefined);
  const child = spawnRuntime(options, api);
  const { pid } = child;
  const frozen =
    options.freezes && pid !== undefined
      ? freezer((name) => signalGroup(pid, name), program !== undefined)
      : undefined;
  const family = pid === undefined ? undefined : { pid, mark: api.secret };
  const memory =
    pid === undefined ? undefined : memoryLimit(pid, options.memorySizeMB, () => void endForMemory());
  let familyEnd: Promise<void> | undefined;
  if (family) options.families.begin(family);
  const logs = readProcessLogs(
    child,
    (line) => {
      if (debugging?.takes(line)) return;
      saidOutOfMemory ||= line.includes('JavaScript heap out of memory');
      options.onLine(line);
    },
    options.onWritten,
    takeNews,
  );

  const exited = exitOf(child).then(async ({ code, signal }) => {
    alive = false;
    frozen?.stop();
    memory?.end();
    void endFamily();
    debugging?.end();
    await Promise.race([logs.ended(), graceOver()]);
    api.stop();
    // V8 says so and aborts; a kill that is not ours is the system's.
    const outOfMemory = (saidOutOfMemory && signal === 'SIGABRT') || signal === 'SIGKILL';
    end({ kind: 'exit', code, signal, outOfMemory });
    idle.resolve(false);
  });

  /** The process and what it started, which outlives it otherwise and holds its pipes open. */
  async function endFamily(): Promise<void> {
    familyEnd ??= family && options.families.end(family);
    await familyEnd;
  }

  function becomeReady(): void {
    initialising = false;
    end({ kind: 'ready' });
    beIdle();
  }

  /** It has taken more than there is, and is given no more work. */
  function endForMemory(): void {
    alive = false;
    end({ kind: 'exit', code: null, signal: 'SIGKILL', outOfMemory: true });
    idle.resolve(false);
    void endFamily();
  }

  function beIdle(): void {
    if (!alive) return;
    memory?.end();
    idle.resolve(true);
    frozen?.rest();
  }

  function takeNews(text: string): void {
    const news = parseNews(text);
    if (news?.kind === 'settled') frozen?.settle();
    if (news?.kind === 'missing') options.news.missing(news.name);
    if (news?.kind === 'refused') options.news.refused(news.host);
    if (news?.kind === 'wanted') void whilePaused(pauses, options.news.wanted(news.name)).then(logs.answer);
  }

  function end(ending: RuntimeEnding): void {
    logs.flush();
    settle?.(ending);
    settle = undefined;
  }

  function nextEnding(): Promise<RuntimeEnding> {
    return new Promise((resolve) => {
      settle = resolve;
    });
  }

  return {
    initialised: nextEnding(),
    load({ taskRoot, compileCacheDir, tellsWrites = false }) {
      const waitsForDebugger = debugging?.enter() ?? false;
      memory?.begin();
      const { surroundings } = options;
      const assignment = { taskRoot, compileCacheDir, tellsWrites, waitsForDebugger, surroundings };
      child.stdin?.end(program ? undefined : `${JSON.stringify(assignment)}\n`);
      return waitsForDebugger;
    },
    onPause(listener) {
      pauses = listener;
      debugging?.onPause(listener);
    },
    invoke(event) {
      frozen?.wake();
      memory?.begin();
      idle = Promise.withResolvers();
      const ending = nextEnding();
      api.offer(event);
      return ending;
    },
    idle: () => idle.promise,
    alive: () => alive,
    maxMemoryMB: () => memory?.usedMB(api.maxMemoryMB()) ?? 0,
    async kill() {
      await Promise.all([endFamily(), exited]);
    },
  };
}

function spawnRuntime(options: RuntimeProcessOptions, api: RuntimeApi): ChildProcess {
  const { file, args, environment } = options.program
    ? ownProgram(options.program, api)
    : nodeProgram(options);
  const child = spawn(file, args, {
    cwd: options.startFolder,
    env: {
      ...options.environment,
      ...environment,
      AWS_LAMBDA_RUNTIME_API: api.address,
      _LAMBDA_TELEMETRY_LOG_FD: String(LOG_CHANNEL_FD),
    },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C in the terminal leaves it to us to end, and what it starts ends with it.
    detached: true,
  });
  // The process may end before it has read its assignment.
  child.stdin?.on('error', () => {});
  return child;
}

/**
 * Where Linux lets a user have a view of the file system of his own, its code is for reading only, as on AWS; that costs 20 ms
 * at the start of a process. Its family is known by the secret, which is not in its address.
 */
function ownProgram({ file, args, environment }: Program, { secret }: RuntimeApi): Program {
  return {
    file: '/bin/sh',
    args: ['-c', READ_ONLY, environment.LAMBDA_TASK_ROOT ?? '', file, ...args],
    environment: { ...environment, LAMBDA_LOOP_PROCESS: secret },
  };
}

const READ_ONLY = `
apart='unshare --user --map-current-user --keep-caps --mount'
readOnly='mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"'
if $apart sh -c "$readOnly" "$0" 2>/dev/null
then exec $apart sh -c "$readOnly"' && cd "$0" && exec "$@"' "$0" "$@"
else exec "$@"
fi`;

function nodeProgram({
  memorySizeMB,
  debugging,
  bootstrap,
  environment,
  surroundings,
  startFolder,
}: RuntimeProcessOptions): Program {
  const args = [
    // The heap can't outgrow the function's memory; small young generations halve what a busy process keeps.
    `--max-old-space-size=${memorySizeMB}`,
    '--max-semi-space-size=2',
    ...(debugging ? ['--inspect=127.0.0.1:0'] : []),
    path.join(RUNTIME_DIR, bootstrap),
  ];
  const wrapper = environment.AWS_LAMBDA_EXEC_WRAPPER;
  if (wrapper === undefined) return { file: process.execPath, args, environment: {} };
  // Lambda guide, "Using a wrapper script": it is given the runtime's command line, and executes that.
  return {
    file: placeOf(wrapper, startFolder, surroundings.layers),
    args: [process.execPath, ...args],
    environment: {},
  };
}

/** It may have ended. */
function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch {}
}

function exitOf(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    // It could not even be started.
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
}

function graceOver(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PIPE_GRACE_MS).unref();
  });
}

function endingOf({ body, errorType }: RuntimeAnswer): RuntimeEnding {
  return { kind: 'answer', body, ...(errorType === undefined ? {} : { errorType }) };
}
