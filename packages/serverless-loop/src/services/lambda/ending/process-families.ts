import { familyOf, type ListedProcess, listProcesses } from './process-list.ts';
import { type ProcessFamily, useWatchdog } from './watchdog.ts';

/** Knows the families that run, so that none outlives the loop. */
export interface ProcessFamilies {
  /** From now on it ends with the loop, however that ends. */
  begin(family: ProcessFamily): void;
  /** Kills the process, its group, and what has left that. Resolves when all of it is killed. */
  end(family: ProcessFamily): Promise<void>;
  /** Ends those that still run. Resolves when what watches for the loop's end has gone, if no other loop of this process has it. */
  stop(): Promise<void>;
}

/** A process that starts others while it is killed is looked for again, but not for ever. */
const MAX_ROUNDS = 5;

export function processFamilies(): ProcessFamilies {
  const watchdog = useWatchdog();
  const own = new Set<ProcessFamily>();
  let listing: Promise<ListedProcess[]> | undefined;

  /** As the processes are after this turn of the event loop: what ends together is looked for once. */
  function list(): Promise<ListedProcess[]> {
    listing ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      listing = undefined;
      return listProcesses();
    });
    return listing;
  }

  async function end(family: ProcessFamily): Promise<void> {
    const { pid, mark } = family;
    // Stopped, it starts nothing more while its children are looked for.
    signal(-pid, 'SIGSTOP');
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const others = familyOf(await list(), pid, mark);
      signal(-pid, 'SIGKILL');
      for (const other of others) signal(other, 'SIGKILL');
      if (![...others].some((other) => signal(other, 0))) break;
    }
    own.delete(family);
    watchdog.ended(family);
  }

  return {
    begin(family) {
      own.add(family);
      watchdog.begun(family);
    },
    end,
    async stop() {
      await Promise.all([...own].map(end));
      await watchdog.release();
    },
  };
}

/** True when there was something to signal. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
