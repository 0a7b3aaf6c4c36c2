import type { DebuggedProcess } from '../debugging/debugged-process.ts';
import type { PauseListener } from '../debugging/pause-watch.ts';
import type { ProcessFamilies } from '../ending/process-families.ts';
import { freezer } from './freezer.ts';
import { memoryLimit } from './memory-limit.ts';
import { readProcessLogs } from './process-logs.ts';
import { type RuntimeAnswer, type RuntimeEvent, startRuntimeApi } from './runtime-api.ts';
import type { RunnableCode } from './runtime-program.ts';
import { exitOf, type StartedProcessOptions, signalGroup, startProcess } from './started-process.ts';
import { parseNews, type RuntimeNewsListener, type Surroundings, whilePaused } from './surroundings.ts';

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

export interface RuntimeProcessOptions extends Omit<StartedProcessOptions, 'surroundings'> {
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

/** Starts the process of an execution environment and a Runtime API for it. Rejects where the system won't start it. */
export async function startRuntimeProcess(options: RuntimeProcessOptions): Promise<RuntimeProcess> {
  const { debugging, program } = options;
  let settle: ((ending: RuntimeEnding) => void) | undefined;
  let idle: PromiseWithResolvers<boolean> = Promise.withResolvers();
  let initialising = true;
  let alive = true;
  let saidOutOfMemory = false;
  let pauses: PauseListener | undefined;

  const listener = {
    onRefused: (host: string) => options.news.refused(host),
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
  const { child, ready } = startProcess(options, api);
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
      const text = program ? undefined : `${JSON.stringify(assignment)}\n`;
      void ready.then(() => child.stdin?.end(text));
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

function graceOver(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PIPE_GRACE_MS).unref();
  });
}

function endingOf({ body, errorType }: RuntimeAnswer): RuntimeEnding {
  return { kind: 'answer', body, ...(errorType === undefined ? {} : { errorType }) };
}
