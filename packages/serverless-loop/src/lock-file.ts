import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { hasCode } from './aws/has-code.ts';
import { isRunning } from './is-running.ts';

export interface LockFile {
  release(): void;
}

const LOOK_MS = 100;

/** Locks of this very process, which may have got the id of one that died with a lock. */
const own = new Set<string>();

/**
 * Makes a file that stands for something that one process has at a time; a process that died has given it back. Returns the id
 * of the process that has it, when another one does.
 */
export function takeLockFile(file: string): LockFile | { heldBy: number } {
  if (!create(file)) {
    const holder = holderOf(file);
    if (holder === process.pid ? own.has(file) : isRunning(holder)) return { heldBy: holder };
    rmSync(file, { recursive: true, force: true });
    if (!create(file)) return { heldBy: holderOf(file) };
  }
  own.add(file);
  return {
    release() {
      own.delete(file);
      rmSync(file, { force: true });
    },
  };
}

/** Resolves with the lock once nobody else has it; rejects when it is given up. */
export async function waitForLockFile(file: string, signal?: AbortSignal): Promise<LockFile> {
  for (;;) {
    signal?.throwIfAborted();
    const taken = takeLockFile(file);
    if ('release' in taken) return taken;
    await pause(LOOK_MS);
  }
}

function create(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** 0 where the file says none. */
function holderOf(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    return 0;
  }
}
