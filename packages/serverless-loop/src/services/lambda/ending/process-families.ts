import { spawn } from 'node:child_process';
import path from 'node:path';
import { PACKAGE_FOLDER } from '../../../package-folder.ts';
import { familyOf, type ListedProcess, listProcesses } from './process-list.ts';

/** A process that leads a group of its own, and what it starts. */
export interface ProcessFamily {
  pid: number;
  /** Text in the environment of the process that is in no other's, and that its children inherit. */
  mark: string;
}

/** Knows the families that run, so that none outlives the loop. */
export interface ProcessFamilies {
  /** From now on it ends with the loop, however that ends. */
  begin(family: ProcessFamily): void;
  /** Kills the process, its group, and what has left that. Resolves when all of it is killed. */
  end(family: ProcessFamily): Promise<void>;
  /** Resolves when what watches for the loop's end has gone. */
  stop(): Promise<void>;
}

const WATCHDOG = path.join(PACKAGE_FOLDER, 'runtime/watchdog.sh');
/** A process that starts others while it is killed is looked for again, but not for ever. */
const MAX_ROUNDS = 5;

export function processFamilies(): ProcessFamilies {
  let watchdog: Watchdog | undefined;
  let listing: Promise<ListedProcess[]> | undefined;

  /** As the processes are after this turn of the event loop: what ends together is looked for once. */
  function list(): Promise<ListedProcess[]> {
    listing ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      listing = undefined;
      return listProcesses();
    });
    return listing;
  }

  return {
    begin(family) {
      watchdog ??= startWatchdog();
      watchdog.say('+', family);
    },
    async end(family) {
      const { pid, mark } = family;
      // Stopped, it starts nothing more while its children are looked for.
      signal(-pid, 'SIGSTOP');
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const others = familyOf(await list(), pid, mark);
        signal(-pid, 'SIGKILL');
        for (const other of others) signal(other, 'SIGKILL');
        if (![...others].some((other) => signal(other, 0))) break;
      }
      watchdog?.say('-', family);
    },
    async stop() {
      await watchdog?.stop();
    },
  };
}

interface Watchdog {
  say(sign: '+' | '-', family: ProcessFamily): void;
  stop(): Promise<void>;
}

/** A process in a session of its own, which a signal to the loop's group or its terminal doesn't reach. */
function startWatchdog(): Watchdog {
  const child = spawn('/bin/sh', [WATCHDOG], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin' },
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  child.stdin.on('error', () => {});
  return {
    say: (sign, { pid, mark }) => void child.stdin.write(`${sign} ${pid}:${mark}\n`),
    async stop() {
      child.stdin.end();
      await ended;
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
