import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Another process has the folder. */
export class StoreInUseError extends Error {
  override readonly name = 'StoreInUseError';
  readonly folder: string;
  readonly pid: number;

  constructor(folder: string, pid: number) {
    super(
      `${folder} is in use by the process ${pid}. End it, or choose another folder; if it is no loop, delete the file "lock" there.`,
    );
    this.folder = folder;
    this.pid = pid;
  }
}

/** Takes the folder for this process until it is given back; a process that died has given it back. Throws StoreInUseError. */
export function lockFolder(folder: string): { release(): void } {
  const file = path.join(folder, 'lock');
  if (!create(file)) {
    const holder = Number(readFileSync(file, 'utf8'));
    if (holder !== process.pid && isRunning(holder)) throw new StoreInUseError(folder, holder);
    rmSync(file, { force: true });
    if (!create(file)) throw new StoreInUseError(folder, Number(readFileSync(file, 'utf8')));
  }
  return { release: () => rmSync(file, { force: true }) };
}

function create(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
