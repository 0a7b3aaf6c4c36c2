import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { PACKAGE_FOLDER } from '../../../package-folder.ts';

/** A process that leads a group of its own, and what it starts. */
export interface ProcessFamily {
  pid: number;
  /** Text in the environment of the process that is in no other's, and that its children inherit. */
  mark: string;
}

/** Ends the families that run when this process ends without having done so. */
export interface Watchdog {
  begun(family: ProcessFamily): void;
  ended(family: ProcessFamily): void;
  /** Resolves when the watchdog has gone, unless somebody else uses it. */
  release(): Promise<void>;
}

const SCRIPT = path.join(PACKAGE_FOLDER, 'runtime/watchdog.sh');

/** It watches for the end of a process, so that one does for all loops that run in it. */
let running: Running | undefined;
let users = 0;
const families = new Set<ProcessFamily>();

/** The watchdog of this process, which starts with the first family of one of its users. */
export function useWatchdog(): Watchdog {
  let isUsed = false;
  return {
    begun(family) {
      if (!isUsed) users += 1;
      isUsed = true;
      families.add(family);
      if (running) running.say('+', family);
      else running = start();
    },
    ended(family) {
      families.delete(family);
      running?.say('-', family);
    },
    async release() {
      if (isUsed) users -= 1;
      isUsed = false;
      if (users === 0) await running?.stop();
    },
  };
}

/** For a process in which one loop starts after the other: the watchdog stays between them, and goes with the process. */
export function keepWatchdog(): void {
  users += 1;
}

interface Running {
  say(sign: '+' | '-', family: ProcessFamily): void;
  stop(): Promise<void>;
}

/** A process in a session of its own, which a signal to the loop's group or its terminal doesn't reach. */
function start(): Running {
  const child = spawn('/bin/sh', [SCRIPT], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin' },
  });
  const { stdin } = child;
  const gone = endOf(child).then(forget);
  stdin.on('error', () => {});
  // It keeps no process from its end.
  child.unref();
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();

  /** The system may have killed it: the next family starts another, which is told of all. */
  function forget(): void {
    if (running === started) running = undefined;
  }

  const started: Running = {
    say: (sign, { pid, mark }) => void stdin.write(`${sign} ${pid}:${mark}\n`),
    async stop() {
      forget();
      child.ref();
      stdin.end();
      await gone;
    },
  };
  for (const family of families) started.say('+', family);
  return started;
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
}
