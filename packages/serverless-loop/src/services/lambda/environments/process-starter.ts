import { randomBytes } from 'node:crypto';
import type { DebugPort } from '../debugging/debug-port.ts';
import type { OwnView } from './own-view.ts';
import { type RuntimeProcess, type RuntimeProcessOptions, startRuntimeProcess } from './runtime-process.ts';
import type { Bootstrap, Program, RunnableCode } from './runtime-program.ts';
import { PRELOADS } from './started-process.ts';

/**
 * Starts the processes of the environments of one version of a function, and while somebody works on its code one ahead, a
 * spare that waits for code, so that a reload needn't wait for Node to start. Whoever invokes a function since its last
 * reload will save it again; for others no process is kept ready. A spare ends after `lingerMs`.
 */
export interface ProcessStarter {
  forEnvironment(): EnvironmentProcesses;
  /** The first code is being made, for an environment that is started ahead: its process starts meanwhile. */
  firstCodeComes(): void;
  /** Other code is being made: starts a spare if the version is one that somebody calls. */
  codeComes(isUsed: boolean): void;
  /** The code has come: from now on it isn't known who invokes it. */
  codeCame(): void;
  /** No other code came of it. */
  noCodeComes(): void;
  /** Starts a spare after the first answer since a reload. */
  answered(): void;
  stop(): Promise<void>;
}

/** The processes of one environment, which share its log stream and its /tmp: the first, and those after a reset. */
export interface EnvironmentProcesses {
  logStreamName: string;
  start(onLine: (line: string) => void, code: RunnableCode): Promise<RuntimeProcess>;
  /** No process of it comes any more. */
  stop(): Promise<void>;
}

export interface ProcessStarterOptions
  extends Pick<
    RuntimeProcessOptions,
    'families' | 'freezes' | 'memorySizeMB' | 'news' | 'onWritten' | 'startFolder' | 'surroundings'
  > {
  version: string;
  /** The view of the file system of a new environment. */
  newView: () => Promise<OwnView>;
  environmentFor: (logStreamName: string) => Record<string, string>;
  lingerMs: number;
  /** Its processes are of the loop's own runtime, which can wait for code. */
  hasSpares: boolean;
  debugPort?: DebugPort | undefined;
}

interface Started {
  process: Promise<RuntimeProcess>;
  view: Promise<OwnView>;
  logStreamName: string;
  /** Takes its lines once an environment has taken it. */
  onLine: (line: string) => void;
}

/** By then the answer that made another save likely is with its caller. */
const SOON_MS = 200;

export function processStarter(options: ProcessStarterOptions): ProcessStarter {
  const { version, environmentFor, lingerMs, debugPort } = options;
  let spare: Started | undefined;
  let soon: NodeJS.Timeout | undefined;
  let linger: NodeJS.Timeout | undefined;
  let isReloaded = false;
  let isInvoked = false;
  let stopped = false;

  function start(
    place: Pick<Started, 'logStreamName' | 'view'>,
    bootstrap: Bootstrap,
    startFolder: string,
    program?: Program,
  ): Started {
    const environment = environmentFor(place.logStreamName);
    const debugging = debugPort?.forProcess();
    const begin = async () =>
      startRuntimeProcess({
        ...options,
        environment,
        bootstrap,
        program,
        startFolder,
        view: await place.view,
        onLine: (line) => started.onLine(line),
        ...(debugging && { debugging }),
      });
    const started: Started = { ...place, onLine: () => {}, process: begin() };
    // Of a spare nobody may ever ask; an environment that takes it is told.
    started.process.catch(() => {});
    return started;
  }

  function newPlace(): Pick<Started, 'logStreamName' | 'view'> {
    return { logStreamName: newLogStream(version), view: options.newView() };
  }

  function takeSpare(): Started | undefined {
    const taken = spare;
    spare = undefined;
    return taken;
  }

  function startSpare(): void {
    // Node loads those when it starts: it must start where the code is.
    if (stopped || !options.hasSpares || PRELOADS.test(environmentFor('').NODE_OPTIONS ?? '')) return;
    clearTimeout(linger);
    linger = setTimeout(dropSpare, lingerMs).unref();
    spare ??= start(newPlace(), 'spare.cjs', options.startFolder);
  }

  function startSpareSoon(): void {
    clearTimeout(soon);
    // The one before may have been started so long ago that it would end now, and this wish with it.
    clearTimeout(linger);
    soon = setTimeout(startSpare, SOON_MS).unref();
  }

  async function dropSpare(): Promise<void> {
    clearTimeout(soon);
    clearTimeout(linger);
    const unused = takeSpare();
    await (await unused?.process.catch(() => undefined))?.kill();
    (await unused?.view)?.stop();
  }

  return {
    forEnvironment() {
      let first = takeSpare();
      const place = first ?? newPlace();
      return {
        logStreamName: place.logStreamName,
        async start(onLine, { taskRoot, program }) {
          const taken = first;
          first = undefined;
          // The system may have killed the spare.
          const isAlive = (await taken?.process.catch(() => undefined))?.alive();
          const started = taken && isAlive ? taken : start(place, 'bootstrap.cjs', taskRoot, program);
          started.onLine = onLine;
          return started.process;
        },
        async stop() {
          (await place.view).stop();
        },
      };
    },
    firstCodeComes: startSpare,
    codeComes(isUsed) {
      isReloaded = true;
      if (isUsed) startSpare();
    },
    codeCame() {
      isInvoked = false;
    },
    noCodeComes() {
      if (!isInvoked) void dropSpare();
    },
    answered() {
      if (isReloaded && !isInvoked) startSpareSoon();
      isInvoked = true;
    },
    async stop() {
      stopped = true;
      await dropSpare();
    },
  };
}

/** `YYYY/MM/DD/[version]<32 hex>`, one an environment. */
function newLogStream(version: string): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[${version}]${randomBytes(16).toString('hex')}`;
}
