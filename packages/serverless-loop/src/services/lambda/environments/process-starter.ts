import { randomBytes } from 'node:crypto';
import type { DebugPort } from '../debugging/debug-port.ts';
import type { ProcessFamilies } from '../ending/process-families.ts';
import { type Bootstrap, type RuntimeProcess, startRuntimeProcess } from './runtime-process.ts';

/** Starts the processes of the environments of one version of a function. */
export interface ProcessStarter {
  forEnvironment(): EnvironmentProcesses;
  /** Starts one ahead, that waits for code, so that a reload needn't wait for Node to start; it ends after `lingerMs`. */
  startSpare(): void;
  /** The same when an answer on its way has left. */
  startSpareSoon(): void;
  dropSpare(): Promise<void>;
}

/** The processes of one environment, which share its log stream: the first, and those after a reset. */
export interface EnvironmentProcesses {
  logStreamName: string;
  start(onLine: (line: string) => void): Promise<RuntimeProcess>;
}

export interface ProcessStarterOptions {
  version: string;
  environmentFor: (logStreamName: string) => Record<string, string>;
  startFolder: string;
  memorySizeMB: number;
  lingerMs: number;
  families: ProcessFamilies;
  onWritten: (file: string) => void;
  debugPort?: DebugPort | undefined;
}

interface Started {
  process: Promise<RuntimeProcess>;
  logStreamName: string;
  /** Where its lines go once somebody has taken it. */
  onLine: (line: string) => void;
}

/** By then the answer that made another save likely is with its caller. */
const SOON_MS = 200;

export function processStarter(options: ProcessStarterOptions): ProcessStarter {
  const { version, environmentFor, startFolder, memorySizeMB, lingerMs, families, onWritten, debugPort } =
    options;
  let spare: Started | undefined;
  let soon: NodeJS.Timeout | undefined;
  let linger: NodeJS.Timeout | undefined;

  function start(logStreamName: string, bootstrap: Bootstrap): Started {
    const started: Started = {
      logStreamName,
      onLine: () => {},
      process: startRuntimeProcess({
        environment: environmentFor(logStreamName),
        bootstrap,
        startFolder,
        memorySizeMB,
        families,
        onWritten,
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
    clearTimeout(linger);
    linger = setTimeout(dropSpare, lingerMs).unref();
    spare ??= start(newLogStream(version), 'spare.cjs');
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
        async start(onLine) {
          const taken = first;
          first = undefined;
          // The system may have killed the spare.
          const isAlive = (await taken?.process)?.alive();
          const started = taken && isAlive ? taken : start(logStreamName, 'bootstrap.cjs');
          started.onLine = onLine;
          return started.process;
        },
      };
    },
    startSpare,
    startSpareSoon() {
      clearTimeout(soon);
      // The one before may have been started so long ago that it would end now, and this wish with it.
      clearTimeout(linger);
      soon = setTimeout(startSpare, SOON_MS).unref();
    },
    dropSpare,
  };
}

/** `YYYY/MM/DD/[version]<32 hex>`, one an environment. */
function newLogStream(version: string): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[${version}]${randomBytes(16).toString('hex')}`;
}
