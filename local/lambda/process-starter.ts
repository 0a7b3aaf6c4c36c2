import { randomBytes } from 'node:crypto';
import { type RuntimeProcess, startRuntimeProcess } from './runtime-process.ts';

/** Starts the processes of one function's environments. */
export interface ProcessStarter {
  /** The processes of one environment, which share its log stream: the first, and those after a reset. */
  forEnvironment(): (onLine: (line: string) => void) => Promise<RuntimeProcess>;
  /** Starts one ahead, that waits for code, so that a reload needn't wait for Node to start. */
  startSpare(): void;
  dropSpare(): Promise<void>;
}

export interface ProcessStarterOptions {
  environmentFor: (logStreamName: string) => Record<string, string>;
  startFolder: string;
  memorySizeMB: number;
}

interface Started {
  process: Promise<RuntimeProcess>;
  logStreamName: string;
  /** Where its lines go once somebody has taken it. */
  onLine: (line: string) => void;
}

export function processStarter(options: ProcessStarterOptions): ProcessStarter {
  const { environmentFor, startFolder, memorySizeMB } = options;
  let spare: Started | undefined;

  function start(logStreamName: string): Started {
    const started: Started = {
      logStreamName,
      onLine: () => {},
      process: startRuntimeProcess({
        environment: environmentFor(logStreamName),
        startFolder,
        memorySizeMB,
        onLine: (line) => started.onLine(line),
      }),
    };
    return started;
  }

  function takeSpare(): Started | undefined {
    const taken = spare;
    spare = undefined;
    return taken;
  }

  return {
    forEnvironment() {
      let logStreamName: string | undefined;
      return (onLine) => {
        const started =
          logStreamName === undefined ? (takeSpare() ?? start(newLogStream())) : start(logStreamName);
        logStreamName = started.logStreamName;
        started.onLine = onLine;
        return started.process;
      };
    },
    startSpare() {
      spare ??= start(newLogStream());
    },
    async dropSpare() {
      const unused = await takeSpare()?.process;
      await unused?.kill();
    },
  };
}

/** `YYYY/MM/DD/[$LATEST]<32 hex>`, one an environment. */
function newLogStream(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomBytes(16).toString('hex')}`;
}
