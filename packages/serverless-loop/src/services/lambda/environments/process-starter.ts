import { randomBytes } from 'node:crypto';
import type { DebugPort } from '../debugging/debug-port.ts';
import {
  type Bootstrap,
  type Program,
  type RunnableCode,
  type RuntimeProcess,
  type RuntimeProcessOptions,
  startRuntimeProcess,
} from './runtime-process.ts';

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

/** The processes of one environment, which share its log stream: the first, and those after a reset. */
export interface EnvironmentProcesses {
  logStreamName: string;
  start(onLine: (line: string) => void, code: RunnableCode): Promise<RuntimeProcess>;
}

export interface ProcessStarterOptions
  extends Pick<
    RuntimeProcessOptions,
    'families' | 'freezes' | 'memorySizeMB' | 'news' | 'onWritten' | 'startFolder' | 'surroundings'
  > {
  version: string;
  environmentFor: (logStreamName: string) => Record<string, string>;
  lingerMs: number;
  /** Its processes are of the loop's own runtime, which can wait for code. */
  hasSpares: boolean;
  debugPort?: DebugPort | undefined;
}

interface Started {
  process: Promise<RuntimeProcess>;
  logStreamName: string;
  /** Takes its lines once an environment has taken it. */
  onLine: (line: string) => void;
}

/** By then the answer that made another save likely is with its caller. */
const SOON_MS = 200;

const PRELOADS = /(?:^|\s)(?:-r|--require|--import|--loader|--experimental-loader)(?=[\s=])/;

export function processStarter(options: ProcessStarterOptions): ProcessStarter {
  const { version, environmentFor, lingerMs, debugPort } = options;
  let spare: Started | undefined;
  let soon: NodeJS.Timeout | undefined;
  let linger: NodeJS.Timeout | undefined;
  let isReloaded = false;
  let isInvoked = false;
  let stopped = false;

  function start(
    logStreamName: string,
    bootstrap: Bootstrap,
    startFolder: string,
    program?: Program,
  ): Started {
    const environment = environmentFor(logStreamName);
    const started: Started = {
      logStreamName,
      onLine: () => {},
      process: startRuntimeProcess({
        ...options,
        environment,
        bootstrap,
        program,
        startFolder,
        onLine: (line) => started.onLine(line),
        ...(debugPort && { debugging: debugPort.forProcess() }),
      }),
    };
    return started;
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
    spare ??= start(newLogStream(version), 'spare.cjs', options.startFolder);
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
    const unused = await takeSpare()?.process;
    await unused?.kill();
  }

  return {
    forEnvironment() {
      let first = takeSpare();
      const logStreamName = first?.logStreamName ?? newLogStream(version);
      return {
        logStreamName,
        async start(onLine, { taskRoot, program }) {
          const taken = first;
          first = undefined;
          // The system may have killed the spare.
          const isAlive = (await taken?.process)?.alive();
          const started = taken && isAlive ? taken : start(logStreamName, 'bootstrap.cjs', taskRoot, program);
          started.onLine = onLine;
          return started.process;
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
