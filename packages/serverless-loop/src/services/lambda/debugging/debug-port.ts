import { createServer, type Server, type Socket } from 'node:net';
import type { Report } from '../../../facts.ts';
import { type DebuggedProcess, type DebugTarget, debuggedProcess, type Wait } from './debugged-process.ts';

/** The functions that listen for a debugger, and their ports. */
export interface Inspection {
  /** By the function's name; 0 for any free one. */
  ports: ReadonlyMap<string, number>;
  waits: boolean;
  /** The port of a function that comes later; undefined for one that nobody debugs, 0 for any free one. */
  portOf?(logicalId: string): number | undefined;
  /** A process waits so long for a debugger that was attached to the one before; 5,000 when absent. */
  returnMs?: number;
}

/** Leads a debugger to a function, whichever process runs it: the port stays the same over reloads and crashes. */
export interface DebugPort {
  port: number;
  /** For each process that is started for the function. */
  forProcess(): DebuggedProcess;
  stop(): void;
}

export interface DebugPortOptions {
  functionName: string;
  /** 0 for any free one. */
  port: number;
  /** Every process waits for a debugger before it loads the function. */
  waits: boolean;
  /** A process waits so long for a debugger that was attached to the one before. */
  returnMs?: number;
  report: Report;
}

/** Editors come back within a second. */
const RETURN_MS = 5_000;

/** Another program listens where a debugger was to be awaited. */
export class DebugPortTakenError extends Error {
  override readonly name = 'DebugPortTakenError';
  readonly port: number;

  constructor(whose: string, port: number, options?: ErrorOptions) {
    super(
      `--inspect: port ${port}, for ${whose}, can't be listened on, perhaps because another loop does. Choose others with --inspect-port N; 0 takes any free ones.`,
      options,
    );
    this.port = port;
  }
}

/**
 * Listens on 127.0.0.1 and leads debuggers to the process that runs the function now: those that come while there is
 * none wait for it. Rejects with DebugPortTakenError.
 */
async function openDebugPort(options: DebugPortOptions): Promise<DebugPort> {
  const { functionName, report, returnMs = RETURN_MS } = options;
  const targets = new Set<DebugTarget>();
  const waiting = new Set<Socket>();
  let current: DebugTarget | undefined;
  let returnsUntilMs = 0;

  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('close', () => waiting.delete(socket));
    waiting.add(socket);
    lead();
  });
  const port = await listen(server, options);

  function lead(): void {
    if (!current?.isOpen()) return;
    for (const socket of waiting) current.join(socket);
    waiting.clear();
  }

  function isExpected(): boolean {
    const isThere = [...targets].some((target) => target.attached() > 0);
    return isThere || performance.now() < returnsUntilMs;
  }

  function waits(): Wait {
    if (options.waits) return 'surely';
    return isExpected() ? 'a while' : 'not';
  }

  return {
    port,
    forProcess() {
      const target = debuggedProcess({
        waits,
        returnMs,
        onEnter() {
          for (const other of targets) if (other !== target) other.sendOn();
          current = target;
        },
        onOpen: lead,
        onAttached: () => report({ kind: 'debugger.attached', functionName }),
        onDetached(wasLeft) {
          if (wasLeft) returnsUntilMs = performance.now() + returnMs;
          report({ kind: 'debugger.detached', functionName });
        },
        onPaused: () => report({ kind: 'debugger.paused', functionName }),
        onResumed: () => report({ kind: 'debugger.resumed', functionName }),
        onEnd() {
          targets.delete(target);
          if (current === target) current = undefined;
        },
      });
      targets.add(target);
      return target;
    },
    stop() {
      server.close();
      for (const socket of waiting) socket.destroy();
    },
  };
}

function listen(server: Server, { functionName, port }: DebugPortOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(new DebugPortTakenError(functionName, port, { cause })));
    server.listen(port, '127.0.0.1', () => {
      const bound = server.address();
      resolve(typeof bound === 'object' && bound ? bound.port : port);
    });
  });
}

/** Opens a port for each function that is to be debugged, by the function's name; none stays open if one can't be. */
export async function openDebugPorts(
  { ports, waits, returnMs }: Inspection,
  report: Report,
): Promise<Map<string, DebugPort>> {
  const opened = new Map<string, DebugPort>();
  try {
    for (const [functionName, port] of ports)
      opened.set(
        functionName,
        await openDebugPort({ functionName, port, waits, report, ...(returnMs && { returnMs }) }),
      );
  } catch (error) {
    for (const debugPort of opened.values()) debugPort.stop();
    throw error;
  }
  return opened;
}

/**
 * Opens the port of a function that came while the loop runs. Where another program has taken it, any free one: the function is
 * wanted all the same.
 */
export async function openLaterPort(
  { functionName, port }: { functionName: string; port: number },
  { waits, returnMs }: Inspection,
  report: Report,
): Promise<DebugPort> {
  const options = { functionName, waits, report, ...(returnMs && { returnMs }) };
  const opened = await openDebugPort({ ...options, port }).catch(() =>
    openDebugPort({ ...options, port: 0 }),
  );
  report({ kind: 'debugger.listening', functionName, port: opened.port });
  return opened;
}
